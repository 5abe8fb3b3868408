"""`tms status`, `logs`, `access`, `queues` and `table`: look at the running system, read-only."""

import time
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from toolkit.cli import output
from toolkit.cli.embedded import enter_aws
from toolkit.console import rendered
from toolkit.operate import access as role_access
from toolkit.operate import logs as agent_logs
from toolkit.operate import queues as queue_states
from toolkit.operate import render, tables
from toolkit.operate import status as health
from toolkit.operate.context import open_stack

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
    """Show whether agents, documents bucket, tables and queues are well: issues first, with the next step.

    Of an agent it shows the runtime with its endpoints, the role with its policies, and the last log event.

    Exit code 0: all is well. 1: something is not, or AWS refuses a call. 2: wrong use. 3: no credentials, or
    those of another account.
    """
    enter_aws()
    aws, settings = open_stack(stack, Path.cwd(), _note)
    rows = health.survey(aws, settings)
    if as_json:
        output.write_text(render.document(render.status_document(aws.stack, rows)))
    else:
        typer.echo(rendered(render.status(rows), render.summary(rows)))
    raise typer.Exit(1 if any(row.issues for row in rows) else 0)


def logs(
    agent: Annotated[str, typer.Argument(metavar="AGENT", help="Logical name of an agent.")],
    *,
    follow: Annotated[bool, typer.Option("--follow", help="Go on with new events, until Ctrl-C.")] = False,
    since: Annotated[str, typer.Option(metavar="TIME", help="How far back: 30s, 10m, 2h, 1d.")] = "10m",
    pattern: Annotated[
        str | None,
        typer.Option("--filter", metavar="PATTERN", help="A filter pattern of CloudWatch Logs."),
    ] = None,
    stack: Stack = None,
    as_json: AsJson = False,
) -> None:
    """Print what an agent logs: its own log group and those of its runtime, in order of time.

    With --json each event is one line of JSON.

    Exit code 0: done, also if nothing was logged, and after Ctrl-C. 2: wrong use, or AWS refuses a call.
    3: no credentials, or those of another account.
    """
    back = agent_logs.milliseconds(since)
    try:
        enter_aws()
        aws, settings = open_stack(stack, Path.cwd(), _note)
        groups, absent = agent_logs.groups_of(aws, settings, agent)
        for group in absent:
            _note(f"there is no log group {group}")
        tail = agent_logs.Tail(aws, groups, int(time.time() * 1000) - back, pattern)
        count = _write(agent_logs.follow(tail) if follow else tail.round(), as_json=as_json)
        if not count:
            _note(f"nothing was logged in the last {since}")
    except KeyboardInterrupt:
        return


def _write(events: Iterator[agent_logs.LogEvent], *, as_json: bool) -> int:
    """Write events, and return how many there were."""
    count = 0
    for event in events:
        count += 1
        typer.echo(render.event_line(event) if as_json else rendered(render.event(event)))
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
    """Show whether a role may do something, by its live policies and boundary, and the resource's policy.

    Exit code 0: allowed. 1: denied, or not allowed. 2: wrong use, AWS refuses a call, or it depends on
    something unknown. 3: no credentials, or those of another account.
    """
    context_keys = role_access.context_of(context or [])
    enter_aws()
    aws, settings = open_stack(stack, Path.cwd(), _note)
    answer = role_access.check_access(aws, settings, role, action, resource, context_keys)
    if as_json:
        output.write_text(render.document(asdict(answer)))
    else:
        typer.echo(rendered(render.access(answer)))
    raise typer.Exit(answer.code)


def queues(*, stack: Stack = None, as_json: AsJson = False) -> None:
    """Show what waits in each work queue and its dead-letter queue, worst first.

    Exit code 0: all is well. 1: there are dead letters, a queue is missing, or the number or age of messages
    reaches the threshold of an alarm. 2: wrong use, or AWS refuses a call. 3: no credentials, or those of
    another account.
    """
    enter_aws()
    aws, settings = open_stack(stack, Path.cwd(), _note)
    states = queue_states.survey(aws, settings)
    if as_json:
        output.write_text(render.document(render.queues_document(aws.stack, states)))
    else:
        typer.echo(rendered(render.queues(states)))
    raise typer.Exit(1 if any(state.issues for state in states) else 0)


def table(
    name: Annotated[str, typer.Argument(metavar="NAME", help="Logical or physical name of a table.")],
    *,
    limit: Annotated[
        int | None,
        typer.Option(min=1, max=1000, help="Maximum number of items: 10, or as many as keys are given."),
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
    """Show a sample of a table: type and length of each value, and the beginning of keys.

    Exit code 0: done, also if nothing was found. 2: wrong use, or AWS refuses a call. 3: no credentials, or
    those of another account.
    """
    enter_aws()
    aws, settings = open_stack(stack, Path.cwd(), _note)
    keys, ranges = key or [], range_key or []
    sample = tables.sample(aws, settings, name, limit=limit, keys=keys, ranges=ranges, masked=not unmasked)
    if as_json:
        output.write_text(render.document(asdict(sample)))
        return
    rows = [render.sample(sample)] if sample.items else []
    typer.echo(rendered(*rows, f"{len(sample.items)} items by {sample.by} of {sample.table}"))
    if sample.masked and sample.items:
        _note(render.MASKED)
