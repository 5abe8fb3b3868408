"""The log events of an agent, of all its log groups, in the order of time, and those that come."""

import heapq
import re
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from components.settings import Settings
from toolkit.aws.calls import ABSENT, AwsError
from toolkit.errors import UNABLE, CommandError
from toolkit.operate.context import StackAccount

_UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86400}
OVERLAP_MS = 60_000
"""How far back every round looks again: events come in late, and many have the same millisecond."""
PAUSE_SECONDS = 3.0
"""Two groups are then well below the five calls a second that FilterLogEvents has:
https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/cloudwatch_limits_cwl.html"""


@dataclass(frozen=True)
class Event:
    """A log event.

    Attributes:
        timestamp: Milliseconds since 1970, as its writer has it.
        id: CloudWatch's id of it.
        group: Log group.
        stream: Log stream.
        message: What was written.
    """

    timestamp: int
    id: str
    group: str
    stream: str
    message: str

    @property
    def time(self) -> str:
        """Its time in UTC."""
        return moment(self.timestamp)


def moment(timestamp: int) -> str:
    """Give milliseconds since 1970 as a time in UTC."""
    shown = datetime.fromtimestamp(timestamp / 1000, UTC).isoformat(timespec="milliseconds")
    return shown.replace("+00:00", "Z")


def milliseconds(since: str) -> int:
    """Give a length of time such as `10m` in milliseconds.

    Raises:
        CommandError: It is none.
    """
    found = re.fullmatch(r"(\d{1,6})([smhd])", since, re.ASCII)
    if found is None:
        raise CommandError(UNABLE, f"--since {since}: give a number and s, m, h or d, such as 10m")
    return int(found[1]) * _UNITS[found[2]] * 1000


def groups_of(place: StackAccount, settings: Settings, agent: str) -> tuple[list[str], list[str]]:
    """Give the log groups of an agent that exist, and the name of its own if that does not.

    AgentCore writes into one group per endpoint of a runtime, named after the runtime's id:
    https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/observability-view.html

    Raises:
        CommandError: There is no such agent, or CloudWatch Logs does not say.
    """
    if agent not in settings.agents:
        raise CommandError(
            UNABLE, f"agent {agent}: there is none", f"the stack has {', '.join(settings.agents)}"
        )
    own = settings.agents[agent].log_group
    service = f"/aws/bedrock-agentcore/runtimes/{settings.agents[agent].runtime_name}-"
    named = [one for prefix in (own, service) for one in _starting(place, prefix)]
    found = [one for one in named if one == own or one.startswith(service)]
    return found, [] if own in found else [own]


def _starting(place: StackAccount, prefix: str) -> Iterator[str]:
    pages = place.pages("logs", "describe_log_groups", f"log groups {prefix}*", logGroupNamePrefix=prefix)
    return (str(one["logGroupName"]) for page in pages for one in page["logGroups"])


def last_event(place: StackAccount, groups: Sequence[str]) -> int | None:
    """Give the time of the last event in milliseconds; None without any.

    CloudWatch Logs has it from its list of streams, where it may be up to an hour late:
    https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_LogStream.html
    """
    found: list[int] = []
    for group in groups:
        streams = place.ask(
            *("logs", "describe_log_streams", f"log group {group}"),
            logGroupName=group,
            orderBy="LastEventTime",
            descending=True,
            limit=1,
        )["logStreams"]
        found += [int(one["lastEventTimestamp"]) for one in streams if "lastEventTimestamp" in one]
    return max(found, default=None)


class Tail:
    """Reads groups from a moment on; each round gives what no round before gave.

    A round looks again at the last minute of what it has seen, and knows by their ids the events that it
    gave: so events of one millisecond, and events that come in late, are neither lost nor given twice.
    """

    def __init__(self, place: StackAccount, groups: Sequence[str], since: int, pattern: str | None) -> None:
        """Read groups.

        Args:
            place: Where to ask.
            groups: Names of log groups.
            since: Milliseconds since 1970.
            pattern: A filter pattern of CloudWatch Logs; None for all events.
        """
        self._place = place
        self._since = since
        self._filter = {} if pattern is None else {"filterPattern": pattern}
        self._newest = dict.fromkeys(groups, since)
        self._given: dict[tuple[str, str], int] = {}

    def round(self) -> Iterator[Event]:
        """Give the events that are new, in the order of time.

        Raises:
            AwsError: CloudWatch Logs does not say.
        """
        yield from heapq.merge(
            *(self._new(group) for group in self._newest), key=lambda event: event.timestamp
        )
        self._given = {key: at for key, at in self._given.items() if at >= self._start(key[0])}

    def _start(self, group: str) -> int:
        return max(self._since, self._newest[group] - OVERLAP_MS)

    def _new(self, group: str) -> Iterator[Event]:
        """Give the events of one group that were not given; CloudWatch sorts them by time."""
        pages = self._place.pages(
            *("logs", "filter_log_events", f"log group {group}"),
            logGroupName=group,
            startTime=self._start(group),
            **self._filter,
        )
        try:
            for page in pages:
                for one in page["events"]:
                    event = _event(group, one)
                    if (group, event.id) not in self._given:
                        self._given[group, event.id] = event.timestamp
                        self._newest[group] = max(self._newest[group], event.timestamp)
                        yield event
        except AwsError as error:
            if error.name not in ABSENT:
                raise  # a group that was deleted meanwhile has nothing more to say


def _event(group: str, given: dict[str, Any]) -> Event:
    return Event(
        int(given["timestamp"]),
        str(given["eventId"]),
        group,
        str(given["logStreamName"]),
        str(given["message"]).rstrip("\n"),
    )


def follow(tail: Tail, pause: Callable[[float], None] = time.sleep) -> Iterator[Event]:
    """Give events as they come, without an end."""
    while True:
        yield from tail.round()
        pause(PAUSE_SECONDS)
