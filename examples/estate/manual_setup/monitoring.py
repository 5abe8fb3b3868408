"""Log groups, alarms, the dashboard, the trail, the budget and cost anomalies, by hand."""

import json

from examples.estate.manual_setup.model import (
    UNKNOWN,
    Attributes,
    Console,
    Creator,
    PlannedResource,
    capitals,
    plain,
    tags,
)

_ALARM = (
    "alarmActions alarmDescription comparisonOperator datapointsToAlarm evaluationPeriods "
    "extendedStatistic metricName namespace period statistic threshold treatMissingData"
)


def log_group(console: Console, resource: PlannedResource) -> Attributes:
    """Create a log group; a runtime's group is named after the runtime's id."""
    inputs, logs = resource.inputs, console.client("logs")
    name = inputs["name"]
    if name == UNKNOWN:
        endpoint = "DEFAULT" if resource.urn.endswith("-default-logs") else "live"
        name = f"/aws/bedrock-agentcore/runtimes/{console.resolve(resource, 'name', 'id')}-{endpoint}"
    key = {"kmsKeyId": console.resolve(resource, "kmsKeyId", "arn")} if inputs.get("kmsKeyId") else {}
    logs.create_log_group(logGroupName=name, tags=dict(inputs.get("tags") or {}), **key)
    if inputs.get("retentionInDays"):
        logs.put_retention_policy(logGroupName=name, retentionInDays=inputs["retentionInDays"])
    return {"id": name}


def alarm(console: Console, resource: PlannedResource) -> Attributes:
    """Create an alarm."""
    inputs = resource.inputs
    dimensions = tags({"tags": inputs.get("dimensions")}, "Name")
    queries = [_query(console, resource, query) for query in plain(inputs.get("metricQueries") or [])]
    console.client("cloudwatch").put_metric_alarm(
        AlarmName=inputs["name"],
        Tags=tags(inputs),
        **capitals({key: inputs[key] for key in _ALARM.split() if inputs.get(key) is not None}),
        **({"OKActions": inputs["okActions"]} if inputs.get("okActions") else {}),
        **({"Dimensions": dimensions} if dimensions else {}),
        **({"Metrics": queries} if queries else {}),
    )
    return {}


def _query(console: Console, resource: PlannedResource, query: dict[str, object]) -> dict[str, object]:
    request = capitals({key: part for key, part in query.items() if key != "metric"})
    request.setdefault("ReturnData", False)
    metric = query.get("metric")
    if isinstance(metric, dict):
        dimensions = {
            name: console.resolve(resource, "metricQueries", "arn") if value == UNKNOWN else value
            for name, value in metric["dimensions"].items()
        }
        request["MetricStat"] = {
            "Metric": {
                "Namespace": metric["namespace"],
                "MetricName": metric["metricName"],
                "Dimensions": tags({"tags": dimensions}, "Name"),
            },
            "Period": metric["period"],
            "Stat": metric["stat"],
        }
    return request


def _dashboard(console: Console, resource: PlannedResource) -> Attributes:
    body = json.dumps(json.loads(resource.inputs["dashboardBody"]), separators=(",", ":"))
    console.client("cloudwatch").put_dashboard(
        DashboardName=resource.inputs["dashboardName"], DashboardBody=body
    )
    return {}


def trail(console: Console, resource: PlannedResource) -> Attributes:
    """Create a trail, select what it records, and start it."""
    inputs, trails = resource.inputs, console.client("cloudtrail")
    key = {"KmsKeyId": console.resolve(resource, "kmsKeyId", "arn")} if inputs.get("kmsKeyId") else {}
    answer = trails.create_trail(
        Name=inputs["name"],
        S3BucketName=inputs["s3BucketName"],
        S3KeyPrefix=inputs["s3KeyPrefix"],
        IsMultiRegionTrail=inputs["isMultiRegionTrail"],
        EnableLogFileValidation=inputs["enableLogFileValidation"],
        CloudWatchLogsLogGroupArn=inputs["cloudWatchLogsGroupArn"],
        CloudWatchLogsRoleArn=inputs["cloudWatchLogsRoleArn"],
        TagsList=tags(inputs),
        **key,
    )
    plural = {"Equals": "Equals", "StartsWiths": "StartsWith", "Field": "Field"}
    selectors = [
        {
            "Name": selector["name"],
            "FieldSelectors": [
                {plural[key]: value for key, value in capitals(field).items()}
                for field in selector["fieldSelectors"]
            ],
        }
        for selector in plain(inputs["advancedEventSelectors"])
    ]
    trails.put_event_selectors(TrailName=inputs["name"], AdvancedEventSelectors=selectors)
    trails.start_logging(Name=inputs["name"])
    return {"arn": answer["TrailARN"]}


def _budget(console: Console, resource: PlannedResource) -> Attributes:
    inputs, account = resource.inputs, console.client("sts").get_caller_identity()["Account"]
    warned = [
        {
            "Notification": {
                "NotificationType": notification["notificationType"],
                "ComparisonOperator": notification["comparisonOperator"],
                "Threshold": notification["threshold"],
                "ThresholdType": notification["thresholdType"],
            },
            "Subscribers": [
                {"SubscriptionType": kind, "Address": address}
                for kind, key in (("SNS", "subscriberSnsTopicArns"), ("EMAIL", "subscriberEmailAddresses"))
                for address in notification.get(key) or []
            ],
        }
        for notification in inputs["notifications"]
    ]
    console.client("budgets").create_budget(
        AccountId=account,
        Budget={
            "BudgetName": inputs["name"],
            "BudgetType": inputs["budgetType"],
            "TimeUnit": inputs["timeUnit"],
            "BudgetLimit": {"Amount": inputs["limitAmount"], "Unit": inputs["limitUnit"]},
        },
        NotificationsWithSubscribers=warned,
        ResourceTags=tags(inputs),
    )
    return {}


def _monitor(console: Console, resource: PlannedResource) -> Attributes:
    inputs = resource.inputs
    answer = console.client("ce").create_anomaly_monitor(
        AnomalyMonitor={
            "MonitorName": inputs["name"],
            "MonitorType": inputs["monitorType"],
            "MonitorDimension": inputs["monitorDimension"],
        },
        ResourceTags=tags(inputs),
    )
    return {"arn": answer["MonitorArn"]}


def _subscription(console: Console, resource: PlannedResource) -> Attributes:
    inputs = resource.inputs
    answer = console.client("ce").create_anomaly_subscription(
        AnomalySubscription={
            "SubscriptionName": inputs["name"],
            "Frequency": inputs["frequency"],
            "MonitorArnList": [console.resolve(resource, "monitorArnLists", "arn")],
            "Subscribers": [
                {"Type": subscriber["type"], "Address": subscriber["address"]}
                for subscriber in inputs["subscribers"]
            ],
            "ThresholdExpression": {
                "Dimensions": capitals(plain(inputs["thresholdExpression"]["dimension"])),
            },
        },
        ResourceTags=tags(inputs),
    )
    return {"arn": answer["SubscriptionArn"]}


CREATORS: dict[str, Creator] = {
    "aws:cloudwatch/logGroup:LogGroup": log_group,
    "aws:cloudwatch/metricAlarm:MetricAlarm": alarm,
    "aws:cloudwatch/dashboard:Dashboard": _dashboard,
    "aws:cloudtrail/trail:Trail": trail,
    "aws:budgets/budget:Budget": _budget,
    "aws:costexplorer/anomalyMonitor:AnomalyMonitor": _monitor,
    "aws:costexplorer/anomalySubscription:AnomalySubscription": _subscription,
}
