"""Examples of the rules of `iam_principals`."""

from tms_policies.examples.documents import document, role
from tms_policies.examples.model import UNKNOWN, Declared, Example, case

_OWN, _OTHER = "123456789012", "999988887777"
_QUEUE = f"arn:aws:sqs:us-east-1:{_OWN}:trades"
_NOTHING = Declared("sqs/queuePolicy:QueuePolicy", {"queueUrl": "trades"}, name="trades-policy")
_KNOWN = role(name="matching")
_BOUNDED = role(name="matching", permissionsBoundary=f"arn:aws:iam::{_OWN}:policy/agents")


def _queue_policy(principal: dict[str, str], condition: dict[str, object] | None = None) -> Declared:
    statement = {"Effect": "Allow", "Principal": principal, "Action": "sqs:SendMessage", "Resource": _QUEUE}
    statement |= {"Condition": condition} if condition else {}
    props = {"queueUrl": "trades", "policy": document(statement)}
    return Declared("sqs/queuePolicy:QueuePolicy", props, name="trades-policy")


def _trusting(principal: str) -> Declared:
    statement = {"Effect": "Allow", "Principal": {"AWS": principal}, "Action": "sts:AssumeRole"}
    return role(statement, name="reporting")


EXAMPLES = (
    Example(
        "iam-role-permissions-boundary",
        good=case(_BOUNDED, names=["matching"]),
        bad=case(
            role(name="matching", permissionsBoundary=""),
            says="permissionsBoundary of matching is missing",
            names=["matching"],
        ),
        missing=case(_KNOWN, says="permissionsBoundary of matching is missing", names=["matching"]),
        unknown=case(role(name="matching", permissionsBoundary=UNKNOWN), names=["matching"]),
        config=case(_KNOWN, says="permissionsBoundary of matching is missing", names=["*"]),
    ),
    Example(
        "iam-role-whole-account",
        good=case(_trusting(f"arn:aws:iam::{_OWN}:role/desk")),
        bad=case(_trusting(f"arn:aws:iam::{_OWN}:root"), says=f"trusts all of account {_OWN}"),
        missing=case(role(name="reporting")),
        unknown="A principal that is not known is reported by iam-policy-public-principal.",
    ),
    Example(
        "iam-policy-known-principals",
        good=case(
            _KNOWN, _queue_policy({"AWS": f"arn:aws:iam::{_OWN}:role/matching"}), principalsInStack=True
        ),
        bad=case(
            _KNOWN,
            _queue_policy({"AWS": f"arn:aws:iam::{_OWN}:role/retired"}),
            says="role/retired, which is not declared here",
            principalsInStack=True,
        ),
        missing=case(_NOTHING, principalsInStack=True),
        unknown="A principal that is not known is reported by iam-policy-public-principal.",
        config=case(
            _queue_policy({"AWS": f"arn:aws:iam::{_OWN}:role/retired"}),
            says="role/retired, which is not declared here",
            principalsInStack=True,
        ),
    ),
)
