"""Examples of the rules of `iam_account`."""

from tms_policies.examples.model import UNKNOWN, Declared, Example, case

_NOT_PROVEN = "cannot be proven at preview"
_STRONG = {
    "minimumPasswordLength": 14,
    "passwordReusePrevention": 24,
    "maxPasswordAge": 90,
    "requireLowercaseCharacters": True,
    "requireUppercaseCharacters": True,
    "requireNumbers": True,
    "requireSymbols": True,
}


def _passwords(**props: object) -> Declared:
    return Declared("iam/accountPasswordPolicy:AccountPasswordPolicy", props, name="passwords")


EXAMPLES = (
    Example(
        "iam-account-password-policy",
        good=case(_passwords(**_STRONG)),
        bad=case(
            _passwords(**_STRONG | {"minimumPasswordLength": 8}),
            says="minimumPasswordLength of passwords is 8, not 14 to 128",
        ),
        missing=case(_passwords(), says="requireSymbols of passwords is missing"),
        unknown=case(_passwords(**_STRONG | {"maxPasswordAge": UNKNOWN}), says=_NOT_PROVEN),
    ),
)
