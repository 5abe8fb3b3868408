"""Examples of the rules of `s3_access_points`."""

from tms_policies.examples.model import UNKNOWN, Declared, Example, case

_NOT_PROVEN = "cannot be proven at preview"


def _point(**props: object) -> Declared:
    return Declared("s3/accessPoint:AccessPoint", {"bucket": "documents", **props}, name="reports")


EXAMPLES = (
    Example(
        "s3-access-point-public-access",
        good=case(_point()),
        bad=case(
            _point(publicAccessBlockConfiguration={"blockPublicPolicy": False}),
            says="publicAccessBlockConfiguration.blockPublicPolicy of reports is False",
        ),
        missing=case(_point(publicAccessBlockConfiguration={})),
        unknown=case(_point(publicAccessBlockConfiguration={"blockPublicAcls": UNKNOWN}), says=_NOT_PROVEN),
    ),
)
