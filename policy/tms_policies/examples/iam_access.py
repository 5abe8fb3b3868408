"""Examples of the rules about who is let in from outside."""

from tms_policies.examples.documents import document, role
from tms_policies.examples.model import UNKNOWN, Declared, Example, case

_OWN, _OTHER = "123456789012", "999988887777"
_QUEUE = f"arn:aws:sqs:us-east-1:{_OWN}:trades"
_GITHUB = "token.actions.githubusercontent.com"
_WHOLE = "A document that is not known at all is reported once, by iam-policy-valid-document."
_NOTHING = Declared("sqs/queuePolicy:QueuePolicy", {"queueUrl": "trades"}, name="trades-policy")


def _queue_policy(principal: dict[str, str], condition: dict[str, object] | None = None) -> Declared:
    statement = {"Effect": "Allow", "Principal": principal, "Action": "sqs:SendMessage", "Resource": _QUEUE}
    statement |= {"Condition": condition} if condition else {}
    props = {"queueUrl": "trades", "policy": document(statement)}
    return Declared("sqs/queuePolicy:QueuePolicy", props, name="trades-policy")


def _statement(subject: str | None) -> dict[str, object]:
    tests = {f"{_GITHUB}:aud": "sts.amazonaws.com"} | ({f"{_GITHUB}:sub": subject} if subject else {})
    return {
        "Effect": "Allow",
        "Principal": {"Federated": f"arn:aws:iam::{_OWN}:oidc-provider/{_GITHUB}"},
        "Action": "sts:AssumeRoleWithWebIdentity",
        "Condition": {"StringLike": tests},
    }


def _deploying(subject: str | None) -> Declared:
    return role(_statement(subject), name="deploying")


_ANY_TOPIC = _queue_policy({"Service": "sns.amazonaws.com"})
_FOREIGN = _queue_policy({"AWS": f"arn:aws:iam::{_OTHER}:root"})
_ANY_BRANCH = _deploying("repo:bank/trades:*")


def _trusting(principal: str) -> Declared:
    statement = {"Effect": "Allow", "Principal": {"AWS": principal}, "Action": "sts:AssumeRole"}
    return role(statement, name="reporting")


_KNOWN = role(name="matching")
_BOUNDED = role(name="matching", permissionsBoundary=f"arn:aws:iam::{_OWN}:policy/agents")
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
    Example(
        "iam-policy-cross-account",
        good=case(_queue_policy({"AWS": f"arn:aws:iam::{_OWN}:role/matching"})),
        bad=case(_FOREIGN, says=f"lets account {_OTHER} in"),
        missing=case(_NOTHING),
        unknown="A principal that is not known is reported by iam-policy-public-principal.",
        config=case(_FOREIGN, accounts=[_OTHER]),
    ),
    Example(
        "iam-policy-service-caller",
        good=case(
            _queue_policy(
                {"Service": "sns.amazonaws.com"},
                {"ArnEquals": {"aws:SourceArn": f"arn:aws:sns:us-east-1:{_OWN}:events"}},
            )
        ),
        bad=case(_ANY_TOPIC, says="lets sns.amazonaws.com in without saying for whom"),
        missing=case(_NOTHING),
        unknown=_WHOLE,
        config=case(_ANY_TOPIC, exemptServices=["sns.amazonaws.com"]),
    ),
    Example(
        "iam-role-federated-trust",
        good=case(_deploying("repo:bank/trades:environment:production")),
        bad=case(_deploying("repo:bank/*"), says="which more than one repository fits"),
        missing=case(_deploying(None), says=f"does not fix {_GITHUB}:sub"),
        unknown=case(
            Declared(
                "iam/role:Role",
                {"name": "deploying", "assumeRolePolicy": {"Statement": [_statement(UNKNOWN)]}},
                name="deploying",
            ),
            says="cannot be proven at preview",
        ),
        config=case(_ANY_BRANCH, says="every branch and event fits", exactSubject=True),
    ),
)
