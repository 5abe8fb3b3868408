"""Examples of the rules of `ecs`."""

from tms_policies.examples.model import UNKNOWN, Declared, Example, case

_NOT_PROVEN = "cannot be proven at preview"


def _service(**network: object) -> Declared:
    value = {"name": "portal", "networkConfiguration": {"subnets": ["subnet-1", "subnet-2"], **network}}
    return Declared("ecs/service:Service", value, name="portal-service")


EXAMPLES = (
    Example(
        "ecs-service-private",
        good=case(_service(assignPublicIp=False)),
        bad=case(_service(assignPublicIp=True), says="each task is on the internet"),
        missing=case(_service()),
        unknown=case(_service(assignPublicIp=UNKNOWN), says=_NOT_PROVEN),
    ),
)
