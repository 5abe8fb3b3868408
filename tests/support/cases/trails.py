"""CloudTrail trails."""

from tests.support.cases.case import ACCOUNT, REGION, Case

_TRAIL = "aws:cloudtrail/trail:Trail"
_ARN = f"arn:aws:cloudtrail:{REGION}:{ACCOUNT}:trail"

TRAILS = [
    Case(
        _TRAIL,
        "trail-minimal",
        f"{_ARN}/minimal",
        {"name": "minimal", "s3BucketName": "round-trip-minimal"},
        after=("bucket-minimal",),
    ),
    Case(
        _TRAIL,
        "trail-rich",
        f"{_ARN}/everything",
        {
            "name": "everything",
            "s3BucketName": "round-trip-rich",
            "s3KeyPrefix": "cloudtrail",
            "isMultiRegionTrail": True,
            "enableLogFileValidation": True,
            "eventSelectors": [
                {
                    "readWriteType": "WriteOnly",
                    "dataResources": [
                        {"type": "AWS::S3::Object", "values": ["arn:aws:s3:::round-trip-rich/"]}
                    ],
                }
            ],
            "insightSelectors": [{"insightType": "ApiCallRateInsight"}],
            "tags": {"Purpose": "audit"},
        },
        after=("bucket-rich",),
    ),
    Case(
        _TRAIL,
        "trail-advanced",
        f"{_ARN}/advanced",
        {
            "name": "advanced",
            "s3BucketName": "round-trip-rich",
            "enableLogging": False,
            "advancedEventSelectors": [
                {
                    "name": "documents",
                    "fieldSelectors": [
                        {"field": "eventCategory", "equals": ["Data"]},
                        {"field": "resources.type", "equals": ["AWS::S3::Object"]},
                        {"field": "resources.ARN", "startsWiths": ["arn:aws:s3:::round-trip-rich/"]},
                    ],
                }
            ],
        },
        after=("bucket-rich",),
    ),
]
