"""Each rule's examples through the pack's gRPC interface: accepted, refused, missing, unknown, configured."""

from collections.abc import Iterator

import pytest

from tests.support.served import Served
from tms_policies.catalogue import RULES
from tms_policies.examples.catalogue import EXAMPLES
from tms_policies.examples.model import Case, Example
from tms_policies.model import Rule

KINDS = ("good", "bad", "missing", "unknown", "config")


def cases() -> Iterator[object]:
    for example in EXAMPLES.values():
        for kind in KINDS:
            if isinstance(case := getattr(example, kind), Case):
                yield pytest.param(example.rule, case, id=f"{example.rule}-{kind}")


def judged(served: Served, rule: str, case: Case) -> list[str]:
    return served.findings(rule, case.resources, case.settings, case.exemptions)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_every_rule_is_shown_in_full(rule: Rule) -> None:
    example = EXAMPLES[rule.id]
    assert example.good.says is None
    assert example.bad.says
    for kind in ("missing", "unknown"):
        case = getattr(example, kind)
        assert isinstance(case, Case) or case.endswith(".")
    assert isinstance(example.config, Case) == bool(rule.settings)


@pytest.mark.parametrize(("rule", "case"), cases())
def test_a_rule_says_what_its_example_shows(served: Served, rule: str, case: Case) -> None:
    messages = judged(served, rule, case)
    if case.says is None:
        assert messages == []
    else:
        assert any(case.says in text for text in messages), messages
        assert all(". Write: " in text for text in messages)


@pytest.mark.parametrize("example", EXAMPLES.values(), ids=lambda entry: entry.rule)
def test_a_setting_turns_the_verdict(served: Served, example: Example) -> None:
    if isinstance(example.config, Case):
        assert example.config.settings
        otherwise = served.findings(example.rule, example.config.resources)
        assert bool(otherwise) != bool(judged(served, example.rule, example.config))
