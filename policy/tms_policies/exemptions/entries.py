"""Exemptions and what they cover.

An exemption lowers a finding to a warning and never silences it: a risk that somebody took stays in sight.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple


class Fault(NamedTuple):
    """What is wrong with an exemption or with its file, and what to write instead."""

    message: str
    remedy: str


def covers(pattern: str, text: str) -> bool:
    """Return whether a pattern, in which `*` stands for any text, covers a text.

    Pieces are looked for one after the other, so that no pattern takes long, as a regular expression can.
    """
    first, *rest = pattern.split("*")
    if not rest:
        return pattern == text
    last = rest.pop()
    if len(text) < len(first) + len(last) or not (text.startswith(first) and text.endswith(last)):
        return False
    location, end = len(first), len(text) - len(last)
    for piece in rest:
        result = text.find(piece, location, end)
        if result < 0:
            return False
        location = result + len(piece)
    return True


@dataclass(frozen=True)
class Exemption:
    """One entry of the file.

    Attributes:
        place: The file and the entry in it, for messages.
        rule: Id of the rule that it is about.
        resource: URN pattern.
        reason: Why the finding is accepted.
        owner: Who accepts it.
        expires: The last day on which it counts, in UTC.
        finding: Words that the message must hold; empty if all of the rule's findings are meant.
    """

    place: str
    rule: str
    resource: str
    reason: str
    owner: str
    expires: date
    finding: str = ""

    def fits(self, rule: str, urn: str, message: str) -> bool:
        """Return whether a finding is meant."""
        return rule == self.rule and self.finding in message and covers(self.resource, urn)

    def said_of(self, message: str) -> str:
        """Return a finding's message with what is known of its acceptance before it."""
        return f"exempt until {self.expires} by {self.owner}: {self.reason}: {message}"

    def concerns(self, urns: Sequence[str]) -> bool:
        """Return whether the stack of these URNs is meant: one file serves all stacks of a program.

        What stands before the pattern's first `*` must agree with `urn:pulumi:<stack>::<project>::`.
        """
        start = self.resource.partition("*")[0]
        for urn in urns[:1]:
            stack = "".join(f"{part}::" for part in urn.split("::")[:2])
            return start.startswith(stack) or stack.startswith(start)
        return False


@dataclass
class Exemptions:
    """The exemptions of one run.

    Attributes:
        entries: Those that count today.
        faults: What is wrong with the file and with other entries.
        settled: Whether an entry that no finding was meant by is a fault. It is one in a preview only: an
            update and a recorded state know values that a preview cannot prove, and so have fewer findings.
        used: Places of the entries that a finding was meant by.
    """

    entries: Sequence[Exemption] = ()
    faults: Sequence[Fault] = ()
    settled: bool = False
    used: set[str] = field(default_factory=set[str])

    def of(self, rule: str, urn: str, message: str) -> Exemption | None:
        """Return the exemption of a finding, and remember that there is such a finding."""
        results = [item for item in self.entries if item.fits(rule, urn, message)]
        self.used.update(item.place for item in results)
        return results[0] if results else None

    def idle(self, urns: Sequence[str]) -> Iterator[Exemption]:
        """Yield the entries for this stack that no finding was meant by, once all rules have run."""
        for item in self.entries if self.settled else ():
            if item.place not in self.used and item.concerns(urns):
                yield item
