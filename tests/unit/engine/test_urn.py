"""A URN comes apart at its first three delimiters, whatever the logical name holds."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.engine.urn import Urn, UrnError, find_urn

NAMES = st.text(min_size=1)
PARTS = st.text(alphabet=st.characters(exclude_characters=":$", codec="utf-8"), min_size=1)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "urn:pulumi:prod::matching::aws:sqs/queue:Queue::orders",
            Urn("prod", "matching", "aws:sqs/queue:Queue", "orders"),
        ),
        (
            "urn:pulumi:s::p::aws:sqs/queue:Queue::orders::eu",
            Urn("s", "p", "aws:sqs/queue:Queue", "orders::eu"),
        ),
        (
            "urn:pulumi:s::p::tms:index:Queues$aws:sqs/queue:Queue::a$b [c] ::",
            Urn("s", "p", "tms:index:Queues$aws:sqs/queue:Queue", "a$b [c] ::"),
        ),
        ("urn:pulumi:s::p::t::", Urn("s", "p", "t", "")),
    ],
)
def test_a_name_may_hold_what_delimits(text: str, expected: Urn) -> None:
    assert Urn.parse(text) == expected
    assert str(expected) == text


def test_the_type_is_the_last_of_the_qualified_type() -> None:
    urn = Urn.parse("urn:pulumi:s::p::tms:index:Platform$tms:index:Queues$aws:sqs/queue:Queue::a$b")
    assert urn.type == "aws:sqs/queue:Queue"
    assert urn.parent_types == ("tms:index:Platform", "tms:index:Queues")
    assert Urn.parse("urn:pulumi:s::p::aws:sqs/queue:Queue::a$b").parent_types == ()


@given(stack=PARTS, project=PARTS, types=st.lists(PARTS, min_size=1), name=NAMES)
def test_what_is_written_is_parsed(stack: str, project: str, types: list[str], name: str) -> None:
    urn = Urn(stack, project, "$".join(types), name)
    assert Urn.parse(str(urn)) == urn
    assert (urn.type, *urn.parent_types) == (types[-1], *types[:-1])


@pytest.mark.parametrize("text", ["", "orders", "urn:pulumi:s::p::t", "urn:other:s::p::t::n", "::::::"])
def test_what_is_not_a_urn_is_refused_with_its_text(text: str) -> None:
    with pytest.raises(UrnError, match=r"must be urn:pulumi:STACK::PROJECT::TYPE::NAME \(got") as refused:
        Urn.parse(text)
    assert repr(text) in str(refused.value)
    assert find_urn(text) is None
