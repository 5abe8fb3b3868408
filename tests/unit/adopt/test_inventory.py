"""What is declared is not taken for something that nothing declares, whatever form its id has."""

from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from adopt.inventory import survey
from adopt.listings.model import Listing
from adopt.live import Account
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
