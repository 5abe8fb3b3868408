"""Logs, alarms, the dashboard, the trail and what watches the bill, by hand."""

import json

from examples.estate.manual_setup.model import UNKNOWN, Hands, Made, Make, Wanted, capitals, plain, tags

_ALARM = (
    "alarmActions alarmDescription comparisonOperator datapointsToAlarm evaluationPeriods "
    "extendedStatistic metricName namespace period statistic threshold treatMissingData"
)


def log_group(hands: Hands, one: Wanted) -> Made:
    """Make a log group; that of a runtime is called after the runtime's id."""
    given, logs = one.inputs, hands.at("logs")
    name = given["name"]
    if name == UNKNOWN:
        endpoint = "DEFAULT" if one.urn.endswith("-default-logs") else "live"
        name = f"/aws/bedrock-agentcore/runtimes/{hands.known(one, 'name', 'id')}-{endpoint}"
    key = {"kmsKeyId": hands.known(one, "kmsKeyId", "arn")} if given.get("kmsKeyId") else {}
    logs.create_log_group(logGroupName=name, tags=dict(given.get("tags") or {}), **key)
    if given.get("retentionInDays"):
        logs.put_retention_policy(logGroupName=name, retentionInDays=given["retentionInDays"])
    return {"id": name}


def alarm(hands: Hands, one: Wanted) -> Made:
    """Make an alarm."""
    given = one.inputs
    dimensions = tags({"tags": given.get("dimensions")}, "Name")
    queries = [_query(hands, one, each) for each in plain(given.get("metricQueries") or [])]
    hands.at("cloudwatch").put_metric_alarm(
        AlarmName=given["name"],
        Tags=tags(given),
        **capitals({key: given[key] for key in _ALARM.split() if given.get(key) is not None}),
        **({"OKActions": given["okActions"]} if given.get("okActions") else {}),
        **({"Dimensions": dimensions} if dimensions else {}),
        **({"Metrics": queries} if queries else {}),
    )
    return {}


def _query(hands: Hands, one: Wanted, query: dict[str, object]) -> dict[str, object]:
    made = capitals({key: each for key, each in query.items() if key != "metric"})
    made.setdefault("ReturnData", False)
    metric = query.get("metric")
    if isinstance(metric, dict):
        dimensions = {
            name: hands.known(one, "metricQueries", "arn") if value == UNKNOWN else value
            for name, value in metric["dimensions"].items()
        }
        made["MetricStat"] = {
            "Metric": {
                "Namespace": metric["namespace"],
                "MetricName": metric["metricName"],
                "Dimensions": tags({"tags": dimensions}, "Name"),
            },
            "Period": metric["period"],
            "Stat": metric["stat"],
        }
    return made


def _dashboard(hands: Hands, one: Wanted) -> Made:
    body = json.dumps(json.loads(one.inputs["dashboardBody"]), separators=(",", ":"))
    hands.at("cloudwatch").put_dashboard(DashboardName=one.inputs["dashboardName"], DashboardBody=body)
    return {}


def trail(hands: Hands, one: Wanted) -> Made:
    """Make a trail, say what it records, and start it."""
    given, trails = one.inputs, hands.at("cloudtrail")
    key = {"KmsKeyId": hands.known(one, "kmsKeyId", "arn")} if given.get("kmsKeyId") else {}
    made = trails.create_trail(
        Name=given["name"],
        S3BucketName=given["s3BucketName"],
        S3KeyPrefix=given["s3KeyPrefix"],
        IsMultiRegionTrail=given["isMultiRegionTrail"],
        EnableLogFileValidation=given["enableLogFileValidation"],
        CloudWatchLogsLogGroupArn=given["cloudWatchLogsGroupArn"],
        CloudWatchLogsRoleArn=given["cloudWatchLogsRoleArn"],
        TagsList=tags(given),
        **key,
    )
    plural = {"Equals": "Equals", "StartsWiths": "StartsWith", "Field": "Field"}
    selectors = [
        {
            "Name": each["name"],
            "FieldSelectors": [
                {plural[key]: value for key, value in capitals(one_field).items()}
                for one_field in each["fieldSelectors"]
            ],
        }
        for each in plain(given["advancedEventSelectors"])
    ]
    trails.put_event_selectors(TrailName=given["name"], AdvancedEventSelectors=selectors)
    trails.start_logging(Name=given["name"])
    return {"arn": made["TrailARN"]}


def _budget(hands: Hands, one: Wanted) -> Made:
    given, account = one.inputs, hands.at("sts").get_caller_identity()["Account"]
    warned = [
        {
            "Notification": {
                "NotificationType": each["notificationType"],
                "ComparisonOperator": each["comparisonOperator"],
                "Threshold": each["threshold"],
                "ThresholdType": each["thresholdType"],
            },
            "Subscribers": [
                {"SubscriptionType": kind, "Address": address}
                for kind, key in (("SNS", "subscriberSnsTopicArns"), ("EMAIL", "subscriberEmailAddresses"))
                for address in each.get(key) or []
            ],
        }
        for each in given["notifications"]
    ]
    hands.at("budgets").create_budget(
        AccountId=account,
        Budget={
            "BudgetName": given["name"],
            "BudgetType": given["budgetType"],
            "TimeUnit": given["timeUnit"],
            "BudgetLimit": {"Amount": given["limitAmount"], "Unit": given["limitUnit"]},
        },
        NotificationsWithSubscribers=warned,
        ResourceTags=tags(given),
    )
    return {}


def _monitor(hands: Hands, one: Wanted) -> Made:
    given = one.inputs
    made = hands.at("ce").create_anomaly_monitor(
        AnomalyMonitor={
            "MonitorName": given["name"],
            "MonitorType": given["monitorType"],
            "MonitorDimension": given["monitorDimension"],
        },
        ResourceTags=tags(given),
    )
    return {"arn": made["MonitorArn"]}


def _subscription(hands: Hands, one: Wanted) -> Made:
    given = one.inputs
    made = hands.at("ce").create_anomaly_subscription(
        AnomalySubscription={
            "SubscriptionName": given["name"],
            "Frequency": given["frequency"],
            "MonitorArnList": [hands.known(one, "monitorArnLists", "arn")],
            "Subscribers": [
                {"Type": each["type"], "Address": each["address"]} for each in given["subscribers"]
            ],
            "ThresholdExpression": {
                "Dimensions": capitals(plain(given["thresholdExpression"]["dimension"])),
            },
        },
        ResourceTags=tags(given),
    )
    return {"arn": made["SubscriptionArn"]}


MAKE: dict[str, Make] = {
    "aws:cloudwatch/logGroup:LogGroup": log_group,
    "aws:cloudwatch/metricAlarm:MetricAlarm": alarm,
    "aws:cloudwatch/dashboard:Dashboard": _dashboard,
    "aws:cloudtrail/trail:Trail": trail,
    "aws:budgets/budget:Budget": _budget,
    "aws:costexplorer/anomalyMonitor:AnomalyMonitor": _monitor,
    "aws:costexplorer/anomalySubscription:AnomalySubscription": _subscription,
}
