"""Import ids, derived: from what the program declares, then from what that depends on; never guessed.

Forms are those of each type's import section in the AWS provider's documentation.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from adopt.engine import UNKNOWN
from adopt.model import Found, Target


@dataclass(frozen=True)
class Place:
    """Where the stack lives, which ids are made of."""

    account: str
    region: str

    def arn(self, service: str, rest: str) -> str:
        """Give the ARN of something of this account and region."""
        return f"arn:aws:{service}:{self.region}:{self.account}:{rest}"


Derive = Callable[[Mapping[str, Any], Place], str | None]


def _plain(*names: str, by: str = ":") -> Derive:
    """Derive an id that is made of properties."""

    def derive(inputs: Mapping[str, Any], _place: Place) -> str | None:
        values = [inputs.get(name) for name in names]
        known = all(isinstance(one, str) and one and one != UNKNOWN for one in values)
        return by.join(str(one) for one in values) if known else None

    return derive


def _arn(service: str, kind: str, name: str = "name") -> Derive:
    def derive(inputs: Mapping[str, Any], place: Place) -> str | None:
        value = inputs.get(name)
        return place.arn(service, f"{kind}{value}") if isinstance(value, str) and value != UNKNOWN else None

    return derive


def _queue(inputs: Mapping[str, Any], place: Place) -> str | None:
    """A queue's id is its URL, which AWS makes of region, account and name."""
    name = inputs.get("name")
    if not isinstance(name, str) or name == UNKNOWN:
        return None
    return f"https://sqs.{place.region}.amazonaws.com/{place.account}/{name}"


def _global(kind: str, name: str = "name") -> Derive:
    def derive(inputs: Mapping[str, Any], place: Place) -> str | None:
        value, path = inputs.get(name), str(inputs.get("path") or "/")
        known = isinstance(value, str) and value != UNKNOWN
        return f"arn:aws:iam::{place.account}:{kind}{path}{value}" if known else None

    return derive


_BUCKET_PARTS = (
    "bucketVersioning:BucketVersioning bucketLogging:BucketLogging bucketPolicy:BucketPolicy "
    "bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration "
    "bucketLifecycleConfiguration:BucketLifecycleConfiguration bucketNotification:BucketNotification "
    "bucketPublicAccessBlock:BucketPublicAccessBlock bucketOwnershipControls:BucketOwnershipControls "
    "bucketCorsConfiguration:BucketCorsConfiguration "
    "bucketObjectLockConfiguration:BucketObjectLockConfiguration"
)
DERIVED: dict[str, Derive] = {
    "aws:dynamodb/table:Table": _plain("name"),
    "aws:s3/bucket:Bucket": _plain("bucket"),
    **{f"aws:s3/{one}": _plain("bucket") for one in _BUCKET_PARTS.split()},
    "aws:sqs/queue:Queue": _queue,
    "aws:iam/role:Role": _plain("name"),
    "aws:iam/rolePolicy:RolePolicy": _plain("role", "name"),
    "aws:iam/rolePolicyAttachment:RolePolicyAttachment": _plain("role", "policyArn", by="/"),
    "aws:iam/policy:Policy": _global("policy"),
    "aws:cloudwatch/logGroup:LogGroup": _plain("name"),
    "aws:cloudwatch/metricAlarm:MetricAlarm": _plain("name"),
    "aws:cloudwatch/dashboard:Dashboard": _plain("dashboardName"),
    "aws:cloudwatch/logMetricFilter:LogMetricFilter": _plain("logGroupName", "name"),
    "aws:ecr/repository:Repository": _plain("name"),
    "aws:ecr/lifecyclePolicy:LifecyclePolicy": _plain("repository"),
    "aws:ecr/repositoryPolicy:RepositoryPolicy": _plain("repository"),
    "aws:kms/alias:Alias": _plain("name"),
    "aws:lambda/function:Function": _plain("name"),
    "aws:cloudtrail/trail:Trail": _arn("cloudtrail", "trail/"),
    "aws:sns/topic:Topic": _arn("sns", ""),
    "aws:sns/topicPolicy:TopicPolicy": _plain("arn"),
    "aws:ssm/parameter:Parameter": _plain("name"),
}
# The property whose resource's id is the id, where it is not known before that resource exists
_BY_DEPENDENCY = {
    "aws:sqs/queuePolicy:QueuePolicy": "queueUrl",
    "aws:sqs/redrivePolicy:RedrivePolicy": "queueUrl",
    "aws:sqs/redriveAllowPolicy:RedriveAllowPolicy": "queueUrl",
    "aws:kms/keyPolicy:KeyPolicy": "keyId",
    "aws:sns/topicPolicy:TopicPolicy": "arn",
}


def _of_dependency(target: Target, known: Mapping[str, str]) -> str | None:
    prop = _BY_DEPENDENCY.get(target.type)
    if prop is None:
        return None
    value = target.inputs.get(prop)
    if isinstance(value, str) and value != UNKNOWN:
        return value
    ids = [known[urn] for urn in target.uses.get(prop, ()) if urn in known]
    return ids[0] if len(ids) == 1 else None


def derive(targets: Iterable[Target], place: Place) -> list[Found]:
    """Give each target with its id, or with none where it must be looked up or asked for."""
    found = [Found(one) for one in targets if not one.component]
    known: dict[str, str] = {}
    for one in found:
        rule = DERIVED.get(one.target.type)
        one.id = rule(one.target.inputs, place) if rule else None
        if one.id:
            known[one.target.urn] = one.id
    for one in found:
        if one.id is None:
            one.id = _of_dependency(one.target, known)
        if one.id is None:
            one.detail = "no id can be derived for it: give the live one's id in the mapping"
    return found
