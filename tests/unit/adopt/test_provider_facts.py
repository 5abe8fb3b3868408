"""What is written down of the provider speaks of types and properties that it has."""

from collections.abc import Iterator
from typing import Any

from toolkit.adopt import provider_facts, python_arguments
from toolkit.aws.types import TYPES


def _properties() -> Iterator[tuple[str, str]]:
    for token, record in TYPES.items():
        if record.provider:
            facts = record.provider
            for name in (*facts.defaults, *facts.unread, *facts.moving, *facts.blocks):
                yield token, name


def test_every_property_is_an_argument_of_its_type() -> None:
    wrong = [(token, name) for token, name in _properties() if name not in _arguments(token)]
    assert wrong == []
    assert len(list(_properties())) == 48


def test_every_type_exists() -> None:
    tokens = [
        token
        for token, record in TYPES.items()
        if record.loss or (record.provider and record.provider.update)
    ]
    assert [token for token in tokens if not _arguments(token)] == []
    assert len(tokens) > 45


def test_every_entry_has_its_source() -> None:
    wrong = [
        token
        for token, record in TYPES.items()
        if record.provider and not all([*record.provider.sources, record.provider.sources])
    ]
    assert wrong == []


def test_data_weighs_more_than_an_id_and_that_more_than_access() -> None:
    types = (
        "aws:dynamodb/table:Table",
        "aws:cognito/userPoolClient:UserPoolClient",
        "aws:iam/role:Role",
        "aws:x/y:Z",
    )
    assert [provider_facts.weight(token) for token in types] == [0, 1, 2, 3]


def _arguments(token: str) -> dict[str, Any]:
    return python_arguments.names(token)
