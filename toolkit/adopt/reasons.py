"""Why a step goes no further, in one line each."""

from collections.abc import Sequence
from pathlib import Path

from toolkit.adopt.mapping import agreeable, undecided
from toolkit.adopt.model import Difference, Found
from toolkit.adopt.report.values import shareable, visible
from toolkit.engine.urn import Urn

_LONG = 120  # characters of a value on a line; the report has all of it


def type_of(difference: Difference) -> str:
    """Return the type of the resource that differs."""
    return Urn.parse(difference.urn).type


def one_line(value: object) -> str:
    """Return a value on one line, without secrets and not too long."""
    text = visible(repr(shareable(value)))
    return text if len(text) <= _LONG else f"{text[:_LONG]}..."


def stopped(difference: Difference) -> str:
    """Return why nothing may be imported, in one line that names the setting or argument to edit."""
    name = Urn.parse(difference.urn).name
    if difference.consequence == "deleted":
        text = (
            f"{name} ({type_of(difference)}) is in the state and not declared, so an update would delete it"
        )
    elif not difference.path:
        text = f"{name} ({type_of(difference)}) would be replaced"
    else:
        text = (
            f"{name}: {difference.path} is {one_line(difference.live)} and declared as "
            f"{one_line(difference.declared)}, which would replace it"
        )
    return f"{text}: {difference.effect}; {difference.remedy}"


def left_over(first: Difference, count: int, file: Path) -> str:
    """Return a message that something differs, in one line that names the first and both ways to end it.

    Args:
        first: What is told first.
        count: How many there are.
        file: Where a person agrees to one.
    """
    name = Urn.parse(first.urn).name
    many = "1 difference is left" if count == 1 else f"{count} differences are left, first"
    if not first.path:
        return f"{many}: {name} ({type_of(first)}) would be {first.consequence}: {first.remedy}"
    text = f"{name}.{first.path} is {one_line(first.live)} and declared as {one_line(first.declared)}"
    either = f", or agree to it in {file}, under change" if agreeable(first) else ""
    return f"{many}: {text}: {first.remedy}{either}"


def unresolved(resources: Sequence[Found], file: Path) -> str:
    """Return why not everything can be imported, in one line.

    Args:
        resources: What cannot.
        file: Where a person decides.
    """
    count = len(undecided(resources))
    first = min(resources, key=lambda resource: not resource.candidates)  # a part follows its whole
    many = f"{len(resources)} resources cannot be adopted as they are"
    many = "1 resource cannot be adopted as it is" if len(resources) == 1 else many
    return (
        f"{many}; "
        f"{f'decide {count} in {file}' if count else 'mend what is named'}, then run this again; "
        f"first: {first.target.urn}: {first.status}: {first.detail}{perhaps(first)}"
    )


def perhaps(resource: Found) -> str:
    """Name the live ones that it may be, as long as a person has not said."""
    ids = ", ".join(candidate.id for candidate in resource.candidates)
    if not ids or resource.decision != "import" or resource.status == "found":
        return ""
    setting = f": then write its name into {resource.named_by}" if resource.named_by else ""
    return f"; perhaps it is {ids}{setting}"
