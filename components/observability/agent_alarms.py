"""Alarms of models and agents."""

from collections.abc import Iterator

import pulumi

from components.observability.alarm import HOUR, Alarm
from components.observability.metrics import (
    AGENT_CALL,
    Metric,
    Monitored,
    endpoint_names,
    model_ids,
    model_metric,
)
from components.settings import Agent
from components.settings.observability import Thresholds


def model_alarms(monitored: Monitored, limits: Thresholds) -> Iterator[Alarm]:
    """Yield the alarms of models."""
    for model in model_ids(monitored.agents):
        short = model.replace(".", "-").replace(":", "-")
        yield Alarm(
            f"{short}-throttles",
            "model-throttles",
            f"Bedrock refuses calls of {model}: the account's quota is used up.",
            (model_metric(model, "InvocationThrottles", "Sum"),),
            0,
            periods=2,
        )
        yield Alarm(
            f"{short}-tokens",
            "model-tokens",
            f"{model} is given and gives more tokens in an hour than planned; tokens are what it costs.",
            tuple(model_metric(model, name, "Sum") for name in ("InputTokenCount", "OutputTokenCount")),
            limits.tokens_per_hour,
            period=HOUR,
        )
        yield Alarm(
            f"{short}-latency",
            "model-latency",
            f"{model} answers slowly.",
            (model_metric(model, "InvocationLatency", "p95"),),
            limits.model_milliseconds,
            periods=3,
        )


def agent_alarms(name: str, agent: Agent, arn: pulumi.Input[str], limits: Thresholds) -> Iterator[Alarm]:
    """Yield the alarms of an agent, whose metrics come with all three dimensions or not at all.

    Source: AgentCore developer guide, "AgentCore generated runtime observability data".
    """

    def metrics(statistic: str, *names: str) -> tuple[Metric, ...]:
        return tuple(
            Metric(
                "AWS/Bedrock-AgentCore",
                metric,
                {"Resource": arn, "Operation": AGENT_CALL, "Name": endpoint},
                statistic,
            )
            for metric in names
            for endpoint in endpoint_names(agent)
        )

    # A surge only. That calls fail to come shows as the age of messages; without messages there is nothing to
    # call for, and an alarm on absence would ring every night.
    yield Alarm(
        f"{name}-calls",
        "agent-calls",
        f"{name} is called far more often than planned: one event may start work again and again.",
        metrics("Sum", "Invocations"),
        limits.agent_calls_per_hour,
        period=HOUR,
    )
    yield Alarm(
        f"{name}-errors",
        "agent-errors",
        f"Calls of {name} fail.",
        metrics("Sum", "SystemErrors", "UserErrors"),
        limits.agent_errors,
        periods=2,
    )
    yield Alarm(
        f"{name}-latency",
        "agent-latency",
        f"Calls of {name} take long.",
        metrics("p95", "Latency"),
        limits.agent_milliseconds,
        periods=3,
        combined="max",
    )
