"""Examples of the rules of `kms`."""

from tms_policies.examples.documents import document
from tms_policies.examples.model import UNKNOWN, Declared, Example, case

_NOT_PROVEN = "cannot be proven at preview"
_ACCOUNT = "123456789012"
_POLICY = document(
    {
        "Effect": "Allow",
        "Principal": {"AWS": f"arn:aws:iam::{_ACCOUNT}:role/key-administration"},
        "Action": ["kms:DescribeKey", "kms:GetKeyPolicy", "kms:PutKeyPolicy"],
        "Resource": "*",
    }
)


def _key(**props: object) -> Declared:
    return Declared("kms/key:Key", {"description": "Trades at rest", **props}, name="trades-key")


def _beside() -> Declared:
    props = {"keyId": UNKNOWN, "policy": _POLICY}
    return Declared(
        "kms/keyPolicy:KeyPolicy", props, name="trades-key-policy", uses={"keyId": ["trades-key"]}
    )


EXAMPLES = (
    Example(
        "kms-key-rotation",
        good=case(_key(enableKeyRotation=True)),
        bad=case(_key(enableKeyRotation=False), says="enableKeyRotation of trades-key is False"),
        missing=case(_key(), says="enableKeyRotation of trades-key is missing"),
        unknown=case(_key(enableKeyRotation=UNKNOWN), says=_NOT_PROVEN),
        config=case(
            _key(enableKeyRotation=True, rotationPeriodInDays=365),
            says="rotationPeriodInDays of trades-key is 365, more than 90",
            maximumDays=90,
        ),
    ),
    Example(
        "kms-key-deletion-window",
        good=case(_key(deletionWindowInDays=30)),
        bad=case(
            _key(deletionWindowInDays=7), says="deletionWindowInDays of trades-key is 7, not 30 or more"
        ),
        missing=case(_key()),
        unknown=case(_key(deletionWindowInDays=UNKNOWN), says=_NOT_PROVEN),
        config=case(_key(deletionWindowInDays=14), minimumDays=14),
    ),
    Example(
        "kms-key-enabled",
        good=case(_key(isEnabled=True)),
        bad=case(_key(isEnabled=False), says="isEnabled of trades-key is False"),
        missing=case(_key()),
        unknown=case(_key(isEnabled=UNKNOWN), says=_NOT_PROVEN),
    ),
    Example(
        "kms-key-lockout-check",
        good=case(_key(policy=_POLICY)),
        bad=case(
            _key(policy=_POLICY, bypassPolicyLockoutSafetyCheck=True),
            says="bypassPolicyLockoutSafetyCheck of trades-key is True",
        ),
        missing=case(_key()),
        unknown=case(_key(bypassPolicyLockoutSafetyCheck=UNKNOWN), says=_NOT_PROVEN),
    ),
    Example(
        "kms-key-policy-defined",
        good=case(_key(policy=_POLICY)),
        bad=case(_key(), says="the key trades-key has no policy in this stack"),
        missing=case(_key(policy=""), says="the key trades-key has no policy in this stack"),
        unknown=case(_key(), _beside()),
    ),
)
