"""Events as the engine writes them, small enough to read."""

from typing import Any

from tms_policies.catalogue import RULES
from toolkit.engine import pack

TABLE = "aws:dynamodb/table:Table"


def urn(token: str, name: str) -> str:
    return f"urn:pulumi:production::system::tradematching:index:Tables${token}::{name}"


def step(op: str, name: str, token: str = TABLE, **given: object) -> dict[str, Any]:
    """One step; `old` and `new` are states, `inputs` inside them."""
    return {"resourcePreEvent": {"metadata": {"op": op, "urn": urn(token, name), "type": token, **given}}}


def error(message: str, of: str = "") -> dict[str, Any]:
    return {"diagnosticEvent": {"severity": "error", "message": message, "urn": of}}


def ending(*, silent: frozenset[str] = frozenset()) -> list[dict[str, Any]]:
    """What ends a preview in which every rule ran but those."""
    ran = [rule.id for rule in RULES if rule.id not in silent]
    judged = {"policyPackName": pack.NAME, "passed": ran}
    return [{"policyAnalyzeStackSummaryEvent": judged}, {"summaryEvent": {"isPreview": True}}]
