"""The edit of settings or program with which a property does not differ, ready to paste."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from toolkit.adopt import provider_facts
from toolkit.adopt.candidates import plain
from toolkit.adopt.diff import declared, live
from toolkit.adopt.model import Difference, Target
from toolkit.adopt.python_arguments import argument, python_name
from toolkit.adopt.report.values import shareable
from toolkit.adopt.setting_of_property import Written
from toolkit.adopt.setting_paths import DEFAULT_TAGS
from toolkit.engine.property_path import PropertyPath
from toolkit.engine.urn import Urn
from toolkit.engine.values import UNKNOWN


@dataclass(frozen=True)
class Edit:
    """A difference with what its mending needs.

    Attributes:
        one: The difference, with its cause.
        token: The type of its resource.
        step: The engine's step that it is of.
        filled: Whether the provider put the declared value there, and not the program.
    """

    one: Difference
    token: str
    step: Mapping[str, Any]
    filled: bool

    @property
    def name(self) -> str:
        """The logical name of its resource."""
        return Urn.parse(self.one.urn).name

    @property
    def first(self) -> str:
        """The argument that the property is in, or is."""
        return PropertyPath.of(self.one.path).root


def mended(change: Edit, written: Written) -> tuple[str, str]:
    """Return the edit that mends a difference, and half a sentence that names where it is made.

    Args:
        change: The difference.
        written: The stack's settings.
    """
    difference = change.one
    before = _before(change)
    if before:
        return "", before
    if difference.cause in ("not read back", "default never read", "moves by itself"):
        return _of_unread(change)
    edit = written.edit(difference, declared(change.step, str(PropertyPath.of(difference.path).parent)))
    if edit:
        return edit
    if difference.cause == "default tags":
        return "", f"leave the tag out of {DEFAULT_TAGS} until everything is adopted"
    return _of_program(change, live(change.step, change.first))


def namer(target: Target, identity: str, written: Written) -> str:
    """Return the setting or argument that a declared name comes from, in words.

    Args:
        target: What is declared.
        identity: Its import id as declared. Where that is more than the name, as `role:policy`, it
            cannot be told which half is another.
        written: The stack's settings.
    """
    for key in ("name", "bucket"):
        name = target.inputs.get(key)
        if isinstance(name, str) and name == plain(identity):
            setting = written.setting(Difference(target.urn, key, None, name, "replaced"))
            if setting:
                return setting
            return f"{python_name(target.type, key)} of {target.name} in the program"
    return ""


def _before(change: Edit) -> str:
    """Return what is mended in place of a difference that no edit of its own mends; empty if one does."""
    difference = change.one
    if difference.cause == "only in the state":
        return f"give {change.name} the {difference.path} in the program that its state has"
    if UNKNOWN in (difference.declared, declared(change.step, change.first)):
        return "mend what it is computed from first: that is replaced or created too"
    return ""


def _of_unread(change: Edit) -> tuple[str, str]:
    """Mend what AWS does not tell or moves: ignore it, or leave it out, or agree that the state gets it."""
    unread = provider_facts.unread(change.token, change.first) or provider_facts.Unread()
    if unread.ignored or change.one.cause == "moves by itself":
        return _ignored(change)
    if unread.filled or change.filled:  # what the program does not say it cannot leave out
        entry = f"- urn: {change.one.urn}\n  change:\n    {change.first}: AWS does not tell it"
        return (
            f"# in the mapping\n{entry}",
            f"agree to {change.first} of {change.name} in the mapping, under change",
        )
    return _of_program(change, None)


def _ignored(change: Edit) -> tuple[str, str]:
    location = f"ignore_changes of {change.name} in the program"
    edit = f'opts=pulumi.ResourceOptions(ignore_changes=["{change.first}"])'
    return (
        f"# in the program, among the options of {change.name}\n{edit}",
        f"put {change.first} into {location}",
    )


def _of_program(change: Edit, value: object) -> tuple[str, str]:
    """Return the whole argument as it is live: a part of a dictionary or list cannot be pasted."""
    argument_name, location = python_name(change.token, change.first), f"{change.name} in the program"
    if value is None or provider_facts.off(change.token, change.first, value):
        head = f"# in the program, on {change.name}: as good as leaving it out"
        return f"{head}\n{argument_name}=None", f"leave {argument_name} of {location} out"
    if shareable(value) != value:
        return "", f"write the live one into {argument_name} of {location}, as a secret"
    edit = argument(change.token, change.first, value)
    return (
        f"# in the program, on {change.name}\n{edit}",
        f"write the live one into {argument_name} of {location}",
    )
