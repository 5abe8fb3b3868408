"""Read the exemptions file.

    - rule: sqs-queue-encryption
      resource: "urn:pulumi:production::*::trades"
      reason: the old consumer cannot decrypt before its release in March
      owner: trade-platform team
      expires: 2027-03-31
      finding: sqsManagedSseEnabled

`finding` may be left out. The file is read as YAML nodes, not values: those know their line, show a key that
is written twice, and hold what was written (a date is not converted before it is checked).
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import yaml

from tms_policies.exemptions.entries import Exemption, Exemptions, Fault
from tms_policies.exemptions.forms import FORM, LINES, OPTIONAL, clean, demanded, named, quoted
from tms_policies.strict_yaml import YamlError, repeated_keys, root_of

VARIABLE = "POLICY_EXEMPTIONS"
DEFAULT = "policy-exemptions.yaml"


@dataclass(frozen=True)
class _Reader:
    """Reads the entries of one file.

    Attributes:
        file: As messages name it.
        rules: Ids that an entry may have.
        today: In UTC.
    """

    file: str
    rules: Collection[str]
    today: date

    def read(self, text: str) -> Exemptions:
        """Return the entries that count today, and what is wrong with the others."""
        try:
            root = root_of(text)
        except YamlError as error:
            position = str(error).removeprefix("it ")
            fault = f"{self.file} {position}" if position.startswith("is") else f"{self.file}, {position}"
            return Exemptions(faults=[Fault(fault, FORM)])
        if root is None:
            return Exemptions()
        if not isinstance(root, yaml.SequenceNode):
            return Exemptions(
                faults=[Fault(f"{self.file} is {named(root)}, and must be a list of exemptions", FORM)]
            )
        entries: list[Exemption] = []
        faults: list[Fault] = []
        for number, node in enumerate(root.value, 1):
            location = f"{self.file}, entry {number} (line {node.start_mark.line + 1})"
            wrong = [*_repetitions(location, node), *self._form(location, node)]
            if not wrong:
                entry = _entry(location, node)
                wrong = [*self._over(entry), *_repeated(entry, entries)]
                entries += [] if wrong else [entry]
            faults += wrong
        return Exemptions(entries, faults)

    def _form(self, location: str, node: yaml.Node) -> Iterator[Fault]:
        """Yield what is wrong with the keys and values of an entry."""
        if not isinstance(node, yaml.MappingNode):
            yield Fault(f"{location} is {named(node)}, and must be a mapping", FORM)
            return
        seen: set[str] = set()
        for key_node, value in node.value:
            key = key_node.value if isinstance(key_node, yaml.ScalarNode) else ""
            if key not in LINES:
                allowed = ", ".join(LINES)
                yield Fault(f"{location}: {named(key_node)} is no key; allowed are {allowed}", "no such key")
            elif key not in seen and (must := demanded(key, value, self.rules)):
                yield Fault(f"{location}: {key} is {named(value)}, and must be {must}", LINES[key])
            seen.add(key)
        for key in LINES:
            if key not in seen and key != OPTIONAL:
                yield Fault(f"{location}: {key} is missing", LINES[key])

    def _over(self, entry: Exemption) -> Iterator[Fault]:
        if entry.expires < self.today:
            yield Fault(
                f"{entry.place}: expires is {entry.expires}, which is over, so {entry.rule} counts again on "
                f"{entry.resource}; allowed is {self.today} (today, in UTC) or later",
                f"the resource as the rule asks for it, or a later day that {entry.owner} agrees to",
            )


def _repetitions(location: str, node: yaml.Node) -> Iterator[Fault]:
    """Yield a fault for each key that stands twice."""
    for line, key in repeated_keys(node):
        if key in LINES:
            yield Fault(f"{location}: {key} is written twice, again in line {line}", f"one line {LINES[key]}")


def _entry(location: str, node: yaml.MappingNode) -> Exemption:
    values = {key.value: clean(value.value) for key, value in node.value}
    return Exemption(
        location,
        rule=values["rule"],
        resource=values["resource"],
        reason=values["reason"],
        owner=values["owner"],
        expires=date.fromisoformat(values["expires"]),
        finding=values.get(OPTIONAL, ""),
    )


def _repeated(entry: Exemption, before: Sequence[Exemption]) -> Iterator[Fault]:
    for second in before:
        if (second.rule, second.resource, second.finding) == (entry.rule, entry.resource, entry.finding):
            yield Fault(
                f"{entry.place} repeats {second.place}: {entry.rule} on {entry.resource}", "one of the two"
            )


def found(environment: Mapping[str, str], folder: Path, rules: Collection[str], today: date) -> Exemptions:
    """Read the file that the variable names, or the default one, if there is one.

    Args:
        environment: Of the pack's process, which is that of the command.
        folder: Working directory of the pack's process. As measured on the engine that is the program's
            folder, also under `-C` and with `main:` in Pulumi.yaml; for `policy analyze` it is where that was
            called. Nothing else names the folder: PWD is the caller's, the handshake's root and program
            directory are the pack's own, and ConfigureStack has the stack's name only.
        rules: Ids that an entry may have.
        today: In UTC.
    """
    value = environment.get(VARIABLE, "")
    file = value or DEFAULT
    try:
        text = (folder / file).read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        missing = Fault(
            f"{VARIABLE} is {quoted(value)}, and there is no such file in {folder}",
            f"the path of a file, from the program's folder if it is relative, or {VARIABLE} unset",
        )
        return Exemptions(faults=[missing] if value else [])
    except (OSError, ValueError) as error:  # a ValueError is bytes that are no UTF-8, or a path that is none
        return Exemptions(faults=[Fault(f"{quoted(file)} cannot be read ({type(error).__name__})", FORM)])
    return _Reader(file, rules, today).read(text)
