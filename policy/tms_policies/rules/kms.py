"""Rules about KMS keys: rotation, deletion, who governs them.

https://docs.aws.amazon.com/kms/latest/developerguide/rotate-keys.html
"""

from collections.abc import Iterable

from tms_policies.model import Bag, Finding, Resource, Stack, Unknown
from tms_policies.must import is_set, must_be_true, must_reach, must_stay
from tms_policies.references import attached
from tms_policies.registry import rule
from tms_policies.values import number, shown, unproven

KEY = "aws:kms/key:Key"
KEY_POLICY = "aws:kms/keyPolicy:KeyPolicy"
_REPLICA = "aws:kms/replicaKey:ReplicaKey"
_EXTERNAL = "aws:kms/externalKey:ExternalKey"
_ALL = (KEY, _REPLICA, _EXTERNAL, "aws:kms/replicaExternalKey:ReplicaExternalKey")
_BYPASS = "bypassPolicyLockoutSafetyCheck"


@rule(
    "kms-key-rotation",
    severity="medium",
    types=(KEY,),
    reads=("enableKeyRotation", "rotationPeriodInDays"),
    settings={
        "maximumDays": {
            "type": "number",
            "minimum": 90,
            "maximum": 2560,
            "default": 365,
            "description": "Longest rotation period in days, 90 to 2560",
        }
    },
    remedy="Set enable_key_rotation=True.",
    why="Data written over years is encrypted with one and the same key material, so that its loss "
    "opens all of them. Rotation limits each material to a period; what is encrypted already "
    "stays readable. "
    "https://docs.aws.amazon.com/kms/latest/developerguide/rotate-keys.html",
)
def rotation(key: Resource, settings: Bag) -> Iterable[Finding]:
    """A symmetric key rotates at least yearly.

    Yearly rotation of a symmetric key; AWS cannot rotate the others, nor those of a custom key store.
    """
    usage, spec = key.props.get("keyUsage"), key.props.get("customerMasterKeySpec")
    for value in (usage, spec):
        if isinstance(value, Unknown):
            yield unproven(value, f"whether {key.name} can rotate must be known")
            return
    if usage not in (None, "", "ENCRYPT_DECRYPT") or spec not in (None, "", "SYMMETRIC_DEFAULT"):
        return
    if key.props.get("customKeyStoreId"):
        return
    yield from must_be_true(key, "enableKeyRotation", "enable_key_rotation=True")
    period, longest = key.props.get("rotationPeriodInDays"), settings["maximumDays"]
    days = number(period)
    if isinstance(period, Unknown):
        yield unproven(period, f"rotationPeriodInDays of {key.name} must be at most {longest:g}")
    elif period is not None and (days is None or days > longest):
        yield Finding(
            f"rotationPeriodInDays of {key.name} is {shown(period)}, more than {longest:g}",
            f"rotation_period_in_days={longest:g}",
        )


@rule(
    "kms-key-deletion-window",
    severity="medium",
    types=_ALL,
    reads=("deletionWindowInDays",),
    settings={
        "minimumDays": {
            "type": "number",
            "minimum": 7,
            "maximum": 30,
            "default": 30,
            "description": "Shortest waiting time in days, 7 to 30",
        }
    },
    remedy="Leave deletion_window_in_days out, which means 30 days.",
    why="Nobody can decrypt anything with a deleted key, AWS included. Calls with a key that waits "
    "for its deletion fail already, so that a rare user, such as a monthly report, shows the "
    "mistake only if the wait is long enough. "
    "https://docs.aws.amazon.com/kms/latest/developerguide/deleting-keys.html",
)
def deletion_window(key: Resource, settings: Bag) -> Iterable[Finding]:
    """A key that is scheduled for deletion can be saved for long enough.

    Time to notice a deletion; left out, it is the longest that AWS has, 30 days.
    """
    days = settings["minimumDays"]
    return must_reach(key, "deletionWindowInDays", days, f"deletion_window_in_days={days:g}")


@rule(
    "kms-key-enabled",
    severity="high",
    types=_ALL,
    reads=("isEnabled", "enabled"),
    remedy="Leave is_enabled out.",
    why="As long as the key is disabled, tables, queues and buckets that it encrypts refuse reads "
    "and writes. "
    "https://docs.aws.amazon.com/kms/latest/developerguide/enabling-keys.html",
)
def enabled(key: Resource, _settings: Bag) -> Iterable[Finding]:
    """A key can be used."""
    name = "isEnabled" if key.type == KEY else "enabled"
    argument = "is_enabled" if key.type == KEY else "enabled"
    return must_stay(key, name, f"{argument}=True, or leave it out", default=True)


@rule(
    "kms-key-lockout-check",
    severity="critical",
    types=(*_ALL, KEY_POLICY),
    reads=(_BYPASS,),
    remedy="Leave bypass_policy_lockout_safety_check out.",
    why="With a policy that nobody may change, the key can be neither administered nor deleted, and "
    "only AWS Support can help. "
    "https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html",
)
def no_lockout_bypass(holder: Resource, _settings: Bag) -> Iterable[Finding]:
    """AWS checks that a key's policy leaves somebody who can change it."""
    line = "no bypass_policy_lockout_safety_check, and a key policy that lets the account's root manage it"
    return must_stay(holder, _BYPASS, line, default=False)


@rule(
    "kms-key-policy-defined",
    severity="medium",
    scope="stack",
    types=(KEY, KEY_POLICY),
    reads=("policy",),
    remedy="Set policy on the key, or declare a KeyPolicy.",
    why="By the default policy any identity policy in the account can allow use of the key, so "
    "that who may decrypt is decided in many places and never in the key's own. "
    "https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html",
)
def policy_defined(stack: Stack, _settings: Bag) -> Iterable[Finding]:
    """Each key has a policy that the program states."""
    for key in stack.of(KEY):
        if not is_set(key, "policy") and not attached(stack, KEY_POLICY, "keyId", key):
            yield Finding(
                f"the key {key.name} has no policy in this stack: AWS's default lets every identity policy "
                "of the account open it",
                "policy=json.dumps({...}) that names who administers and who uses the key",
                key.urn,
            )
