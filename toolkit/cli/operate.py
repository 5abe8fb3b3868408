"""`tms status`, `logs`, `access`, `queues` and `table`: the running system, looked at and never changed."""

import time
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from toolkit.cli import output
from toolkit.cli.embedded import enter_aws
from toolkit.console import rendered
from toolkit.operate import access as rights
from toolkit.operate import logs as events
from toolkit.operate import queues as messages
from toolkit.operate import render, tables
from toolkit.operate import status as parts
from toolkit.operate.context import opened

Stack = Annotated[
    str | None,
    typer.Option(
        metavar="NAME",
        help="The stack; without it that of PULUMI_STACK, the only one with a file here, or production.",
    ),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON for other programs.")]


def _note(text: str) -> None:
    typer.echo(f"tms: {text}", err=True)


def status(*, stack: Stack = None, as_json: AsJson = False) -> None:
    """Are agents, documents bucket, tables and queues well? What is not comes first, with what to do.

    An agent is its runtime with the endpoints, its role with the policies, and its last log event.

    Exit code 0: all is well. 1: something is not, or AWS does not say. 2: wrong use. 3: no credentials, or
    those of another account.
    """
    enter_aws()
    place, settings = opened(stack, Path.cwd(), _note)
    rows = parts.survey(place, settings)
    if as_json:
        output.give(render.document(render.status_document(place.stack, rows)))
    else:
        typer.echo(rendered(render.status(rows), render.summary(rows)))
    raise typer.Exit(1 if any(row.problems for row in rows) else 0)


def logs(
    agent: Annotated[str, typer.Argument(metavar="AGENT", help="Logical name of an agent.")],
    *,
    follow: Annotated[bool, typer.Option("--follow", help="Go on with what comes, until Ctrl-C.")] = False,
    since: Annotated[str, typer.Option(metavar="TIME", help="How far back: 30s, 10m, 2h, 1d.")] = "10m",
    pattern: Annotated[
        str | None,
        typer.Option("--filter", metavar="PATTERN", help="A filter pattern of CloudWatch Logs."),
    ] = None,
    stack: Stack = None,
    as_json: AsJson = False,
) -> None:
    """What an agent logs: its own log group and those of its runtime, in the order of time.

    With --json each event is one line of JSON.

    Exit code 0: done, also where nothing was logged and after Ctrl-C. 2: wrong use, or AWS does not say.
    3: no credentials, or those of another account.
    """
    back = events.milliseconds(since)
    try:
        enter_aws()
        place, settings = opened(stack, Path.cwd(), _note)
        groups, absent = events.groups_of(place, settings, agent)
        for one in absent:
            _note(f"there is no log group {one}")
        tail = events.Tail(place, groups, int(time.time() * 1000) - back, pattern)
        count = _write(events.follow(tail) if follow else tail.round(), as_json=as_json)
        if not count:
            _note(f"nothing was logged in the last {since}")
    except KeyboardInterrupt:
        return


def _write(found: Iterator[events.Event], *, as_json: bool) -> int:
    """Write events, and say how many they were."""
    count = 0
    for one in found:
        count += 1
        typer.echo(render.event_line(one) if as_json else rendered(render.event(one)))
    return count


def access(
    role: Annotated[str, typer.Argument(metavar="ROLE", help="Name or ARN of a role, or an agent.")],
    action: Annotated[str, typer.Argument(metavar="ACTION", help="Such as sqs:SendMessage.")],
    resource: Annotated[
        str,
        typer.Argument(
            metavar="RESOURCE",
            help="An ARN, * or queue:NAME, dead-letter:NAME, table:NAME, prefix:NAME[/KEY], bucket:NAME, "
            "agent:NAME, logs:AGENT, repository:AGENT, model:ID.",
        ),
    ],
    *,
    context: Annotated[
        list[str] | None, typer.Option(metavar="KEY=VALUE", help="A context key of the request; repeatable.")
    ] = None,
    stack: Stack = None,
    as_json: AsJson = False,
) -> None:
    """May a role do something? By its live policies and boundary, and the resource's own policy.

    Exit code 0: allowed. 1: denied, or not allowed. 2: wrong use, AWS does not say, or it depends on what is
    not known. 3: no credentials, or those of another account.
    """
    given = rights.context_of(context or [])
    enter_aws()
    place, settings = opened(stack, Path.cwd(), _note)
    answer = rights.answered(place, settings, role, action, resource, given)
    if as_json:
        output.give(render.document(asdict(answer)))
    else:
        typer.echo(rendered(render.access(answer)))
    raise typer.Exit(answer.code)


def queues(*, stack: Stack = None, as_json: AsJson = False) -> None:
    """What waits in each work queue and its dead-letter queue, worst first.

    Exit code 0: all is well. 1: there are dead letters, a queue is missing, or messages are as many or as old
    as what an alarm rings at. 2: wrong use, or AWS does not say. 3: no credentials, or those of another
    account.
    """
    enter_aws()
    place, settings = opened(stack, Path.cwd(), _note)
    found = messages.survey(place, settings)
    if as_json:
        output.give(render.document({"stack": place.stack, "queues": [asdict(one) for one in found]}))
    else:
        typer.echo(rendered(render.queues(found)))
    raise typer.Exit(1 if any(one.problems for one in found) else 0)


def table(
    name: Annotated[str, typer.Argument(metavar="NAME", help="Logical or physical name of a table.")],
    *,
    limit: Annotated[
        int | None,
        typer.Option(min=1, max=1000, help="So many items at most: 10, or as many as keys are named."),
    ] = None,
    key: Annotated[
        list[str] | None, typer.Option(metavar="VALUE", help="Items of this partition key; repeatable.")
    ] = None,
    range_key: Annotated[
        list[str] | None, typer.Option(metavar="VALUE", help="Its sort key; one for each --key.")
    ] = None,
    unmasked: Annotated[bool, typer.Option("--unmasked", help="Show trade data.")] = False,
    stack: Stack = None,
    as_json: AsJson = False,
) -> None:
    """A sample of a table: type and length of each value, and the beginning of keys.

    Exit code 0: done, also where nothing was found. 2: wrong use, or AWS does not say. 3: no credentials, or
    those of another account.
    """
    enter_aws()
    place, settings = opened(stack, Path.cwd(), _note)
    chosen, ranges = key or [], range_key or []
    found = tables.sample(place, settings, name, limit=limit, keys=chosen, ranges=ranges, masked=not unmasked)
    if as_json:
        output.give(render.document(asdict(found)))
        return
    rows = [render.sample(found)] if found.items else []
    typer.echo(rendered(*rows, f"{len(found.items)} items by {found.by} of {found.table}"))
    if found.masked and found.items:
        _note(render.MASKED)
