"""A rule about the data events that a trail records."""

from collections.abc import Iterable, Iterator

from tms_policies.documents.actions import covers
from tms_policies.model import Bag, Finding, Resource, Stack, Unknown
from tms_policies.references import attached
from tms_policies.registry import rule
from tms_policies.rules.cloudtrail import TRAIL
from tms_policies.rules.s3 import BUCKET
from tms_policies.rules.s3_logging import receives_logs
from tms_policies.settings import selected, strings, switch
from tms_policies.values import blocks, items, unproven

# Type -> (property with the name, data resource type of event selectors, ARN with the name)
_STORES = {
    "aws:s3/bucket:Bucket": ("bucket", "AWS::S3::Object", "arn:aws:s3:::{}/"),
    "aws:dynamodb/table:Table": ("name", "AWS::DynamoDB::Table", "arn:aws:dynamodb:*:*:table/{}"),
}
_NO_NAME = "-"


def _selected(trail: Resource) -> Iterator[tuple[str, str]]:
    """Yield (data resource type, ARN prefix) that a trail records events of; an unknown covers all."""
    for selector in blocks(trail.props.get("eventSelectors")):
        for data in blocks(selector.get("dataResources")):
            for value in items(data.get("values")):
                yield str(data.get("type")), "*" if isinstance(value, Unknown) else str(value)
    for selector in blocks(trail.props.get("advancedEventSelectors")):
        fields = {str(item.get("field")): item for item in blocks(selector.get("fieldSelectors"))}
        kinds = [str(item) for item in items(fields.get("resources.type", {}).get("equals"))]
        names = fields.get("resources.ARN", {})
        starts = [str(item) for key in ("equals", "startsWiths") for item in items(names.get(key))]
        yield from ((kind, item) for kind in kinds for item in starts or ["*"])


def _covered(arn: str, prefix: str) -> bool:
    """Return whether a selector's value covers all of a store, whatever the account and region in its ARN."""
    if prefix in ("*", "arn:aws:s3", "arn:aws:s3:::", "arn:aws:dynamodb"):
        return True
    name_at = arn.rfind("/", 0, -1) + 1
    return arn.startswith(prefix) or any(
        covers(arn, prefix + arn[index:]) for index in range(name_at, len(arn) + 1)
    )


def _holds_objects(stack: Stack, store: Resource) -> bool:
    """Return whether a bucket is protected beside a trail, and no place of logs.

    A trail that records the objects of its own bucket records that it records, for money:
    https://docs.aws.amazon.com/awscloudtrail/latest/userguide/logging-data-events-with-cloudtrail.html
    """
    if store.type != BUCKET or not store.protect or not stack.of(TRAIL):
        return False
    return not receives_logs(stack, store) and not attached(stack, TRAIL, "s3BucketName", store)


@rule(
    "cloudtrail-trail-data-events",
    severity="medium",
    scope="stack",
    types=(TRAIL, *_STORES),
    reads=("eventSelectors", "advancedEventSelectors"),
    settings={
        "stores": strings(
            "Physical names of buckets and tables, `*` for any text, also where the stack has no trail; "
            "none by default, as each event is paid for"
        ),
        "protectedBuckets": switch(
            "Whether a stack with a trail must record the objects of each bucket with the option "
            "protect; buckets that access logs or trails are written to are exempt",
            default=True,
        ),
    },
    remedy="Add the store to the trail's event selectors.",
    why="Without data events nobody can say afterwards who read or wrote a document. "
    "https://docs.aws.amazon.com/awscloudtrail/latest/userguide/logging-data-events-with-cloudtrail.html",
)
def data_events(stack: Stack, settings: Bag) -> Iterable[Finding]:
    """A trail records the data events of each protected bucket beside it, and of each bucket and table
    that the setting names.
    """  # noqa: D205 - the sentence that must hold takes two lines
    recorded = [item for trail in stack.of(TRAIL) for item in _selected(trail)]
    for token, (prop, kind, shape) in _STORES.items():
        for store in stack.of(token):
            by_name = selected(store, prop, settings["stores"])
            if not by_name and not (settings["protectedBuckets"] and _holds_objects(stack, store)):
                continue
            name = store.props.get(prop)
            arn = shape.format(name if isinstance(name, str) else _NO_NAME)
            if any(item == kind and _covered(arn, prefix) for item, prefix in recorded):
                continue
            if isinstance(name, Unknown):
                yield unproven(name, f"a trail must record the data events of {store.name}", store.urn)
            else:
                yield Finding(
                    f"no trail of this stack records the data events of {store.name}",
                    f'event_selectors=[{{"data_resources": [{{"type": "{kind}", "values": ["{arn}"]}}]}}]',
                    store.urn,
                )
