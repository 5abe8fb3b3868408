"""Settings of what is watched: log groups, alarms, the topic that they tell, the dashboard."""

from typing import Annotated

from pydantic import Field

from components.settings.fields import STACK_KEY, Retention, Strict, TopicName, key_or, matching, within

Email = Annotated[str, matching(r"[^@\s]{1,64}@[^@\s]{1,190}\.[^@\s]{2,}", "an e-mail address")]
Address = Annotated[str, matching(r"https://\S{3,400}", "an address that starts with https://")]
Name = Annotated[str, matching(r"[A-Za-z0-9_-]{1,120}", "1 to 120 letters, digits, '_' and '-'")]
Part = Annotated[str, matching(r"[A-Za-z0-9_.-]{1,120}", "1 to 120 letters, digits and _.-")]
Count = Annotated[int, within(1, 10**12, "")]
OwnKey = Annotated[str, key_or(STACK_KEY)]


class Thresholds(Strict, frozen=True):
    """From where on an alarm rings."""

    queue_messages: Count = Field(default=1000, description="messages that wait in a work queue")
    message_age_seconds: Count = Field(default=900, description="seconds that the oldest message has waited")
    client_errors: Count = Field(default=25, description="4xx answers of the documents bucket in 5 minutes")
    tokens_per_hour: Count = Field(default=2_000_000, description="tokens of one model in an hour")
    model_milliseconds: Count = Field(default=60_000, description="ms of a model's slower answers (p95)")
    agent_milliseconds: Count = Field(default=120_000, description="ms of an agent's slower calls (p95)")
    agent_calls_per_hour: Count = Field(default=5000, description="calls of one agent in an hour")
    agent_errors: Count = Field(default=5, description="failed calls of one agent in 5 minutes")


class ObservabilitySettings(Strict, frozen=True):
    """Log groups, alarms, their topic and a dashboard."""

    topic: TopicName = Field(description="physical name of the SNS topic that alarms tell")
    # SNS developer guide, "Enable compatibility between event sources from AWS services and encrypted topics"
    topic_key: OwnKey = Field(
        default=STACK_KEY,
        description="stack-key, or the ARN of a key that CloudWatch may use (AWS's own it may not)",
    )
    emails: list[Email] = Field(default=[], description="who is told by e-mail; each confirms once")
    alarm_prefix: Name = Field(
        default="trade-matching-system", description="what the names of alarms start with"
    )
    dashboard: Name = Field(description="physical name of the dashboard")
    runbooks: Address = Field(description="where docs/runbooks.md is read; alarms link into it")
    log_retention_days: Retention = Field(default=365, description="how long log events are kept")
    log_key: OwnKey | None = Field(
        default=None,
        description="stack-key or a key ARN; CloudWatch Logs encrypts with keys of its own without one",
    )
    apis: list[Part] = Field(default=[], description="API Gateway APIs with an access log of their own")
    functions: list[Part] = Field(default=[], description="Lambda functions with a log group here")
    default_endpoint_logs: bool = Field(
        default=False,
        description="log groups of runtimes' DEFAULT endpoints too; AgentCore makes them with the runtimes: "
        "true once those exist, then adopt the groups",
    )
    thresholds: Thresholds = Field(default=Thresholds(), description="from where on alarms ring")
