"""Log groups, alarms, their topic, and the dashboard."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pulumi
from pulumi_aws import cloudwatch, s3, sns

from components.keys import chosen
from components.log_groups import LogGroups, LogGroupsArgs
from components.naming import Naming
from components.observability.alarm import Alarm
from components.observability.alarms import alarms
from components.observability.dashboard import REPORTS, body
from components.observability.metrics import FILTER, Metric, Monitored
from components.settings.observability import ObservabilitySettings
from components.statements import Statement, document
from components.tagging import tags


@dataclass(frozen=True, kw_only=True, slots=True)
class ObservabilityArgs:
    """What is watched, and who is told.

    Attributes:
        observability: Names, thresholds and addresses.
        monitored: The parts of the system that are watched.
        runtimes: ARNs of agents' runtimes, of agents that have one.
        publishers: Services that may publish to the topic of alarms.
        log_groups: What the log groups have in common.
        stack_key: ARN of the key that stack-key means; None where nothing is set to it.
        naming: Spells ARNs.
        tags: Tags of everything that takes some; Purpose is added.
    """

    observability: ObservabilitySettings
    monitored: Monitored
    runtimes: Mapping[str, pulumi.Output[str]]
    publishers: Sequence[str]
    log_groups: LogGroupsArgs
    stack_key: pulumi.Output[str] | None
    naming: Naming
    tags: Mapping[str, str]


class Observability(pulumi.ComponentResource):
    """Everything that watches the rest.

    Attributes:
        topic_arn: The topic that alarms tell.
    """

    topic_arn: pulumi.Output[str]

    def __init__(
        self, name: str, args: ObservabilityArgs, opts: pulumi.ResourceOptions | None = None
    ) -> None:
        """Declare all of it; `opts.depends_on` is what is watched."""
        super().__init__("tradematching:index:Observability", name, None, opts)
        self._args, self._settings, self._naming = args, args.observability, args.naming
        self._child = pulumi.ResourceOptions(parent=self)
        topic = self._topic()
        self._groups(LogGroups(args.log_groups, self))
        self._requests()
        target = self._naming.topic(self._settings.topic)
        for alarm in alarms(args.monitored, self._settings.thresholds, args.runtimes):
            self._alarm(alarm, target, topic)
        cloudwatch.Dashboard(
            "flow",
            dashboard_name=self._settings.dashboard,
            dashboard_body=body(args.monitored, self._naming.region),
            opts=self._child,
        )
        self.topic_arn = topic.arn
        self.register_outputs({"topic_arn": self.topic_arn})

    def _topic(self) -> sns.Topic:
        """Declare the topic, who may publish to it, and who is told."""
        topic = sns.Topic(
            "alarms",
            name=self._settings.topic,
            kms_master_key_id=chosen(self._settings.topic_key, self._args.stack_key),
            tags=tags(self._args.tags, "alarms"),
            opts=self._child,
        )
        sns.TopicPolicy(
            "alarms-policy",
            arn=topic.arn,
            policy=document(topic_access(self._settings.topic, self._args.publishers, self._naming)),
            opts=self._child,
        )
        for number, email in enumerate(self._settings.emails):
            sns.TopicSubscription(
                f"alarms-email-{number}", topic=topic.arn, protocol="email", endpoint=email, opts=self._child
            )
        return topic

    def _requests(self) -> None:
        """Have requests to the documents bucket counted: all of them, and those for reports."""
        documents = self._args.monitored.documents
        s3.BucketMetric("documents-requests", bucket=documents.name, name=FILTER, opts=self._child)
        if reports := documents.prefixes.get(REPORTS):
            s3.BucketMetric(
                "reports-requests",
                bucket=documents.name,
                name=REPORTS,
                filter={"prefix": reports.path},
                opts=self._child,
            )

    def _groups(self, groups: LogGroups) -> None:
        """Declare log groups under the guidelines' names; those that runtimes write to are the agents'."""
        for key, agent in self._args.monitored.agents.items():
            groups.declare(f"{key}-logs", agent.log_group)
        for api in self._settings.apis:
            groups.declare(f"{api}-access-logs", f"/aws/apigateway/{api}")
        for function in self._settings.functions:
            groups.declare(f"{function}-logs", f"/aws/lambda/{function}")

    def _alarm(self, alarm: Alarm, target: str, topic: sns.Topic) -> None:
        """Declare one alarm; its target is computed, so that it waits for the topic is stated."""
        single = alarm.metrics[0] if len(alarm.metrics) == 1 else None
        percentile = single is not None and single.statistic.startswith("p")
        cloudwatch.MetricAlarm(
            alarm.key,
            name=f"{self._settings.alarm_prefix}-{alarm.key}",
            alarm_description=f"{alarm.meaning} Runbook: {self._settings.runbooks}#{alarm.kind}",
            comparison_operator="GreaterThanThreshold",
            threshold=alarm.threshold,
            evaluation_periods=alarm.periods,
            datapoints_to_alarm=alarm.periods,
            treat_missing_data="notBreaching",
            alarm_actions=[target],
            ok_actions=[target],
            tags=tags(self._args.tags, alarm.kind),
            opts=pulumi.ResourceOptions(parent=self, depends_on=[topic]),
            namespace=single.namespace if single else None,
            metric_name=single.name if single else None,
            dimensions=single.dimensions if single else None,
            period=alarm.period if single else None,
            statistic=single.statistic if single and not percentile else None,
            extended_statistic=single.statistic if single and percentile else None,
            metric_queries=None if single else _combined(alarm),
        )


def _combined(alarm: Alarm) -> list[cloudwatch.MetricAlarmMetricQueryArgsDict]:
    """Return the metric math of an alarm: a metric without data counts as nothing.

    Source: CloudWatch user guide, "Using math expressions with CloudWatch metrics".
    """
    ids = [f"m{number}" for number, _ in enumerate(alarm.metrics)]
    filled = [f"FILL({identity}, 0)" for identity in ids]
    total = " + ".join(filled) if alarm.combined == "sum" else f"MAX([{', '.join(filled)}])"
    parts = [
        _query(identity, metric, alarm.period) for identity, metric in zip(ids, alarm.metrics, strict=True)
    ]
    return [{"id": "total", "expression": total, "label": alarm.kind, "return_data": True}, *parts]


def _query(identity: str, metric: Metric, period: int) -> cloudwatch.MetricAlarmMetricQueryArgsDict:
    return {
        "id": identity,
        "metric": {
            "namespace": metric.namespace,
            "metric_name": metric.name,
            "dimensions": metric.dimensions,
            "period": period,
            "stat": metric.statistic,
        },
    }


def topic_access(name: str, services: Sequence[str], naming: Naming) -> list[Statement]:
    """Return the statements of the topic's policy: alarms, budgets and cost alerts of this account."""
    arn = naming.topic(name)
    return [
        {
            "Sid": "TlsOnly",
            "Effect": "Deny",
            "Principal": "*",
            "Action": "sns:Publish",
            "Resource": arn,
            "Condition": {"Bool": {"aws:SecureTransport": "false"}},
        },
        {
            "Sid": "PublishedByThisAccountsAlarms",
            "Effect": "Allow",
            "Principal": {"Service": list(services)},
            "Action": "sns:Publish",
            "Resource": arn,
            "Condition": {"StringEquals": {"aws:SourceAccount": naming.account}},
        },
    ]
