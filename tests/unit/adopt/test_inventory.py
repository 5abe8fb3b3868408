"""What is declared is not taken for something that nothing declares, whatever form its id has."""

from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from adopt.inventory import survey
from adopt.listings.model import Listing
from adopt.live import Account, UnreadableError
from adopt.model import Plan

LIVE: dict[str, dict[str, Any]] = {
    "describe_budgets": {"Budgets": [{"BudgetName": "monthly"}]},
    "list_guardrails": {"guardrails": [{"id": "g1", "name": "g"}]},
    "list_rules": {"Rules": [{"Name": "r", "EventBusName": "default"}, {"Name": "r", "EventBusName": "b"}]},
}


class Fixed(Account):
    def listed(
        self, listing: Listing, account: str, within: Mapping[str, str] | None = None
    ) -> Iterator[Mapping[str, Any]]:
        assert (account, within) == ("123456789012", None)
        yield LIVE.get(listing.operation, {})


@pytest.mark.parametrize(
    ("kind", "identity"),
    [
        ("aws:budgets/budget:Budget", "123456789012:monthly"),
        ("aws:bedrock/guardrail:Guardrail", "g1,DRAFT"),
        ("aws:cloudwatch/eventRule:EventRule", "r"),
        ("aws:cloudwatch/eventRule:EventRule", "b/r"),
    ],
)
def test_an_import_id_is_known_in_the_form_of_its_type(kind: str, identity: str) -> None:
    plan = Plan()
    survey(Fixed("us-east-1"), "123456789012", [(kind, identity)], plan)
    assert (kind, identity) not in plan.unmanaged
    assert len(plan.unmanaged) == 3


def test_what_nothing_declares_keeps_the_id_that_imports_it() -> None:
    plan = Plan()
    survey(Fixed("us-east-1"), "123456789012", [], plan)
    assert plan.ids == {}  # of these the id is the name
    LIVE["list_queues"] = {"QueueUrls": ["https://sqs.us-east-1.amazonaws.com/123456789012/a"]}
    survey(Fixed("us-east-1"), "123456789012", [], plan)
    del LIVE["list_queues"]
    assert plan.ids == {
        ("aws:sqs/queue:Queue", "a"): "https://sqs.us-east-1.amazonaws.com/123456789012/a",
    }


KEY = "aws:kms/key:Key"
KEYS = {
    "list_keys": {"Keys": [{"KeyId": "bare"}, {"KeyId": "aliased"}, {"KeyId": "mine"}, {"KeyId": "of-aws"}]}
}
ALIASES = {
    "list_aliases": {
        "Aliases": [
            {"AliasName": "alias/trades", "TargetKeyId": "aliased"},
            {"AliasName": "alias/aws/s3", "TargetKeyId": "of-aws"},
            {"AliasName": "alias/aws/sqs"},  # AWS makes its key when it is first used
        ]
    }
}


class Keys(Account):
    def __init__(self, pages: Mapping[str, Mapping[str, Any]]) -> None:
        super().__init__("us-east-1")
        self.held = pages

    def listed(
        self, listing: Listing, account: str, within: Mapping[str, str] | None = None
    ) -> Iterator[Mapping[str, Any]]:
        assert (account, within) == ("123456789012", None)
        if listing.operation not in self.held:
            raise UnreadableError(f"{listing.action} is refused (AccessDenied)")
        yield self.held[listing.operation]


def test_a_key_counts_with_and_without_an_alias_unless_it_is_declared_or_made_by_aws() -> None:
    plan = Plan()
    survey(Keys(KEYS | ALIASES), "123456789012", [(KEY, "mine")], plan)
    assert [one for one in plan.unmanaged if one[0] == KEY] == [(KEY, "aliased"), (KEY, "bare")]
    assert [one for one in plan.hidden if one[0] == KEY] == [(KEY, "of-aws")]


def test_without_the_aliases_no_key_is_taken_for_ours() -> None:
    plan = Plan()
    survey(Keys(KEYS), "123456789012", [], plan)
    assert plan.unmanaged == []
    assert plan.unlisted[KEY] == "kms:ListAliases is refused (AccessDenied)"
