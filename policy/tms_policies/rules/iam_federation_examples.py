"""Examples of the rules of `iam_federation`."""

from tms_policies.examples.documents import role
from tms_policies.examples.model import UNKNOWN, Declared, Example, case

_OWN, _OTHER = "123456789012", "999988887777"
_GITHUB = "token.actions.githubusercontent.com"


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


_ANY_BRANCH = _deploying("repo:bank/trades:*")


EXAMPLES = (
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
