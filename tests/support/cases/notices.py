"""What buckets tell of: notifications and request metrics."""

from tests.support.cases.case import QUEUE_ARNS, Case

_NOTIFICATION = "aws:s3/bucketNotification:BucketNotification"
_METRIC = "aws:s3/bucketMetric:BucketMetric"

NOTICES = [
    Case(
        _NOTIFICATION,
        "notification-minimal",
        "round-trip-minimal",
        {"bucket": "round-trip-minimal", "eventbridge": True},
        after=("bucket-minimal",),
    ),
    Case(
        _NOTIFICATION,
        "notification-rich",
        "round-trip-rich",
        {
            "bucket": "round-trip-rich",
            "queues": [
                {
                    "id": "bank",
                    "queueArn": f"{QUEUE_ARNS}:minimal",
                    "events": ["s3:ObjectCreated:Put", "s3:ObjectCreated:Copy"],
                    "filterPrefix": "BANK/",
                    "filterSuffix": ".pdf",
                },
                {"queueArn": f"{QUEUE_ARNS}:minimal", "events": ["s3:ObjectRemoved:*"]},
            ],
        },
        after=("bucket-rich", "queue-minimal"),
    ),
    Case(
        _METRIC,
        "metric-minimal",
        "round-trip-minimal:entire",
        {"bucket": "round-trip-minimal", "name": "entire"},
        after=("bucket-minimal",),
    ),
    Case(
        _METRIC,
        "metric-prefix",
        "round-trip-rich:bank",
        {"bucket": "round-trip-rich", "name": "bank", "filter": {"prefix": "BANK/"}},
        after=("bucket-rich",),
    ),
    Case(
        _METRIC,
        "metric-rich",
        "round-trip-rich:drafts",
        {
            "bucket": "round-trip-rich",
            "name": "drafts",
            "filter": {"prefix": "reports/", "tags": {"Kind": "draft"}},
        },
        after=("bucket-rich",),
    ),
]
