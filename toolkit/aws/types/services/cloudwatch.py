"""Types of CloudWatch: alarms and dashboards."""

from toolkit.aws.types.import_ids import NAME, joined
from toolkit.aws.types.listing import Listing, rows
from toolkit.aws.types.model import AwsType
from toolkit.aws.types.parts import ConsolePage, Cost, Delivery, ProviderFacts, actions

TYPES: tuple[AwsType, ...] = (
    AwsType(
        "aws:cloudwatch/compositeAlarm:CompositeAlarm",
        import_id=joined("alarmName"),
        listing=Listing(
            "cloudwatch",
            "describe_alarms",
            "cloudwatch:DescribeAlarms",
            rows("CompositeAlarms[].{id: AlarmName, alarmName: AlarmName, name: AlarmName}"),
            match=("alarmName",),
            arguments={"AlarmTypes": ["CompositeAlarm"]},
        ),
    ),
    AwsType(
        "aws:cloudwatch/dashboard:Dashboard",
        import_id=joined("dashboardName"),
        listing=Listing(
            "cloudwatch",
            "list_dashboards",
            "cloudwatch:ListDashboards",
            rows("DashboardEntries[].{id: DashboardName, dashboardName: DashboardName, name: DashboardName}"),
            match=("dashboardName",),
        ),
        reads=actions("cloudwatch", "GetDashboard"),
        delivery=Delivery(
            "dashboard",
            "cloudwatch/dashboard.go",
            create=actions("cloudwatch", "PutDashboard"),
            update=actions("cloudwatch", "PutDashboard"),
            delete=actions("cloudwatch", "DeleteDashboards"),
        ),
        console=ConsolePage(
            "/cloudwatch/home?region={region}#dashboards/dashboard/{name}", name="dashboardName"
        ),
        cost=Cost("per dashboard and month, after three"),
    ),
    AwsType(
        "aws:cloudwatch/metricAlarm:MetricAlarm",
        import_id=NAME,
        listing=Listing(
            "cloudwatch",
            "describe_alarms",
            "cloudwatch:DescribeAlarms",
            rows("MetricAlarms[].{id: AlarmName, name: AlarmName}"),
            arguments={"AlarmTypes": ["MetricAlarm"]},
        ),
        provider=ProviderFacts(
            ("cloudwatch/metric_alarm.go",),
            defaults={"actionsEnabled": True, "treatMissingData": "missing"},
        ),
        reads=actions("cloudwatch", "DescribeAlarms ListTagsForResource"),
        delivery=Delivery(
            "alarms",
            "cloudwatch/metric_alarm.go",
            create=actions("cloudwatch", "PutMetricAlarm TagResource"),
            update=actions("cloudwatch", "PutMetricAlarm TagResource UntagResource"),
            delete=actions("cloudwatch", "DeleteAlarms"),
        ),
        console=ConsolePage("/cloudwatch/home?region={region}#alarmsV2:alarm/{quoted}"),
        cost=Cost("per metric that it watches and month", properties=("period", "metricQueries")),
    ),
)
