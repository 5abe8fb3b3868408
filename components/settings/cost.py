"""Settings of what may be spent, and who is told."""

from typing import Annotated

from pydantic import Field

from components.settings.fields import Strict, matching, within
from components.settings.observability import Email

Dollars = Annotated[int, within(1, 10**9, "US dollars")]
# Budgets API reference, Budget: BudgetName
BudgetName = Annotated[str, matching(r"[A-Za-z0-9 _.-]{1,100}", "1 to 100 letters, digits, spaces and _.-")]
AnomalyName = Annotated[str, matching(r"[A-Za-z0-9 _.-]{1,100}", "1 to 100 letters, digits, spaces and _.-")]
ServiceName = Annotated[
    str, matching(r"[A-Za-z0-9]{2,80}", "a service as AWS/Billing names it, such as AmazonDynamoDB")
]

# Service codes of the AWS Price List (Price List Query API, DescribeServices), by which AWS/Billing names
# services; AWS has no list of the metric's own, so these are those that a system like this meets
SERVICES = (
    *("AmazonApiGateway", "AmazonAthena", "AmazonBedrock", "AmazonBedrockAgentCore", "AmazonCloudFront"),
    *(
        "AmazonCloudWatch",
        "AmazonCognito",
        "AmazonDynamoDB",
        "AmazonEC2",
        "AmazonECR",
        "AmazonECS",
        "AmazonEFS",
    ),
    *("AmazonEKS", "AmazonES", "AmazonElastiCache", "AmazonGlacier", "AmazonGuardDuty", "AmazonInspector"),
    *(
        "AmazonKinesis",
        "AmazonKinesisFirehose",
        "AmazonMacie",
        "AmazonQuickSight",
        "AmazonRDS",
        "AmazonRedshift",
    ),
    *(
        "AmazonRoute53",
        "AmazonS3",
        "AmazonSES",
        "AmazonSNS",
        "AmazonSageMaker",
        "AmazonStates",
        "AmazonTextract",
    ),
    *("AmazonVPC", "AWSAmplify", "AWSBackup", "AWSBudgets", "AWSCertificateManager", "AWSCloudFormation"),
    *(
        "AWSCloudTrail",
        "AWSCodePipeline",
        "AWSConfig",
        "AWSCostExplorer",
        "AWSDataTransfer",
        "AWSELB",
        "AWSEvents",
    ),
    *("AWSFirewallManager", "AWSGlue", "AWSLambda", "AWSMarketplace", "AWSQueueService", "AWSSecretsManager"),
    *("AWSSecurityHub", "AWSServiceCatalog", "AWSShield", "AWSSupportBusiness", "AWSSupportEnterprise"),
    *("AWSSystemsManager", "AWSTransfer", "AWSXRay", "CodeBuild", "awskms", "awswaf"),
)


class Anomalies(Strict, frozen=True):
    """Cost anomaly detection over all services of the account; AWS allows one such monitor."""

    monitor: AnomalyName = Field(description="name of the monitor; an account may have one already")
    subscription: AnomalyName = Field(description="what the names of subscriptions start with")
    impact_dollars: Dollars = Field(default=50, description="total impact that an anomaly is told from")


class CostSettings(Strict, frozen=True):
    """A monthly budget, alarms on what single services cost, and anomaly detection."""

    budget: BudgetName = Field(description="physical name of the budget")
    monthly_dollars: Dollars = Field(description="what the account may cost in a calendar month")
    # Budgets user guide, "Best practices for AWS Budgets": ten addresses and one topic per notification
    notify: Annotated[list[Email], Field(max_length=10)] = Field(
        default=[], description="who is told by e-mail, beside the topic of observability"
    )
    services: dict[ServiceName, Dollars] = Field(
        default={},
        description="what a service may cost in a month, together no more than monthlyDollars; rings by the "
        "topic of observability",
    )
    other_services: list[ServiceName] = Field(
        default=[], description="names in services that are none of the known ones, and meant so"
    )
    anomalies: Anomalies | None = Field(default=None, description="cost anomaly detection")
