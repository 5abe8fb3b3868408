"""What buckets tell of: notifications and request metrics."""

from tests.support.cases.case import ACCOUNT, QUEUE_ARNS, REGION, Case
from tests.support.cases.topics import TOPIC_ARNS

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
            "topics": [
                {
                    "topicArn": f"{TOPIC_ARNS}:alarms",
                    "events": ["s3:ObjectRestore:Completed", "s3:ObjectRestore:Post"],
                    "filterSuffix": ".pdf",
                }
            ],
            "lambdaFunctions": [
                {
                    "lambdaFunctionArn": f"arn:aws:lambda:{REGION}:{ACCOUNT}:function:arrivals",
                    "events": ["s3:ObjectTagging:*"],
                    "filterPrefix": "reports/",
                }
            ],
        },
        after=("bucket-rich", "queue-minimal", "topic-minimal"),
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
