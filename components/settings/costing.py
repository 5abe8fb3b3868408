"""Settings of what may be spent, and who is told."""

from typing import Annotated

from pydantic import Field

from components.settings.fields import Strict, matching, within
from components.settings.watching import Email

Dollars = Annotated[int, within(1, 10**9, "US dollars")]
# Budgets API reference, Budget: BudgetName
BudgetName = Annotated[str, matching(r"[A-Za-z0-9 _.-]{1,100}", "1 to 100 letters, digits, spaces and _.-")]
AnomalyName = Annotated[str, matching(r"[A-Za-z0-9 _.-]{1,100}", "1 to 100 letters, digits, spaces and _.-")]
ServiceName = Annotated[
    str, matching(r"[A-Za-z0-9]{2,80}", "a service as AWS/Billing names it, such as AmazonDynamoDB")
]


class Anomalies(Strict):
    """Cost anomaly detection over all services of the account; AWS allows one such monitor."""

    monitor: AnomalyName = Field(description="name of the monitor; an account may have one already")
    subscription: AnomalyName = Field(description="what the names of subscriptions start with")
    impact_dollars: Dollars = Field(default=50, description="total impact that an anomaly is told from")


class Cost(Strict):
    """A monthly budget, alarms on what single services cost, and anomaly detection."""

    budget: BudgetName = Field(description="physical name of the budget")
    monthly_dollars: Dollars = Field(description="what the account may cost in a calendar month")
    # Budgets user guide, "Best practices for AWS Budgets": ten addresses and one topic per notification
    notify: Annotated[list[Email], Field(max_length=10)] = Field(
        default=[], description="who is told by e-mail, beside the topic of observability"
    )
    services: dict[ServiceName, Dollars] = Field(
        default={}, description="what a service may cost in a month; rings by the topic of observability"
    )
    anomalies: Anomalies | None = Field(default=None, description="cost anomaly detection")
