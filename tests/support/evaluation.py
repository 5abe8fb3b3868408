"""The cases of `tests/policy/evaluation/`: policies, a request, and what AWS's pages say of it."""

from pathlib import Path
from typing import Any

import yaml

from tms_policies.documents.document_properties import Kind
from tms_policies.documents.evaluation.request import Principal, Request
from tms_policies.documents.evaluation.statements import Policy
from tms_policies.documents.evaluation.verdict import Policies
from tms_policies.model import Unknown

FOLDER = Path(__file__).resolve().parent.parent / "policy" / "evaluation"
HERE, THERE = "111122223333", "444455556666"
PRINCIPALS = {
    "role": Principal(f"arn:aws:iam::{HERE}:role/agent", tags={"team": "blue"}),
    "session": Principal(f"arn:aws:sts::{HERE}:assumed-role/agent/run-1", tags={"team": "blue"}),
    "user": Principal(f"arn:aws:iam::{HERE}:user/desk/ann", tags={"team": "blue"}),
    "root": Principal(f"arn:aws:iam::{HERE}:root"),
    "federated user": Principal(f"arn:aws:sts::{HERE}:federated-user/ann"),
    "linked role": Principal(
        f"arn:aws:sts::{HERE}:assumed-role/AWSServiceRoleForX/x",
        role=f"arn:aws:iam::{HERE}:role/aws-service-role/x.amazonaws.com/AWSServiceRoleForX",
    ),
    "pathed session": Principal(
        f"arn:aws:sts::{HERE}:assumed-role/agent/run-1", role=f"arn:aws:iam::{HERE}:role/teams/agent"
    ),
    "stranger": Principal(f"arn:aws:sts::{THERE}:assumed-role/other/run-1"),
    "anonymous": Principal(),
    "sns": Principal(service="sns.amazonaws.com"),
    "logs": Principal(service="logs.us-east-1.amazonaws.com"),
    "cognito": Principal(federated="cognito-identity.amazonaws.com"),
    "canonical": Principal(canonical="79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be"),
    "unknown tag": Principal(f"arn:aws:iam::{HERE}:user/ann", tags={"team": Unknown("tags.team")}),
}


def loaded(subject: str) -> list[dict[str, Any]]:
    """Give the cases of a file; each has its rule, which is its name, and its file's page."""
    text = (FOLDER / f"{subject}.yaml").read_text(encoding="utf-8")
    found = yaml.safe_load(text.replace("THERE", THERE).replace("HERE", HERE))
    return [{"page": found["page"], **one} for one in found["cases"]]


def revealed(value: Any) -> Any:  # noqa: ANN401 - YAML holds anything
    """Give a value of a case with `<unknown>` as what is not known."""
    if isinstance(value, dict):
        return {key: revealed(one) for key, one in value.items()}
    if isinstance(value, list):
        return [revealed(one) for one in value]
    return Unknown("it") if value == "<unknown>" else value


def policy(name: str, given: Any, kind: Kind = "identity") -> Policy:  # noqa: ANN401 - YAML holds anything
    """Read a policy of a case: a list of statements, or a whole document."""
    given = revealed(given)
    document = {"Version": "2012-10-17", "Statement": given} if isinstance(given, list) else given
    return Policy.of(name, document, kind)


def policies(case: dict[str, Any]) -> Policies:
    """Give the policies of a case."""

    def one(key: str, name: str, kind: Kind) -> Policy | None:
        return policy(name, case[key], kind) if key in case else None

    def levels(key: str, name: str, kind: Kind) -> list[list[Policy]]:
        return [[policy(f"{name} {i}", one, kind)] for i, one in enumerate(case.get(key, []))]

    session = one("session", "the session policy", "identity")
    trust = one("trust", "the trust policy", "trust")
    return Policies(
        identity=[policy("the identity policy", case["identity"])] if "identity" in case else [],
        boundary=one("boundary", "the boundary", "identity"),
        session=[session] if session else [],
        resource=trust or one("resource", "the resource policy", "resource"),
        scps=levels("scps", "SCP", "identity"),
        rcps=levels("rcps", "RCP", "resource"),
    )


def request(case: dict[str, Any]) -> Request:
    """Give the request of a case: `ask` is an action and the resources, parted by spaces."""
    action, *resources = case["ask"].split()
    return Request(
        PRINCIPALS[case.get("who", "session")],
        action,
        tuple(revealed(one) for one in resources),
        revealed(case.get("context", {})),
        case.get("owner", ""),
    )
