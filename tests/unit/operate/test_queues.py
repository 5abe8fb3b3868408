"""Queues: what waits, what is dead, what is old, and the worst first."""

from datetime import UTC, datetime, timedelta

import boto3
import pytest

from components.settings import Settings
from tests.support.queues import make, send
from toolkit.operate import queues
from toolkit.operate.context import StackAccount


def age(queue: str, *points: tuple[int, float]) -> None:
    """Put datapoints of a queue: minutes ago, and seconds."""
    client = boto3.client("cloudwatch", region_name="us-east-1")
    for minutes, seconds in points:
        datum = {
            "MetricName": "ApproximateAgeOfOldestMessage",
            "Dimensions": [{"Name": "QueueName", "Value": queue}],
            "Timestamp": datetime.now(UTC) - timedelta(minutes=minutes),
            "Value": seconds,
        }
        client.put_metric_data(Namespace="AWS/SQS", MetricData=[datum])


def test_figures_are_those_of_the_queue_and_of_all_dead_letters(
    place: StackAccount, settings: Settings
) -> None:
    make(settings)
    matching = settings.queues["matching"]
    send(matching.name, 3)
    send(matching.name, 1, delay=60)
    send(matching.dead_letter_name, 2)
    client = boto3.client("sqs", region_name="us-east-1")
    for name in (matching.name, matching.dead_letter_name):
        client.receive_message(QueueUrl=client.get_queue_url(QueueName=name)["QueueUrl"])
    age(matching.name, (9, 700.0), (4, 300.0), (30, 5000.0))
    first = queues.survey(place, settings)[0]
    assert (first.name, first.visible, first.in_flight, first.delayed, first.dead) == ("matching", 2, 1, 1, 2)
    assert first.oldest_seconds == 300
    assert [one.said for one in first.problems] == ["dead letters: 2"]


def test_the_worst_is_first(place: StackAccount, settings: Settings) -> None:
    make(settings, without=settings.queues["compliance"].name)
    send(settings.queues["exception"].dead_letter_name, 1)
    send(settings.queues["engineering"].name, 5)
    age(settings.queues["extraction"].name, (3, 901.0))
    age(settings.queues["matching"].name, (3, 10.0))
    found = queues.survey(place, settings)
    worst = ["compliance", "exception", "extraction", "matching", "engineering"]
    assert [one.name for one in found][:5] == worst
    assert [bool(one.problems) for one in found] == [True] * 3 + [False] * 7
    assert found[0].problems[0].said == "the queue does not exist"
    assert found[2].problems[0].said == "the oldest message is 901 s old"


@pytest.mark.parametrize(("count", "problems"), [(1, 0), (2, 1)])
def test_from_the_alarms_threshold_on_it_is_a_problem(
    place: StackAccount, settings: Settings, count: int, problems: int
) -> None:
    make(settings)
    assert settings.observability
    thresholds = settings.observability.thresholds.model_copy(update={"queue_messages": 2})
    watched = settings.observability.model_copy(update={"thresholds": thresholds})
    changed = settings.model_copy(update={"observability": watched})
    send(settings.queues["matching"].name, count)
    found = {one.name: one for one in queues.survey(place, changed)}["matching"]
    assert len(found.problems) == problems
