"""Log events: none is lost and none comes twice, whatever comes when."""

import time
from collections.abc import Iterator
from typing import Any, cast

import boto3
import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.settings import Settings
from toolkit.errors import CommandError
from toolkit.operate import logs
from toolkit.operate.context import StackAccount

OWN = "/aws/bedrock/agentcore/trade-matching"
SERVICE = "/aws/bedrock-agentcore/runtimes/trade_matching_ai-AbCdE12345-DEFAULT"


class Kept:
    """CloudWatch Logs as a tail sees it: events by group, sorted by time, two to a page."""

    def __init__(self) -> None:
        self.events: dict[str, list[dict[str, Any]]] = {}

    def put(self, group: str, timestamp: int) -> str:
        events = self.events.setdefault(group, [])
        name = f"{len(events)}"
        events.append({"eventId": name, "timestamp": timestamp, "logStreamName": "s", "message": name})
        return name

    def pages(
        self,
        _service: str,
        _operation: str,
        _about: str,
        *,
        logGroupName: str,  # noqa: N803 - AWS's name
        startTime: int,  # noqa: N803 - as above
    ) -> Iterator[dict[str, Any]]:
        held = sorted(self.events.get(logGroupName, []), key=lambda one: one["timestamp"])
        found = [one for one in held if one["timestamp"] >= startTime]
        yield {"events": []}  # a page may be empty and not the last
        yield from ({"events": found[start : start + 2]} for start in range(0, len(found), 2))


# rounds of events: group, and how many milliseconds behind the newest of all it comes, or before it
ROUNDS = st.lists(
    st.lists(st.tuples(st.sampled_from("ab"), st.integers(-200_000, logs.OVERLAP_MS)), max_size=6), max_size=8
)


@given(ROUNDS)
def test_every_event_comes_exactly_once_and_each_round_in_the_order_of_time(
    rounds: list[list[tuple[str, int]]],
) -> None:
    kept, newest = Kept(), 10_000_000
    tail = logs.Tail(cast("StackAccount", kept), "ab", newest - logs.OVERLAP_MS, None)
    put: list[tuple[str, str]] = []
    came: list[tuple[str, str]] = []
    for events in rounds:
        start = newest
        put += [(group, kept.put(group, start - late)) for group, late in events]
        newest = max([newest, *(start - late for _, late in events)])
        found = list(tail.round())
        assert [one.timestamp for one in found] == sorted(one.timestamp for one in found)
        came += [(one.group, one.id) for one in found]
    assert sorted(came) == sorted(put)
    assert list(tail.round()) == []


@pytest.mark.usefixtures("account")
def test_groups_of_an_agent_are_its_own_and_those_of_its_runtime(
    place: StackAccount, settings: Settings
) -> None:
    client = boto3.client("logs", region_name="us-east-1")
    for name in (
        OWN,
        SERVICE,
        f"{OWN}-2",
        "/aws/bedrock-agentcore/runtimes/trade_matching_ai2-AbCdE12345-DEFAULT",
    ):
        client.create_log_group(logGroupName=name)
    assert logs.groups_of(place, settings, "trade-matching") == ([OWN, SERVICE], [])
    assert logs.groups_of(place, settings, "orchestrator") == ([], ["/aws/bedrock/agentcore/orchestrator"])


@pytest.mark.usefixtures("account")
def test_what_comes_within_the_same_millisecond_and_late_is_followed(place: StackAccount) -> None:
    client = boto3.client("logs", region_name="us-east-1")
    now = int(time.time() * 1000)
    for name in (OWN, SERVICE):
        client.create_log_group(logGroupName=name)
        client.create_log_stream(logGroupName=name, logStreamName="run")

    def put(group: str, *events: tuple[int, str]) -> None:
        given_now = [{"timestamp": now + at, "message": message} for at, message in events]
        client.put_log_events(logGroupName=group, logStreamName="run", logEvents=given_now)

    put(OWN, (0, "first"), (0, "same millisecond"), (2, "last"))
    put(SERVICE, (1, "between"))
    later = iter(
        [lambda: put(OWN, (-5, "late"), (2, "same as the last")), lambda: put(SERVICE, (1, "again"))]
    )

    def pause(_seconds: float) -> None:
        step = next(later, None)
        if step is None:
            raise KeyboardInterrupt
        step()

    came: list[str] = []
    with pytest.raises(KeyboardInterrupt):
        came.extend(
            one.message for one in logs.follow(logs.Tail(place, [OWN, SERVICE], now - 1000, None), pause)
        )
    # a list that is extended keeps what came before the end
    assert came == ["first", "same millisecond", "between", "last", "late", "same as the last", "again"]


@pytest.mark.usefixtures("account")
def test_the_last_event_is_that_of_the_latest_stream(place: StackAccount) -> None:
    client = boto3.client("logs", region_name="us-east-1")
    now = int(time.time() * 1000)
    for name, stream, at in ((OWN, "a", now - 500), (OWN, "b", now), (SERVICE, "c", now - 100)):
        if stream != "b":
            client.create_log_group(logGroupName=name)
        client.create_log_stream(logGroupName=name, logStreamName=stream)
        client.put_log_events(
            logGroupName=name, logStreamName=stream, logEvents=[{"timestamp": at, "message": "x"}]
        )
    assert logs.last_event(place, [OWN, SERVICE]) == now
    assert logs.last_event(place, []) is None


@pytest.mark.parametrize(
    ("text", "expected"), [("10m", 600_000), ("30s", 30_000), ("2h", 7_200_000), ("1d", 86_400_000)]
)
def test_a_length_of_time_is_read(text: str, expected: int) -> None:
    assert logs.milliseconds(text) == expected


@pytest.mark.parametrize("text", ["", "10", "m", "-1m", "1w", "1.5h", "\u0661m"])
def test_what_is_no_length_of_time_is_refused(text: str) -> None:
    with pytest.raises(CommandError, match="give a number and s, m, h or d"):
        logs.milliseconds(text)
