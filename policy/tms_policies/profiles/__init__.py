"""Profiles: ready configurations of the pack, written by `python -m tms_policies.profiles`.

A profile is a file for `--policy-pack-config`.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tms_policies.catalogue import RULES
from tms_policies.configuration import EVERY
from tms_policies.model import Bag, Rule

FOLDER = Path(__file__).resolve().parent
_ALL_NAMES = ["*"]
DEMANDS: Mapping[str, Bag] = {
    "dynamodb-table-backup-plan": {"tables": _ALL_NAMES},
    "dynamodb-table-customer-key": {"tables": _ALL_NAMES},
    "s3-bucket-customer-key": {"buckets": _ALL_NAMES},
    "s3-bucket-replication": {"buckets": _ALL_NAMES},
    "s3-bucket-notification": {"buckets": _ALL_NAMES},
    "s3-bucket-object-lock": {"buckets": _ALL_NAMES},
    "lambda-function-network": {"functions": _ALL_NAMES},
    "cloudtrail-trail-data-events": {"stores": _ALL_NAMES},
    "iam-role-federated-trust": {"exactSubject": True},
    "iam-role-permissions-boundary": {"names": _ALL_NAMES},
}
"""Settings by which a rule demands more; beside these every switch called `required` is one."""
FACTS = frozenset(
    {
        ("apigateway-stage-execution-logs", "webSockets"),
        ("bedrock-model-named", "globalProfiles"),
        ("iam-policy-known-principals", "principalsInStack"),
        ("iam-role-used", "usersInStack"),
        ("ecr-repository-immutable-tags", "exclusions"),
        ("ec2-group-no-open-egress", "allowed"),
    }
)
"""Switches that are no demand: they state what is so, which no profile can know, or allow more."""


def _demanded(rule: Rule) -> dict[str, Any]:
    """Return the settings by which a rule demands the most."""
    result: dict[str, Any] = dict(DEMANDS.get(rule.id, {}))
    for name, schema in rule.settings.items():
        entry = schema.get("items", {}).get("enum")
        if name == "required":
            result[name] = True
        elif entry and schema["default"] == []:  # a list of what is demanded, none of it by default
            result[name] = list(entry)
    return result


def _strict(rule: Rule) -> object:
    demanded = _demanded(rule)
    return {"enforcementLevel": "mandatory", **demanded} if demanded else "mandatory"


def profiles() -> dict[str, dict[str, object]]:
    """Return each profile's content by its name.

    Returns:
        baseline: every rule at its own level, which is what the pack does without a configuration.
        strict: every rule stops, and demands all that it can.
        audit: every rule warns, also one that a later version adds.
    """
    return {
        "baseline": {rule.id: rule.level for rule in RULES},
        "strict": {rule.id: _strict(rule) for rule in RULES},
        "audit": {EVERY: "advisory"},
    }


def written() -> dict[Path, str]:
    """Return each profile's file."""
    return {FOLDER / f"{name}.json": f"{json.dumps(item, indent=2)}\n" for name, item in profiles().items()}
