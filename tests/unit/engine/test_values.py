"""What the engine marks is told by the SDK's own serialization."""

import asyncio
from typing import Any

import pulumi
import pytest
from pulumi.runtime import rpc

from toolkit.engine import values


def serialized(value: object) -> Any:  # noqa: ANN401 - any JSON
    """Return a value as the SDK sends it to the engine."""
    loop = asyncio.new_event_loop()  # asyncio.run would leave the process without one, which mocks need
    try:
        return loop.run_until_complete(rpc.serialize_property(value, [], None))
    finally:
        loop.close()


def secret(value: object) -> dict[str, object]:
    return {values.SIGNATURE: values.SECRET, "value": value}


@pytest.mark.parametrize(
    ("value", "asset"),
    [
        (pulumi.StringAsset("text"), True),
        (pulumi.FileArchive("folder"), True),
        ({"text": "text"}, False),
        ("text", False),
    ],
)
def test_an_asset_is_told_from_a_mapping(value: object, *, asset: bool) -> None:
    assert values.is_asset(serialized(value)) is asset


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (secret("x"), True),
        ({values.SIGNATURE: values.OUTPUT, "value": "x", "secret": True}, True),
        ({values.SIGNATURE: values.OUTPUT, "value": "x"}, False),
        ({values.SIGNATURE: values.ASSET, "text": "x"}, False),
        ({"value": "x"}, False),
        (None, False),
    ],
)
def test_a_secret_is_told_by_itself_and_as_an_output(value: object, *, expected: bool) -> None:
    assert values.is_secret(value) is expected


@pytest.mark.parametrize(
    ("value", "unknown", "within"),
    [
        (rpc.UNKNOWN, True, True),
        ({values.SIGNATURE: values.OUTPUT}, True, True),
        ({values.SIGNATURE: values.OUTPUT, "value": None}, False, False),
        ({"a": [{"b": rpc.UNKNOWN}]}, False, True),
        (f'{{"Resource": "{rpc.UNKNOWN}"}}', False, True),
        ("known", False, False),
    ],
)
def test_unknown_is_told_of_a_value_and_of_its_parts(value: object, *, unknown: bool, within: bool) -> None:
    assert values.is_unknown(value) is unknown
    assert values.has_unknown(value) is within


def test_defaults_and_secrets_are_left_out_at_every_depth() -> None:
    value = {
        values.DEFAULTS: ["name"],
        "name": "x",
        "rules": [{values.DEFAULTS: [], "key": {**secret("x"), "ciphertext": "v1:a"}}],
    }
    assert values.defaults(value) == {"name"}
    assert values.defaults(None) == values.defaults({}) == frozenset()
    assert values.without_defaults(value)["rules"][0].keys() == {"key"}
    assert values.concealed(value) == {"name": "x", "rules": [{"key": values.CONCEALED}]}
    assert "v1:a" not in str(values.without_ciphertext(value))
    assert values.without_ciphertext(value) != values.without_ciphertext({**value, "rules": [{"key": "x"}]})
