"""What is written down of the provider speaks of types and properties that it has."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

import toolkit.adopt
from toolkit.adopt import provider_facts, python_arguments

KNOWN = yaml.safe_load((Path(toolkit.adopt.__file__).parent / "provider_facts.yaml").read_text())


def _properties() -> Iterator[tuple[str, str]]:
    for part, key in (
        ("defaults", "values"),
        ("unread", "properties"),
        ("moving", "properties"),
        ("blocks", "properties"),
    ):
        for kind, entry in KNOWN[part].items():
            for name in entry[key]:
                if kind != "*":
                    yield kind, name


def test_every_property_is_an_argument_of_its_type() -> None:
    wrong = [(token, name) for token, name in _properties() if name not in _arguments(token)]
    assert wrong == []


def test_every_type_exists() -> None:
    tokens = [*KNOWN["updates"], *(token for kind in KNOWN["lost"].values() for token in kind)]
    assert [token for token in tokens if not _arguments(token)] == []


def test_every_entry_has_its_source() -> None:
    entries = [entry for part in KNOWN if part != "lost" for entry in KNOWN[part].values()]
    assert [one for one in entries if not one.get("source")] == []


def test_data_weighs_more_than_an_id_and_that_more_than_access() -> None:
    types = (
        "aws:dynamodb/table:Table",
        "aws:cognito/userPoolClient:UserPoolClient",
        "aws:iam/role:Role",
        "aws:x/y:Z",
    )
    assert [provider_facts.weight(one) for one in types] == [0, 1, 2, 3]


def _arguments(token: str) -> dict[str, Any]:
    return python_arguments.names(token)
