"""Types of AWS Budgets and Cost Explorer."""

from toolkit.aws.location import Location
from toolkit.aws.types.import_ids import Inputs
from toolkit.aws.types.listing import Listing, rows
from toolkit.aws.types.model import AwsType
from toolkit.aws.types.parts import ConsolePage, Delivery, actions


def _budget_id(inputs: Inputs, location: Location) -> str | None:
    return f"{location.account}:{inputs['name']}" if inputs.get("name") else None


TYPES: tuple[AwsType, ...] = (
    AwsType(
        "aws:budgets/budget:Budget",
        import_id=_budget_id,
        listing=Listing(
            "budgets",
            "describe_budgets",
            "budgets:ViewBudget",
            rows("Budgets[].{id: BudgetName, name: BudgetName}"),
            arguments={"AccountId": "{account}"},
            id="{account}:{id}",
        ),
        reads=actions("budgets", "ListTagsForResource ViewBudget"),
        delivery=Delivery(
            "budgets",
            "budgets/budget.go",
            create=actions("budgets", "ModifyBudget TagResource"),
            update=actions("budgets", "ModifyBudget TagResource UntagResource"),
            delete=actions("budgets", "ModifyBudget"),
        ),
        console=ConsolePage("/costmanagement/home#/budgets/details?name={quoted}", regional=False),
    ),
    # Its id cannot be derived, and AWS lets two have one name
    AwsType(
        "aws:costexplorer/anomalyMonitor:AnomalyMonitor",
        listing=Listing(
            "ce",
            "get_anomaly_monitors",
            "ce:GetAnomalyMonitors",
            rows("AnomalyMonitors[].{id: MonitorArn, name: MonitorName}"),
        ),
        reads=actions("ce", "GetAnomalyMonitors ListTagsForResource"),
        delivery=Delivery(
            "anomaly-monitors",
            "ce/anomaly_monitor.go",
            create=actions("ce", "CreateAnomalyMonitor TagResource"),
            update=actions("ce", "TagResource UntagResource UpdateAnomalyMonitor"),
            delete=actions("ce", "DeleteAnomalyMonitor"),
            documented=actions("ce", "UpdateAnomalyMonitor"),
        ),
    ),
    # Its id cannot be derived, and AWS lets two have one name
    AwsType(
        "aws:costexplorer/anomalySubscription:AnomalySubscription",
        listing=Listing(
            "ce",
            "get_anomaly_subscriptions",
            "ce:GetAnomalySubscriptions",
            rows("AnomalySubscriptions[].{id: SubscriptionArn, name: SubscriptionName}"),
        ),
        reads=actions("ce", "GetAnomalySubscriptions ListTagsForResource"),
        delivery=Delivery(
            "anomaly-subscriptions",
            "ce/anomaly_subscription.go",
            create=actions("ce", "CreateAnomalySubscription TagResource"),
            update=actions("ce", "TagResource UntagResource UpdateAnomalySubscription"),
            delete=actions("ce", "DeleteAnomalySubscription"),
            documented=actions("ce", "UpdateAnomalySubscription"),
        ),
    ),
)
