"""Log groups, alarms, their topic, and the dashboard."""

from collections.abc import Mapping

import pulumi
from pulumi_aws import cloudwatch, s3, sns

from components.key_policy import publishers
from components.keys import chosen
from components.log_groups import LogGroups
from components.naming import Naming
from components.observability.alarms import FILTER, Alarm, Metric, alarms
from components.observability.dashboard import REPORTS, body
from components.settings import Settings
from components.settings.observability import ObservabilitySettings as Watching
from components.statements import Statement, document
from components.tagging import tags


class Observability(pulumi.ComponentResource):
    """Everything that watches the rest.

    Attributes:
        topic_arn: The topic that alarms tell.
    """

    topic_arn: pulumi.Output[str]

    def __init__(
        self,
        name: str,
        settings: Settings,
        watching: Watching,
        naming: Naming,
        stack_key: pulumi.Output[str] | None,
        runtimes: Mapping[str, pulumi.Output[str]],
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        """Declare all of it.

        Args:
            name: The component's name.
            settings: All settings.
            watching: What is watched.
            naming: Spells ARNs.
            stack_key: The stack's own KMS key, which is meant where the settings say so; they refuse that
                where there is none.
            runtimes: ARNs of agents' runtimes, of agents that have one.
            opts: Its `depends_on` is what is watched.
        """
        super().__init__("tradematching:index:Observability", name, None, opts)
        self._settings, self._watching, self._naming = settings, watching, naming
        self._child = pulumi.ResourceOptions(parent=self)
        topic = self._topic(stack_key)
        self._groups(LogGroups(settings, watching, stack_key, self))
        self._requests()
        target = naming.topic(watching.topic)
        for alarm in alarms(settings, watching.thresholds, runtimes):
            self._alarm(alarm, target, topic)
        cloudwatch.Dashboard(
            "flow", dashboard_name=watching.dashboard, dashboard_body=body(settings), opts=self._child
        )
        self.topic_arn = topic.arn
        self.register_outputs({"topic_arn": self.topic_arn})

    def _topic(self, stack_key: pulumi.Output[str] | None) -> sns.Topic:
        """Declare the topic, who may publish to it, and who is told."""
        watching = self._watching
        topic = sns.Topic(
            "alarms",
            name=watching.topic,
            kms_master_key_id=chosen(watching.topic_key, stack_key),
            tags=tags(self._settings, "alarms"),
            opts=self._child,
        )
        sns.TopicPolicy(
            "alarms-policy",
            arn=topic.arn,
            policy=document(topic_access(watching.topic, publishers(self._settings), self._naming)),
            opts=self._child,
        )
        for number, email in enumerate(watching.emails):
            sns.TopicSubscription(
                f"alarms-email-{number}", topic=topic.arn, protocol="email", endpoint=email, opts=self._child
            )
        return topic

    def _requests(self) -> None:
        """Have requests to the documents bucket counted: all of them, and those for reports."""
        documents = self._settings.documents
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
        for key, agent in self._settings.agents.items():
            groups.declare(f"{key}-logs", agent.log_group)
        for api in self._watching.apis:
            groups.declare(f"{api}-access-logs", f"/aws/apigateway/{api}")
        for function in self._watching.functions:
            groups.declare(f"{function}-logs", f"/aws/lambda/{function}")

    def _alarm(self, alarm: Alarm, target: str, topic: sns.Topic) -> None:
        """Declare one alarm; its target is computed, so that it waits for the topic is stated."""
        one = alarm.metrics[0] if len(alarm.metrics) == 1 else None
        percentile = one is not None and one.statistic.startswith("p")
        cloudwatch.MetricAlarm(
            alarm.key,
            name=f"{self._watching.alarm_prefix}-{alarm.key}",
            alarm_description=f"{alarm.meaning} Runbook: {self._watching.runbooks}#{alarm.kind}",
            comparison_operator="GreaterThanThreshold",
            threshold=alarm.threshold,
            evaluation_periods=alarm.periods,
            datapoints_to_alarm=alarm.periods,
            treat_missing_data="notBreaching",
            alarm_actions=[target],
            ok_actions=[target],
            tags=tags(self._settings, alarm.kind),
            opts=pulumi.ResourceOptions(parent=self, depends_on=[topic]),
            namespace=one.namespace if one else None,
            metric_name=one.name if one else None,
            dimensions=one.dimensions if one else None,
            period=alarm.period if one else None,
            statistic=one.statistic if one and not percentile else None,
            extended_statistic=one.statistic if one and percentile else None,
            metric_queries=None if one else _combined(alarm),
        )


def _combined(alarm: Alarm) -> list[cloudwatch.MetricAlarmMetricQueryArgsDict]:
    """Metric math: a metric without data counts as nothing.

    Source: CloudWatch user guide, "Using math expressions with CloudWatch metrics".
    """
    ids = [f"m{number}" for number, _ in enumerate(alarm.metrics)]
    filled = [f"FILL({one}, 0)" for one in ids]
    total = " + ".join(filled) if alarm.combined == "sum" else f"MAX([{', '.join(filled)}])"
    parts = [_query(one, metric, alarm.period) for one, metric in zip(ids, alarm.metrics, strict=True)]
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


def topic_access(name: str, services: list[str], naming: Naming) -> list[Statement]:
    """Give the statements of the topic's policy: this account's alarms, budgets and cost alerts, over TLS."""
    own = naming.topic(name)
    return [
        {
            "Sid": "TlsOnly",
            "Effect": "Deny",
            "Principal": "*",
            "Action": "sns:Publish",
            "Resource": own,
            "Condition": {"Bool": {"aws:SecureTransport": "false"}},
        },
        {
            "Sid": "PublishedByThisAccountsAlarms",
            "Effect": "Allow",
            "Principal": {"Service": services},
            "Action": "sns:Publish",
            "Resource": own,
            "Condition": {"StringEquals": {"aws:SourceAccount": naming.account}},
        },
    ]
