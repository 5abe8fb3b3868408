"""Rules about Secrets Manager and SSM parameters: secrets change and can be recovered.

https://docs.aws.amazon.com/secretsmanager/latest/userguide/best-practices.html
"""

import re
from collections.abc import Iterable

from tms_policies.model import Bag, Finding, Resource, Stack, Unknown
from tms_policies.must import must_reach
from tms_policies.references import attached
from tms_policies.registry import rule
from tms_policies.values import look, number, shown, unproven

SECRET = "aws:secretsmanager/secret:Secret"  # noqa: S105 - a type token
ROTATION = "aws:secretsmanager/secretRotation:SecretRotation"
PARAMETER = "aws:ssm/parameter:Parameter"
_STANDARD_BYTES = 4096
_RATE = re.compile(r"\s*rate\(\s*(\d{1,6})\s+(hour|day)s?\s*\)\s*")


@rule(
    "secretsmanager-secret-recovery-window",
    severity="high",
    types=(SECRET,),
    reads=("recoveryWindowInDays",),
    settings={
        "minimumDays": {
            "type": "number",
            "minimum": 7,
            "maximum": 30,
            "default": 7,
            "description": "Shortest recovery window in days, 7 to 30",
        }
    },
    remedy="Leave recovery_window_in_days out, which means 30 days.",
    why="With 0 the secret and all its versions are gone the moment the resource is removed or replaced, "
    "and no one can call it back. "
    "https://docs.aws.amazon.com/secretsmanager/latest/userguide/manage_delete-secret.html",
)
def recovery_window(secret: Resource, settings: Bag) -> Iterable[Finding]:
    """A deleted secret can be recovered for long enough.

    Time to notice a deletion; left out, it is the longest, 30 days; 0 deletes at once.
    """
    days = settings["minimumDays"]
    return must_reach(secret, "recoveryWindowInDays", days, f"recovery_window_in_days={days:g}")


@rule(
    "secretsmanager-secret-rotation",
    severity="medium",
    scope="stack",
    types=(SECRET, ROTATION),
    reads=("secretId", "rotationRules"),
    settings={
        "maximumDays": {
            "type": "number",
            "minimum": 1,
            "maximum": 1000,
            "default": 90,
            "description": "Longest time between rotations",
        },
        "exempt": {
            "type": "array",
            "items": {"type": "string"},
            "default": [],
            "description": "Logical names of secrets that somebody else issues and changes",
        },
    },
    remedy="Declare a SecretRotation for the secret.",
    why="A secret that never changes serves whoever once copied it, from a log or a former laptop, for "
    "as long as the account behind it lives. "
    "https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotating-secrets.html",
)
def rotated(stack: Stack, settings: Bag) -> Iterable[Finding]:
    """Each secret rotates, and often enough."""
    for secret in stack.of(SECRET):
        result = attached(stack, ROTATION, "secretId", secret)
        if not result and secret.name not in settings["exempt"]:
            yield Finding(
                f"no SecretRotation of this stack names the secret {secret.name}",
                f'secretsmanager.SecretRotation("{secret.name}", secret_id=..., rotation_lambda_arn=..., '
                f'rotation_rules={{"automatically_after_days": {settings["maximumDays"]:g}}})',
                secret.urn,
            )
    for rotation in stack.of(ROTATION):
        yield from _often(rotation, settings["maximumDays"])


def _often(rotation: Resource, longest: float) -> Iterable[Finding]:
    """Check how often a secret changes; a cron expression is taken as it stands."""
    value, location = look(rotation.props, "rotationRules", "scheduleExpression"), "scheduleExpression"
    days = None
    if isinstance(value, str) and value:
        rate = _RATE.fullmatch(value)
        if not rate:
            return
        days = int(rate[1]) / (24 if rate[2] == "hour" else 1)
    elif not isinstance(value, Unknown):
        location = "automaticallyAfterDays"
        value = look(rotation.props, "rotationRules", location)
        days = number(value)
    if isinstance(value, Unknown):
        yield unproven(value, f"{rotation.name} must rotate within {longest:g} days", rotation.urn)
    elif days is None or days > longest:
        yield Finding(
            f"rotationRules.{location} of {rotation.name} is "
            f"{'missing' if value is None else shown(value)}, not at most {longest:g} days",
            f'rotation_rules={{"automatically_after_days": {longest:g}}}',
            rotation.urn,
        )


@rule(
    "ssm-parameter-tier",
    severity="low",
    types=(PARAMETER,),
    reads=("tier", "value"),
    settings={
        "allowed": {
            "type": "array",
            "items": {"type": "string", "enum": ["Advanced", "Intelligent-Tiering", "Standard"]},
            "default": ["Standard", "Intelligent-Tiering"],
            "description": "Tiers that are allowed; Advanced is paid per parameter and month",
        }
    },
    remedy="Leave tier out, or take Intelligent-Tiering.",
    why="An Advanced parameter is paid for each month and cannot be made Standard again without deleting "
    "it; a value above 4 KB in Standard is refused in the middle of a deployment. "
    "https://docs.aws.amazon.com/systems-manager/latest/userguide/parameter-store-advanced-parameters.html",
)
def tier(parameter: Resource, settings: Bag) -> Iterable[Finding]:
    """A parameter's tier is allowed, and its value fits."""
    value, text = parameter.props.get("tier"), parameter.props.get("value")
    allowed = settings["allowed"]
    if isinstance(value, Unknown):
        yield unproven(value, f"tier of {parameter.name} must be one of {', '.join(allowed)}")
    elif value not in (None, "", *allowed):
        yield Finding(f"tier of {parameter.name} is {shown(value)}", f'tier="{allowed[0]}"')
    elif value in (None, "", "Standard") and isinstance(text, str):
        size = len(text.encode())
        if size > _STANDARD_BYTES:
            yield Finding(
                f"value of {parameter.name} has {size} bytes, and the tier Standard takes {_STANDARD_BYTES}",
                'tier="Intelligent-Tiering", or a shorter value',
            )
