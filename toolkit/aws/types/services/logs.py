"""Types of CloudWatch Logs."""

from toolkit.aws.location import Location
from toolkit.aws.types.import_ids import NAME, Inputs, joined
from toolkit.aws.types.listing import Listing, rows
from toolkit.aws.types.model import AwsType
from toolkit.aws.types.parts import ConsolePage, Cost, Delivery, Loss, actions


def _resource_policy_id(inputs: Inputs, _location: Location) -> str | None:
    return inputs.get("policyName") or inputs.get("resourceArn")  # only the account's policies have names


TYPES: tuple[AwsType, ...] = (
    AwsType(
        "aws:cloudwatch/logDataProtectionPolicy:LogDataProtectionPolicy",
        import_id=joined("logGroupName"),
    ),
    AwsType(
        "aws:cloudwatch/logGroup:LogGroup",
        import_id=NAME,
        listing=Listing(
            "logs",
            "describe_log_groups",
            "logs:DescribeLogGroups",
            rows("logGroups[].{id: logGroupName, name: logGroupName}"),
        ),
        holds_data=True,
        protect="it holds the record of what was done",
        loss=Loss("data", "its log events would be lost"),
        reads=actions("logs", "DescribeLogGroups ListTagsForResource"),
        delivery=Delivery(
            "log-groups",
            "logs/group.go",
            create=actions("logs", "AssociateKmsKey CreateLogGroup PutRetentionPolicy TagResource"),
            update=actions("logs", "AssociateKmsKey PutRetentionPolicy TagResource UntagResource"),
            documented=actions("logs", "AssociateKmsKey"),
            kept="a log is evidence",
        ),
        console=ConsolePage("/cloudwatch/home?region={region}#logsV2:log-groups/log-group/{twice}"),
        cost=Cost("by what is taken in and what is kept", properties=("logGroupClass", "retentionInDays")),
    ),
    AwsType(
        "aws:cloudwatch/logMetricFilter:LogMetricFilter",
        import_id=joined("logGroupName", "name"),
        listing=Listing(
            "logs",
            "describe_metric_filters",
            "logs:DescribeMetricFilters",
            rows("metricFilters[].{id: join(':', [logGroupName, filterName]), name: filterName}"),
        ),
    ),
    AwsType(
        "aws:cloudwatch/logResourcePolicy:LogResourcePolicy",
        import_id=_resource_policy_id,
        listing=Listing(
            "logs",
            "describe_resource_policies",
            "logs:DescribeResourcePolicies",
            rows("resourcePolicies[].{id: policyName, policyName: policyName, name: policyName}"),
            match=("policyName",),
        ),
    ),
    AwsType(
        "aws:cloudwatch/logSubscriptionFilter:LogSubscriptionFilter",
        import_id=joined("logGroup", "name", by="|"),
        listing=Listing(
            "logs",
            "describe_subscription_filters",
            "logs:DescribeSubscriptionFilters",
            rows("subscriptionFilters[].{id: filterName, name: filterName}"),
            within={"logGroup": "logGroupName"},
            parent="aws:cloudwatch/logGroup:LogGroup",
            id="{logGroup}|{id}",
        ),
    ),
)
