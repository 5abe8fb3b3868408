"""The log events of an agent, from all its log groups in order of time, and new ones as they arrive."""

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
"""How far back each round looks again: events arrive late, and many have the same millisecond."""
PAUSE_SECONDS = 3.0
"""Two groups are then well below the five calls a second that FilterLogEvents has:
https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/cloudwatch_limits_cwl.html"""


@dataclass(frozen=True)
class LogEvent:
    """A log event.

    Attributes:
        timestamp: Milliseconds since 1970, as the writer set it.
        id: CloudWatch's id of the event.
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
    """Return a time in UTC as text, from milliseconds since 1970."""
    text = datetime.fromtimestamp(timestamp / 1000, UTC).isoformat(timespec="milliseconds")
    return text.replace("+00:00", "Z")


def milliseconds(since: str) -> int:
    """Return a duration such as `10m` in milliseconds.

    Raises:
        CommandError: The text is no duration.
    """
    match = re.fullmatch(r"(\d{1,6})([smhd])", since, re.ASCII)
    if match is None:
        raise CommandError(UNABLE, f"--since {since}: give a number and s, m, h or d, such as 10m")
    return int(match[1]) * _UNITS[match[2]] * 1000


def groups_of(aws: StackAccount, settings: Settings, agent: str) -> tuple[list[str], list[str]]:
    """Return the log groups of an agent that exist, and its declared log group if that does not exist.

    AgentCore writes into one group per endpoint of a runtime, named after the runtime's id:
    https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/observability-view.html

    Raises:
        CommandError: There is no such agent, or CloudWatch Logs refuses the call.
    """
    if agent not in settings.agents:
        raise CommandError(
            UNABLE, f"agent {agent}: there is none", f"the stack has {', '.join(settings.agents)}"
        )
    agent_group = settings.agents[agent].log_group
    service = f"/aws/bedrock-agentcore/runtimes/{settings.agents[agent].runtime_name}-"
    candidates = [group for prefix in (agent_group, service) for group in _starting(aws, prefix)]
    existing = [group for group in candidates if group == agent_group or group.startswith(service)]
    return existing, [] if agent_group in existing else [agent_group]


def _starting(aws: StackAccount, prefix: str) -> Iterator[str]:
    pages = aws.pages("logs", "describe_log_groups", f"log groups {prefix}*", logGroupNamePrefix=prefix)
    return (str(group["logGroupName"]) for page in pages for group in page["logGroups"])


def last_event(aws: StackAccount, groups: Sequence[str]) -> int | None:
    """Return the time of the last event in milliseconds; None if there is no event.

    CloudWatch Logs has it from its list of streams, where it may be up to an hour late:
    https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_LogStream.html
    """
    timestamps: list[int] = []
    for group in groups:
        streams = aws.ask(
            *("logs", "describe_log_streams", f"log group {group}"),
            logGroupName=group,
            orderBy="LastEventTime",
            descending=True,
            limit=1,
        )["logStreams"]
        timestamps += [
            int(log_stream["lastEventTimestamp"])
            for log_stream in streams
            if "lastEventTimestamp" in log_stream
        ]
    return max(timestamps, default=None)


class Tail:
    """Reads log groups from a moment on; each round yields what no earlier round yielded.

    A round reads the last minute again and skips the events that it has yielded, by their ids: events of
    the same millisecond, and events that arrive late, are neither lost nor yielded twice.
    """

    def __init__(self, aws: StackAccount, groups: Sequence[str], since: int, pattern: str | None) -> None:
        """Start at a moment; nothing is read yet.

        Args:
            aws: The stack's account.
            groups: Names of log groups.
            since: Milliseconds since 1970.
            pattern: A filter pattern of CloudWatch Logs; None for all events.
        """
        self._aws = aws
        self._since = since
        self._filter = {} if pattern is None else {"filterPattern": pattern}
        self._newest = dict.fromkeys(groups, since)
        self._yielded: dict[tuple[str, str], int] = {}

    def round(self) -> Iterator[LogEvent]:
        """Yield the new events in order of time.

        Raises:
            AwsError: CloudWatch Logs refuses the call.
        """
        yield from heapq.merge(
            *(self._new(group) for group in self._newest), key=lambda event: event.timestamp
        )
        self._yielded = {
            key: timestamp for key, timestamp in self._yielded.items() if timestamp >= self._start(key[0])
        }

    def _start(self, group: str) -> int:
        return max(self._since, self._newest[group] - OVERLAP_MS)

    def _new(self, group: str) -> Iterator[LogEvent]:
        """Yield the new events of a group; CloudWatch sorts them by time."""
        pages = self._aws.pages(
            *("logs", "filter_log_events", f"log group {group}"),
            logGroupName=group,
            startTime=self._start(group),
            **self._filter,
        )
        try:
            for page in pages:
                for record in page["events"]:
                    event = _event(group, record)
                    if (group, event.id) not in self._yielded:
                        self._yielded[group, event.id] = event.timestamp
                        self._newest[group] = max(self._newest[group], event.timestamp)
                        yield event
        except AwsError as error:
            if error.name not in ABSENT:
                raise  # a group that was deleted meanwhile has no more events


def _event(group: str, record: dict[str, Any]) -> LogEvent:
    return LogEvent(
        int(record["timestamp"]),
        str(record["eventId"]),
        group,
        str(record["logStreamName"]),
        str(record["message"]).rstrip("\n"),
    )


def follow(tail: Tail, pause: Callable[[float], None] = time.sleep) -> Iterator[LogEvent]:
    """Yield events as they arrive, without end."""
    while True:
        yield from tail.round()
        pause(PAUSE_SECONDS)
