"""Rules about what S3 removes by itself: abandoned uploads in time, records not before their time.

https://docs.aws.amazon.com/AmazonS3/latest/userguide/intro-lifecycle-rules.html
"""

from collections.abc import Iterable, Iterator

from tms_policies.model import Bag, Finding, Resource, Stack, Unknown
from tms_policies.references import inline_or_attached
from tms_policies.registry import rule
from tms_policies.rules.s3 import BUCKET
from tms_policies.settings import by_name
from tms_policies.values import is_false, items, look, number, shown, unknowns, unproven

LIFECYCLE = "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration"


def _works(rule: Bag) -> bool:
    """Return whether a rule is on; one whose status is not known is taken to be."""
    return not is_false(rule.get("enabled")) and rule.get("status") != "Disabled"


def _aborts(rule: Bag) -> bool:
    """Return whether a rule of the newer or the inline form ends unfinished uploads in the whole bucket."""
    days = look(rule, "abortIncompleteMultipartUpload", "daysAfterInitiation")
    everywhere = not _prefix(rule) and not any(
        look(rule, "filter", name) for name in ("tag", "and", "objectSizeGreaterThan", "objectSizeLessThan")
    )
    declared = not any(isinstance(rule.get(name), Unknown) for name in ("status", "enabled"))
    return (
        declared
        and everywhere
        and _works(rule)
        and bool(days or rule.get("abortIncompleteMultipartUploadDays"))
    )


def _prefix(rule: Bag) -> str | Unknown:
    """Return the prefix of a rule: empty for the whole bucket, unknown if it is no text."""
    paths = (("prefix",), ("filter", "prefix"), ("filter", "and", "prefix"))
    result = next((item for path in paths if (item := look(rule, *path))), "")
    return result if isinstance(result, (str, Unknown)) else Unknown("prefix")


@rule(
    "s3-bucket-abandoned-uploads",
    severity="low",
    scope="stack",
    types=(BUCKET, LIFECYCLE),
    reads=("rules", "lifecycleRules"),
    remedy="Declare a BucketLifecycleConfiguration with abort_incomplete_multipart_upload.",
    why="The parts of an upload that was broken off stay and are paid for, and no listing of the "
    "bucket's objects shows them. "
    "https://docs.aws.amazon.com/AmazonS3/latest/userguide/mpu-abort-incomplete-mpu-lifecycle-config.html",
)
def abandoned(stack: Stack, _settings: Bag) -> Iterable[Finding]:
    """Each bucket has a lifecycle that ends unfinished uploads."""
    elsewhere = set(stack.of(LIFECYCLE))
    for bucket in stack.of(BUCKET):
        results = list(inline_or_attached(stack, bucket, ("lifecycleRules",), LIFECYCLE, "bucket"))
        elsewhere -= {holder for holder, _ in results}
        yield from _ending(bucket, [item for holder, block in results for item in _rules(holder, block)])
    for lifecycle in stack.of(LIFECYCLE):
        if lifecycle in elsewhere:
            yield from _ending(lifecycle, list(_rules(lifecycle, lifecycle.props)))


def _ending(owner: Resource, rules: list[Bag | Unknown]) -> Iterable[Finding]:
    """Demand a rule that ends unfinished uploads."""
    if any(_aborts(unknown) for unknown in rules if not isinstance(unknown, Unknown)):
        return
    hidden = next((unknown for rule in rules for unknown in unknowns(rule)), None)
    if hidden:
        yield unproven(hidden, f"unfinished uploads to {owner.name} must end", owner.urn)
        return
    yield Finding(
        f"no lifecycle rule of {owner.name} ends unfinished uploads: their parts are paid for",
        f's3.BucketLifecycleConfiguration("{owner.name}-lifecycle", rules=[{{"id": "abandoned-uploads", '
        '"status": "Enabled", "filter": {}, '
        '"abort_incomplete_multipart_upload": {"days_after_initiation": 7}}])',
        owner.urn,
    )


def _rules(holder: Resource, block: object) -> Iterator[Bag | Unknown]:
    """Yield the rules of a holder: the bucket's own block is the list itself."""
    value = block if holder.type == BUCKET else look(block, "rules")
    yield from (item for item in items(value) if isinstance(item, (dict, Unknown)))


@rule(
    "s3-bucket-early-expiration",
    severity="high",
    types=(BUCKET, LIFECYCLE),
    reads=("rules", "lifecycleRules"),
    settings={
        "minimumDays": by_name(
            "Per prefix (empty for every object), the fewest days that objects are kept; none by default",
            "integer",
            minimum=1,
        )
    },
    remedy="Let objects expire after the days that are set for their prefix, or not at all.",
    why="Records that must be kept by law go without anybody deleting them, and a rule for the whole "
    "bucket takes those of every prefix along. "
    "https://docs.aws.amazon.com/AmazonS3/latest/userguide/lifecycle-expire-general-considerations.html",
)
def not_early(resource: Resource, settings: Bag) -> Iterable[Finding]:
    """No lifecycle removes records before their time."""
    name = "lifecycleRules" if resource.type == BUCKET else "rules"
    for index, lifecycle in enumerate(items(resource.props.get(name))):
        if isinstance(lifecycle, Unknown) and settings["minimumDays"]:
            yield unproven(lifecycle, f"{resource.name} must keep what it is set to keep")
        elif isinstance(lifecycle, dict):
            location = f"{name}[{index}].expiration of {resource.name}"
            yield from _early(lifecycle, location, settings["minimumDays"])


def _early(rule: Bag, location: str, minimum: Bag) -> Iterator[Finding]:
    """Check the expiration of one rule, if it has one."""
    days, date = (look(rule, "expiration", name) for name in ("days", "date"))
    prefix = _prefix(rule)
    least = _least(prefix, minimum)
    if not least or not _works(rule) or not (days or date):
        return
    retained, hidden = number(days), next(unknowns([days, date, prefix]), None)
    if hidden:
        yield unproven(hidden, f"{location} must be at least {least:g} days")
    elif date:
        yield Finding(
            f"{location} is by date: what is written just before is lost at once", f'"days": {least:g}'
        )
    elif retained is not None and 0 < retained < least:
        yield Finding(f"{location} is {shown(days)} days, less than {least:g}", f'"days": {least:g}')


def _least(prefix: str | Unknown, minimum: Bag) -> float:
    """Return the longest time that is set for anything under the prefix; an unknown one may be any."""
    return max(
        (
            float(days)
            for item, days in minimum.items()
            if isinstance(prefix, Unknown) or prefix.startswith(item) or item.startswith(prefix)
        ),
        default=0,
    )
