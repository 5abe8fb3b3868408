"""Patches of moto's S3 where it passes over a whole kind of request."""

import functools
import re
from typing import TYPE_CHECKING, Any, cast

from moto.core.responses import ActionResult
from moto.s3.responses import S3Response

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_ABSENT = (
    '<?xml version="1.0" encoding="UTF-8"?><Error><Code>NoSuchConfiguration</Code>'
    "<Message>The specified configuration does not exist.</Message></Error>"
)


def report_event_bridge() -> None:
    """A bucket that tells EventBridge says so.

    AWS: GetBucketNotificationConfiguration has an empty EventBridgeConfiguration where it is on
    (docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketNotificationConfiguration.html).
    moto: it is kept and left out of the answer.
    """
    get: Callable[..., Any] = S3Response.get_bucket_notification

    @functools.wraps(get)
    def report(self: S3Response) -> object:
        configuration = self.backend.get_bucket_notification_configuration(self.bucket_name)
        serialize = self.serialized

        def completed(action: ActionResult) -> object:
            if configuration is not None and configuration.event_bridge is not None:
                cast("Any", action.result)["EventBridgeConfiguration"] = {}
            return serialize(action)

        self.serialized = cast("Any", completed)  # the response object is made anew for each request
        return get(self)

    S3Response.get_bucket_notification = cast("Any", report)


def keep_request_metrics() -> None:
    """A bucket has request metrics, each by its id.

    AWS: PutBucketMetricsConfiguration keeps what it is given, Get gives it back, List gives all, and Delete
    removes one (docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketMetricsConfiguration.html).
    moto: a request with `metrics` is taken for one about the bucket itself.
    """
    respond: Callable[..., Any] = S3Response._bucket_response  # noqa: SLF001 # pyright: ignore[reportPrivateUsage] - moto has no other way

    @functools.wraps(respond)
    def with_metrics(self: S3Response, request: Any, full_url: str) -> object:  # noqa: ANN401 - werkzeug's request
        query: Mapping[str, list[str]] = self._get_querystring(request, full_url)  # pyright: ignore[reportPrivateUsage] - as above
        if "metrics" not in query:
            return respond(self, request, full_url)
        whole = cast("Any", self)
        whole._set_action("BUCKET", str(request.method), query)  # noqa: SLF001 - as above
        whole._authenticate_and_authorize_s3_action(  # noqa: SLF001 - as above
            bucket_name=self.parse_bucket_name_from_url(request, full_url)
        )
        bucket = self.backend.get_bucket(self.parse_bucket_name_from_url(request, full_url))
        metrics: dict[str, str] = vars(bucket).setdefault("request_metrics", {})
        return _answer(metrics, str(request.method), (query.get("id") or [""])[0], self.body)

    S3Response._bucket_response = cast("Any", with_metrics)  # noqa: SLF001 # pyright: ignore[reportPrivateUsage] - as above


def _answer(metrics: dict[str, str], method: str, name: str, body: object) -> object:
    """Answer one request about a bucket's metrics."""
    if method == "PUT":
        metrics[name] = body.decode() if isinstance(body, bytes) else str(body)
        return 200, {}, ""
    if method == "GET" and not name:
        inside = "".join(re.sub(r"<\?xml[^>]*\?>", "", configuration) for configuration in metrics.values())
        name_of_answer = "ListMetricsConfigurationsResult"
        return 200, {}, f"<{name_of_answer}><IsTruncated>false</IsTruncated>{inside}</{name_of_answer}>"
    if name not in metrics:
        return 404, {}, _ABSENT
    if method == "DELETE":
        del metrics[name]
        return 204, {}, ""
    return 200, {}, metrics[name]
