"""Patches of moto's S3."""

import functools
import json
from typing import TYPE_CHECKING, Any, cast

from moto.core.responses import ActionResult
from moto.iam.access_control import IAMPolicy, PermissionResult
from moto.s3.models import FakeBucket, PublicAccessBlock
from moto.s3.responses import S3Response

from embedded.aws.moto_patches.bucket_policies import granting, listed

if TYPE_CHECKING:
    from collections.abc import Callable

_LOG_DELIVERY = "logging.s3.amazonaws.com"
_PLAIN_TEXT = {"Bool": {"aws:SecureTransport": "false"}}
_SIZES = ("ObjectSizeGreaterThan", "ObjectSizeLessThan")


def protect_new_buckets() -> None:
    """A new bucket is encrypted, closed to the public and owns its objects.

    AWS: since 2023 every new bucket has SSE-S3, all four public-access blocks and `BucketOwnerEnforced`
    (docs.aws.amazon.com/AmazonS3/latest/userguide/create-bucket-faq.html).
    moto: a new bucket has none of them.
    """
    original: Callable[..., None] = FakeBucket.__init__

    @functools.wraps(original)
    def corrected(self: FakeBucket, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - passes on what comes
        original(self, *args, **kwargs)
        rule = {"ApplyServerSideEncryptionByDefault": {"SSEAlgorithm": "AES256"}, "BucketKeyEnabled": "false"}
        self.encryption = {"Rule": rule}
        self.public_access_block = cast("Any", PublicAccessBlock("true", "true", "true", "true"))
        self.ownership_rule = cast("Any", "BucketOwnerEnforced")

    FakeBucket.__init__ = corrected


def read_log_delivery_policy() -> None:
    """A bucket may receive logs when its policy lets the log service put objects, however that is written.

    AWS: a bucket policy grants `s3:PutObject` to logging.s3.amazonaws.com
    (docs.aws.amazon.com/AmazonS3/latest/userguide/enable-server-access-logging.html).
    moto: fails on a statement whose principal is `*`, and knows lists neither of services nor of resources.
    """

    def corrected(target_bucket: FakeBucket, target_prefix: str | None) -> bool:
        arn = f"arn:{target_bucket.partition}:s3:::{target_bucket.name}/"
        arns = {f"{arn}*", f"{arn}{target_prefix or ''}*"}
        return any(granting(target_bucket.policy, _LOG_DELIVERY, "s3:PutObject", arns))

    FakeBucket._log_permissions_enabled_policy = staticmethod(corrected)  # noqa: SLF001 # pyright: ignore[reportPrivateUsage] - as above


def count_loopback_as_tls() -> None:
    """A bucket whose policy refuses plain text takes the objects that come over loopback.

    AWS: such a statement is about requests with `aws:SecureTransport` false only, and clients use TLS
    (docs.aws.amazon.com/AmazonS3/latest/userguide/security-best-practices.html).
    moto: knows no `Bool` condition and takes it for met, so that nobody could get or put any object.
    """

    def corrected(self: FakeBucket, action: str, resource: str) -> PermissionResult:
        document: dict[str, Any] = json.loads(self.policy or b"{}")
        statements = [
            statement
            for statement in listed(document.get("Statement"))
            if statement.get("Condition") != _PLAIN_TEXT
        ]
        return IAMPolicy(json.dumps({"Statement": statements})).is_action_permitted(action, resource)

    FakeBucket.get_permission = corrected


def remember_lifecycle_limits() -> None:
    """A lifecycle rule gives back how many non-current versions it keeps, and the sizes that it filters by.

    AWS: NewerNoncurrentVersions, ObjectSizeGreaterThan and ObjectSizeLessThan are parts of a rule
    (docs.aws.amazon.com/AmazonS3/latest/API/API_LifecycleRule.html).
    moto: they are accepted and forgotten.
    """
    set_rules: Callable[..., None] = FakeBucket.set_lifecycle
    get_rules: Callable[..., Any] = S3Response.get_bucket_lifecycle

    @functools.wraps(set_rules)
    def remember(self: FakeBucket, rules: list[dict[str, Any]]) -> None:
        set_rules(self, rules)
        self.limits = [_limits(rule) for rule in rules]  # pyright: ignore[reportAttributeAccessIssue] - kept beside moto's own

    @functools.wraps(get_rules)
    def report(self: S3Response) -> object:
        limits = getattr(self.backend.get_bucket(self.bucket_name), "limits", [])
        serialize = self.serialized

        def completed(action: ActionResult) -> object:
            if isinstance(action.result, Exception):  # a bucket without rules is refused by the same way
                return serialize(action)
            for rule, rule_limits in zip(cast("Any", action.result)["Rules"], limits, strict=True):
                for path, values in rule_limits.items():
                    _at(rule, path).update(values)
            return serialize(action)

        self.serialized = cast("Any", completed)  # the response object is made anew for each request
        return get_rules(self)

    FakeBucket.set_lifecycle = remember
    S3Response.get_bucket_lifecycle = cast("Any", report)


def _limits(rule: dict[str, Any]) -> dict[tuple[str, ...], dict[str, Any]]:
    """What moto forgets of a rule, by where it belongs."""
    names_by_path = {
        ("NoncurrentVersionExpiration",): ("NewerNoncurrentVersions",),
        ("Filter",): _SIZES,
        ("Filter", "And"): _SIZES,
    }
    limits = {
        path: {n: v for n, v in _at(rule, path).items() if n in names}
        for path, names in names_by_path.items()
    }
    return {path: values for path, values in limits.items() if values}


def _at(rule: dict[str, Any], path: tuple[str, ...]) -> dict[str, Any]:
    """A part of a rule; an empty one when it is not there."""
    part: dict[str, Any] = rule
    for name in path:
        part = part.get(name) or {}
    return part
