"""Types of CloudTrail."""

from toolkit.aws.types.import_ids import arn
from toolkit.aws.types.listing import Listing, rows
from toolkit.aws.types.model import AwsType
from toolkit.aws.types.parts import ConsolePage, Cost, Delivery, Loss, ProviderFacts, actions

TYPES: tuple[AwsType, ...] = (
    AwsType(
        "aws:cloudtrail/trail:Trail",
        import_id=arn("cloudtrail", "trail/"),
        listing=Listing(
            "cloudtrail",
            "list_trails",
            "cloudtrail:ListTrails",
            rows("Trails[].{id: TrailARN, name: Name}"),
        ),
        holds_data=True,
        protect="while it is gone nothing is recorded",
        loss=Loss("data", "what happens in between would not be recorded"),
        provider=ProviderFacts(
            ("cloudtrail/trail.go",),
            defaults={
                "enableLogFileValidation": False,
                "enableLogging": True,
                "includeGlobalServiceEvents": True,
                "isMultiRegionTrail": False,
                "isOrganizationTrail": False,
            },
        ),
        reads=actions(
            "cloudtrail",
            ("DescribeTrails GetEventSelectors GetInsightSelectors GetTrail GetTrailStatus ListTags"),
        ),
        delivery=Delivery(
            "trail",
            "cloudtrail/trail.go",
            create=(
                *actions("cloudtrail", "AddTags CreateTrail PutEventSelectors StartLogging"),
                *actions("iam", "PassRole"),
            ),
            update=(
                *actions("cloudtrail", "AddTags PutEventSelectors RemoveTags StartLogging UpdateTrail"),
                *actions("iam", "PassRole"),
            ),
            documented=actions("cloudtrail", "GetInsightSelectors GetTrail UpdateTrail"),
            kept="what was recorded stays recorded",
        ),
        console=ConsolePage(
            "/cloudtrailv2/home?region={region}#/trails/{arn}", arn=("cloudtrail", "trail/{name}")
        ),
        cost=Cost(
            "by data events, and by management events of a second trail",
            properties=("advancedEventSelectors", "eventSelectors", "insightSelectors"),
        ),
    ),
)
