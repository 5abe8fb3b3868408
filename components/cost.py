"""What the account costs: a monthly budget, alarms on single services, and anomaly detection."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pulumi
from pulumi_aws import budgets, cloudwatch, costexplorer

from components.settings.cost import Anomalies, CostSettings
from components.tagging import tags

SIX_HOURS = 21600
"""CloudWatch user guide, "Create a billing alarm": charges are worked out several times a day."""
NOTICES = (("ACTUAL", 80), ("ACTUAL", 100), ("FORECASTED", 100))
"""Kind of a budget's notification, and the percentage of its limit."""


@dataclass(frozen=True, kw_only=True, slots=True)
class BillingAlarmsArgs:
    """How alarms on single services are called.

    Attributes:
        prefix: What their names start with.
        runbooks: Where docs/runbooks.md is read; their descriptions link into it.
        topic_arn: ARN of the topic that they tell.
    """

    prefix: str
    runbooks: str
    topic_arn: str


@dataclass(frozen=True, kw_only=True, slots=True)
class CostArgs:
    """What may be spent, and who is told.

    Attributes:
        cost: Budget, limits of services, addresses.
        alarms: How alarms on single services are called; None where there is no topic, and so no alarm.
        tags: Tags of everything that takes some; Purpose is added.
    """

    cost: CostSettings
    alarms: BillingAlarmsArgs | None
    tags: Mapping[str, str]


class Cost(pulumi.ComponentResource):
    """Everything that tells of money.

    Attributes:
        budget_arn: The monthly budget's ARN.
    """

    budget_arn: pulumi.Output[str]

    def __init__(self, name: str, args: CostArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        """Declare all of it; `opts.depends_on` is the topic's component."""
        super().__init__("tradematching:index:Cost", name, None, opts)
        self._tags, self._cost = tags(args.tags, "cost"), args.cost
        self._topic = args.alarms.topic_arn if args.alarms else None
        self._child = pulumi.ResourceOptions(parent=self)
        budget = self._budget()
        if args.alarms:
            for service, dollars in sorted(self._cost.services.items()):
                self._alarm(service, dollars, args.alarms)
        if self._cost.anomalies:
            self._detect(self._cost.anomalies)
        self.budget_arn = budget.arn
        self.register_outputs({"budget_arn": self.budget_arn})

    def _budget(self) -> budgets.Budget:
        """Declare the budget of all costs in a calendar month."""
        return budgets.Budget(
            "monthly",
            name=self._cost.budget,
            budget_type="COST",
            time_unit="MONTHLY",
            limit_amount=str(self._cost.monthly_dollars),
            limit_unit="USD",
            notifications=[
                {
                    "notification_type": kind,
                    "comparison_operator": "GREATER_THAN",
                    "threshold": percentage,
                    "threshold_type": "PERCENTAGE",
                    "subscriber_email_addresses": self._cost.notify or None,
                    "subscriber_sns_topic_arns": [self._topic] if self._topic else None,
                }
                for kind, percentage in NOTICES
            ],
            tags=self._tags,
            opts=self._child,
        )

    def _alarm(self, service: str, dollars: int, args: BillingAlarmsArgs) -> None:
        """Declare an alarm on a service's charges of the month so far, which begin anew with each month.

        A service that was not used this month has no metric. That is no charge and no fault: with `ignore` an
        alarm of last month would go on ringing for a service that nobody uses any more.
        """
        cloudwatch.MetricAlarm(
            f"billing-{service}",
            name=f"{args.prefix}-billing-{service}",
            alarm_description=(
                f"{service} has cost more than {dollars} USD since the month began. "
                f"Runbook: {args.runbooks}#billing"
            ),
            namespace="AWS/Billing",
            metric_name="EstimatedCharges",
            dimensions={"Currency": "USD", "ServiceName": service},
            statistic="Maximum",
            period=SIX_HOURS,
            evaluation_periods=1,
            datapoints_to_alarm=1,
            comparison_operator="GreaterThanThreshold",
            threshold=dollars,
            treat_missing_data="notBreaching",
            alarm_actions=[args.topic_arn],
            ok_actions=[args.topic_arn],
            tags=self._tags,
            opts=self._child,
        )

    def _detect(self, anomalies: Anomalies) -> None:
        """Declare the monitor of all services, and who is told of what it finds.

        Topics are told at once and people once a day, as AWS has it (Cost Management user guide, "Getting
        started with AWS Cost Anomaly Detection").
        """
        monitor = costexplorer.AnomalyMonitor(
            "anomalies",
            name=anomalies.monitor,
            monitor_type="DIMENSIONAL",
            monitor_dimension="SERVICE",
            tags=self._tags,
            opts=self._child,
        )
        if self._topic:
            self._subscribe("IMMEDIATE", "SNS", [self._topic], anomalies, monitor)
        if self._cost.notify:
            self._subscribe("DAILY", "EMAIL", self._cost.notify, anomalies, monitor)

    def _subscribe(
        self,
        frequency: str,
        kind: str,
        addresses: Sequence[str],
        anomalies: Anomalies,
        monitor: costexplorer.AnomalyMonitor,
    ) -> None:
        costexplorer.AnomalySubscription(
            f"anomalies-{frequency.lower()}",
            name=f"{anomalies.subscription}-{frequency.lower()}",
            frequency=frequency,
            monitor_arn_lists=[monitor.arn],
            subscribers=[{"type": kind, "address": address} for address in addresses],
            threshold_expression={
                "dimension": {
                    "key": "ANOMALY_TOTAL_IMPACT_ABSOLUTE",
                    "match_options": ["GREATER_THAN_OR_EQUAL"],
                    "values": [str(anomalies.impact_dollars)],
                }
            },
            tags=self._tags,
            opts=self._child,
        )
