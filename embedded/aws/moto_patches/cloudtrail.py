"""Patches of moto's CloudTrail."""

import functools
import json
from typing import TYPE_CHECKING, Any

from moto.cloudtrail.models import CloudTrailBackend, Trail
from moto.cloudtrail.responses import CloudTrailResponse
from moto.core.exceptions import JsonRESTError
from moto.s3.models import s3_backends

from embedded.aws.moto_patches.bucket_policies import granting, listed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

_SERVICE = "cloudtrail.amazonaws.com"


def find_by_arn() -> None:
    """A trail is meant by its name or its ARN.

    AWS: DescribeTrails takes a list of either, and DeleteTrail either
    (docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_DescribeTrails.html).
    moto: the list is not looked at, and a trail that is deleted by its ARN stays.
    """
    delete: Callable[..., None] = CloudTrailBackend.delete_trail
    describe: Callable[..., str] = CloudTrailResponse.describe_trails

    @functools.wraps(delete)
    def delete_named(self: CloudTrailBackend, name: str) -> None:
        trail = self.get_trail(name)
        self.tagging_service.delete_all_tags_for_resource(trail.arn)
        delete(self, trail.trail_name)

    @functools.wraps(describe)
    def describe_named(self: CloudTrailResponse) -> str:
        trails: Iterable[dict[str, Any]] = json.loads(describe(self))["trailList"]
        names = set(json.loads(self.body or "{}").get("trailNameList") or ())
        chosen = [
            trail for trail in trails if not names or not names.isdisjoint((trail["Name"], trail["TrailARN"]))
        ]
        return json.dumps({"trailList": chosen})

    CloudTrailBackend.delete_trail = delete_named
    CloudTrailResponse.describe_trails = describe_named


def keep_one_choice_of_selectors() -> None:
    """A trail has selectors of one kind, and says whether somebody chose them.

    AWS: PutEventSelectors and PutInsightSelectors write the whole, one kind of event selectors overwrites the
    other (docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_PutEventSelectors.html), and a Trail has
    HasCustomEventSelectors and HasInsightSelectors.
    moto: advanced selectors stay beside others, insights are added up, and both flags are always false.
    """
    describe: Callable[..., dict[str, Any]] = Trail.description

    def put_event_selectors(
        self: Trail, event_selectors: list[dict[str, Any]], advanced_event_selectors: list[dict[str, Any]]
    ) -> None:
        self.event_selectors = event_selectors or []
        self.advanced_event_selectors = advanced_event_selectors or []

    def put_insight_selectors(self: Trail, insight_selectors: list[dict[str, str]]) -> None:
        self.insight_selectors = insight_selectors

    @functools.wraps(describe)
    def report(self: Trail, include_region: bool = False) -> dict[str, Any]:  # noqa: FBT001, FBT002 - moto's signature
        chosen = bool(self.event_selectors or self.advanced_event_selectors)
        flags = {"HasCustomEventSelectors": chosen, "HasInsightSelectors": bool(self.insight_selectors)}
        return {**describe(self, include_region), **flags}

    Trail.put_event_selectors = put_event_selectors
    Trail.put_insight_selectors = put_insight_selectors
    Trail.description = report


class _PolicyError(JsonRESTError):
    code = 400

    def __init__(self, bucket: str) -> None:
        super().__init__(
            "InsufficientS3BucketPolicyException",
            f"Incorrect S3 bucket policy is detected for bucket: {bucket}",
        )


def demand_bucket_policy() -> None:
    """A trail is refused where its bucket does not let CloudTrail in.

    AWS: the bucket's policy grants GetBucketAcl on the bucket and PutObject on the account's place under the
    prefix, and may hold both for one trail alone
    (docs.aws.amazon.com/awscloudtrail/latest/userguide/create-s3-bucket-policy-for-cloudtrail.html).
    moto: any bucket will do.
    """
    check: Callable[..., None] = Trail.check_bucket_exists
    update: Callable[..., None] = Trail.update

    @functools.wraps(check)
    def refuse(self: Trail) -> None:
        check(self)
        bucket = s3_backends[self.account_id][self.partition].get_bucket(self.bucket_name)
        arn = f"arn:{self.partition}:s3:::{self.bucket_name}"
        folder = f"{self.s3_key_prefix}/" if self.s3_key_prefix else ""
        logs = f"{folder}AWSLogs/{self.account_id}/"
        needed = {
            "s3:GetBucketAcl": {arn},
            "s3:PutObject": {f"{arn}/{prefix}*" for prefix in ("", folder, logs)},
        }
        for action, arns in needed.items():
            statements = granting(bucket.policy, _SERVICE, action, arns)
            if not any(_for_trail(statement, self.arn) for statement in statements):
                raise _PolicyError(self.bucket_name)

    @functools.wraps(update)
    def refuse_changed(self: Trail, **settings: Any) -> None:  # noqa: ANN401 - as moto passes them
        before = (self.bucket_name, self.s3_key_prefix)
        update(self, **settings)
        try:
            self.check_bucket_exists()
        except JsonRESTError:
            self.bucket_name, self.s3_key_prefix = before
            raise

    Trail.check_bucket_exists = refuse
    Trail.update = refuse_changed  # pyright: ignore[reportAttributeAccessIssue] - takes what moto passes


def _for_trail(statement: dict[str, Any], trail: str) -> bool:
    """Whether a statement holds for a trail, whose ARN is all that is judged of its conditions."""
    blocks: dict[str, dict[str, Any]] = statement.get("Condition") or {}
    return all(
        trail in listed(block["aws:SourceArn"]) for block in blocks.values() if "aws:SourceArn" in block
    )
