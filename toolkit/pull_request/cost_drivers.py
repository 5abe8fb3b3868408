"""What of a change moves the bill, in words; what it costs is not known here."""

from collections.abc import Iterator

from toolkit.aws.types import TYPES, find
from toolkit.engine.changes import ResourceChange
from toolkit.engine.preview import Preview
from toolkit.pull_request.blockers import shown


def drivers(preview: Preview) -> tuple[str, ...]:
    """Return a line of Markdown for each thing that moves the bill; things of one type stand together."""
    return (*_counted(preview), *_changed(preview))


def _counted(preview: Preview) -> Iterator[str]:
    charged = {token: record.cost.charged for token, record in TYPES.items() if record.cost}
    for token, basis in sorted(charged.items()):
        for sign, changed in (("+", preview.doing("create")), ("-", preview.doing("delete"))):
            changes = [change for change in changed if change.type == token]
            if basis and changes:
                yield f"{sign}{len(changes)} {changes[0].kind} ({_named(changes)}): charged {basis}"


def _named(found: list[ResourceChange]) -> str:
    most = 3
    rest = f" and {len(found) - most} more" if len(found) > most else ""
    return ", ".join(f"`{one.name}`" for one in found[:most]) + rest


def _changed(preview: Preview) -> Iterator[str]:
    for change in (*preview.doing("update"), *preview.doing("replace")):
        cost = find(change.type).cost
        for name in cost.properties if cost else ():
            if change.before(name) != change.after(name):
                values = f"{shown(change.before(name))} to {shown(change.after(name))}"
                yield f"`{change.name}`: `{name}` from {values}"
