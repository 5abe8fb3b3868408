"""Listings of what watches and reacts: logs, metrics, trails, budgets, events."""

from toolkit.adopt.listings.model import Listing, rows

_GROUPS = "aws:cloudwatch/logGroup:LogGroup"
_RULES, _BUSES = "aws:cloudwatch/eventRule:EventRule", "aws:cloudwatch/eventBus:EventBus"

LISTINGS = (
    Listing(
        _GROUPS,
        "logs",
        "describe_log_groups",
        "logs:DescribeLogGroups",
        rows("logGroups[].{id: logGroupName, name: logGroupName}"),
    ),
    Listing(
        "aws:cloudwatch/logMetricFilter:LogMetricFilter",
        "logs",
        "describe_metric_filters",
        "logs:DescribeMetricFilters",
        rows("metricFilters[].{id: join(':', [logGroupName, filterName]), name: filterName}"),
    ),
    Listing(
        "aws:cloudwatch/logSubscriptionFilter:LogSubscriptionFilter",
        "logs",
        "describe_subscription_filters",
        "logs:DescribeSubscriptionFilters",
        rows("subscriptionFilters[].{id: filterName, name: filterName}"),
        parent=_GROUPS,
        within={"logGroup": "logGroupName"},
        id="{logGroup}|{id}",
    ),
    Listing(
        "aws:cloudwatch/logResourcePolicy:LogResourcePolicy",
        "logs",
        "describe_resource_policies",
        "logs:DescribeResourcePolicies",
        rows("resourcePolicies[].{id: policyName, policyName: policyName, name: policyName}"),
        match=("policyName",),
    ),
    Listing(
        "aws:cloudwatch/metricAlarm:MetricAlarm",
        "cloudwatch",
        "describe_alarms",
        "cloudwatch:DescribeAlarms",
        rows("MetricAlarms[].{id: AlarmName, name: AlarmName}"),
        arguments={"AlarmTypes": ["MetricAlarm"]},
    ),
    Listing(
        "aws:cloudwatch/compositeAlarm:CompositeAlarm",
        "cloudwatch",
        "describe_alarms",
        "cloudwatch:DescribeAlarms",
        rows("CompositeAlarms[].{id: AlarmName, alarmName: AlarmName, name: AlarmName}"),
        match=("alarmName",),
        arguments={"AlarmTypes": ["CompositeAlarm"]},
    ),
    Listing(
        "aws:cloudwatch/dashboard:Dashboard",
        "cloudwatch",
        "list_dashboards",
        "cloudwatch:ListDashboards",
        rows("DashboardEntries[].{id: DashboardName, dashboardName: DashboardName, name: DashboardName}"),
        match=("dashboardName",),
    ),
    Listing(
        _RULES,
        "events",
        "list_rules",
        "events:ListRules",
        rows(
            "Rules[].{id: EventBusName == 'default' && Name || join('/', [EventBusName, Name]), name: Name, "
            "bus: EventBusName, aws: ManagedBy && `true`}"
        ),
        parent=_BUSES,  # without a bus AWS gives the rules of the default one
        within={"eventBusName": "EventBusName"},
    ),
    Listing(
        "aws:cloudwatch/eventTarget:EventTarget",
        "events",
        "list_targets_by_rule",
        "events:ListTargetsByRule",
        rows("Targets[].{id: Id, name: Id, arn: Arn}"),
        match=("arn",),
        parent=_RULES,
        within={"rule": "Rule", "eventBusName": "EventBusName"},
        given={"rule": "name", "eventBusName": "bus"},
        id="{eventBusName}/{rule}/{id}",
        unsaid="default/",
    ),
    Listing(
        _BUSES,
        "events",
        "list_event_buses",
        "events:ListEventBuses",
        rows("EventBuses[].{id: Name, name: Name, aws: Name == 'default'}"),
    ),
    Listing(
        "aws:scheduler/schedule:Schedule",
        "scheduler",
        "list_schedules",
        "scheduler:ListSchedules",
        rows("Schedules[].{id: join('/', [GroupName, Name]), name: Name}"),
    ),
    Listing(
        "aws:cloudtrail/trail:Trail",
        "cloudtrail",
        "list_trails",
        "cloudtrail:ListTrails",
        rows("Trails[].{id: TrailARN, name: Name}"),
    ),
    Listing(
        "aws:budgets/budget:Budget",
        "budgets",
        "describe_budgets",
        "budgets:ViewBudget",
        rows("Budgets[].{id: BudgetName, name: BudgetName}"),
        arguments={"AccountId": "{account}"},
        id="{account}:{id}",
    ),
    # neither has an id that could be derived, and AWS lets two have one name
    Listing(
        "aws:costexplorer/anomalyMonitor:AnomalyMonitor",
        "ce",
        "get_anomaly_monitors",
        "ce:GetAnomalyMonitors",
        rows("AnomalyMonitors[].{id: MonitorArn, name: MonitorName}"),
    ),
    Listing(
        "aws:costexplorer/anomalySubscription:AnomalySubscription",
        "ce",
        "get_anomaly_subscriptions",
        "ce:GetAnomalySubscriptions",
        rows("AnomalySubscriptions[].{id: SubscriptionArn, name: SubscriptionName}"),
    ),
)
