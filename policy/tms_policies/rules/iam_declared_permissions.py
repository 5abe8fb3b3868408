"""Effective rights against declared needs: nothing more, and a warning when there is less."""

import json
from collections.abc import Iterable, Iterator

from tms_policies.documents import privileged_actions
from tms_policies.documents.actions import wild
from tms_policies.documents.declared_needs import Need, Needs, declared, smallest
from tms_policies.documents.globs import covers_resource
from tms_policies.documents.matching import narrow
from tms_policies.holder import Held, Holder, names_action
from tms_policies.identities import holders
from tms_policies.model import Bag, Finding, Stack
from tms_policies.registry import rule
from tms_policies.settings import strings
from tms_policies.values import shown

_FILE = {
    "needsFile": {
        "type": "string",
        "default": "needs.yaml",
        "description": "What roles need, from the program's folder; form: documents/declared_needs.py",
    }
}
_SHOWN = 3


def _unusable(needs: Needs, settings: Bag) -> Iterator[Finding]:
    """Report a file that is asked for by name and missing, or that is wrong."""
    if not needs.exists and settings["needsFile"] != _FILE["needsFile"]["default"]:
        yield Finding(f"needsFile is {shown(needs.file)}, which does not exist", "the path of the needs file")
    for error in needs.errors:
        yield Finding(f"{needs.file}: {error}", "the form that documents/declared_needs.py of the pack shows")


def _pairs(held: Held) -> Iterator[tuple[str, str]]:
    """Yield each (action pattern, resource pattern) of an Allow."""
    statement = held.statement
    resources = ["*"] if "notresource" in statement.elements else statement.texts("resource")
    patterns = ["*"] if "notaction" in statement.elements else statement.texts("action")
    for pattern in patterns:
        yield from ((pattern, item) for item in resources)


def _beyond(holder: Holder, needs: tuple[Need, ...]) -> Iterator[tuple[Held, str, str]]:
    """Yield what a holder effectively has beyond its needs."""
    for held in holder.statements:
        for pattern, resource in _pairs(held) if held.statement.allows else ():
            if not any(need.meets(pattern, resource) for need in needs) and not (
                not wild(pattern) and holder.effective(pattern, resource)
            ):
                yield held, pattern, resource


@rule(
    "iam-role-declared-needs",
    severity="high",
    scope="stack",
    settings=_FILE,
    remedy="Write the smallest policy document that serves the needs, or declare the need with its reason.",
    why="What a role needs is reviewed once, in one file; a right that comes in by another way is "
    "found here, whichever policy holds it.",
)
def more_than_needed(stack: Stack, settings: Bag) -> Iterable[Finding]:
    """A role that the needs file names has no more rights than the file says, over all its policies."""
    needs = declared(str(settings["needsFile"]))
    yield from _unusable(needs, settings)
    for holder in holders(stack):
        declared_for = needs.of(holder.name)
        if declared_for is None:
            continue
        beyond = list(_beyond(holder, declared_for))
        if beyond:
            listed = "; ".join(f"{a} on {shown(r)} [{h.place}]" for h, a, r in beyond[:_SHOWN])
            extra = f"; and {len(beyond) - _SHOWN} more" if len(beyond) > _SHOWN else ""
            yield Finding(
                f"{holder.name} may do more than {needs.file} says it needs: {listed}{extra}",
                smallest(declared_for),
                holder.urn,
            )
        for arn in holder.elsewhere:
            yield Finding(
                f"{holder.name} has {shown(arn)}, whose rights are not known here, beyond {needs.file}",
                "a policy of this program that names the actions and resources in use",
                holder.urn,
            )


def _has(holder: Holder, action: str, resource: str) -> bool:
    for held in holder.statements:
        statement = held.statement
        if not statement.allows or not names_action(statement, action):
            continue
        actual = ["*"] if "notresource" in statement.elements else statement.texts("resource")
        if any(covers_resource(item, resource) or covers_resource(resource, item) for item in actual):
            return holder.effective(action, resource) is None
    return False


@rule(
    "iam-role-needs-met",
    severity="low",
    scope="stack",
    settings=_FILE,
    remedy="Grant the need, or take it out of the file.",
    why="A missing right is found at run time otherwise, as a refused call among many.",
)
def less_than_needed(stack: Stack, settings: Bag) -> Iterable[Finding]:
    """A role that the needs file names has every right that the file says."""
    needs = declared(str(settings["needsFile"]))
    for holder in holders(stack):
        for need in needs.of(holder.name) or ():
            for resource in () if need.optional else need.resources:
                lacking = [item for item in need.actions if not _has(holder, item, resource)]
                if lacking:
                    yield Finding(
                        f"{holder.name} lacks {', '.join(lacking)} on {shown(resource)}, which {needs.file} "
                        f"says it needs: {need.reason}",
                        f'{{"Effect": "Allow", "Action": {json.dumps(lacking)}, "Resource": "{resource}"}}',
                        holder.urn,
                    )


@rule(
    "iam-role-destructive-actions",
    severity="high",
    scope="stack",
    settings={
        **_FILE,
        "needed": strings("Actions that anybody may have", "sqs:DeleteMessage", "ec2:DeleteNetworkInterface"),
    },
    remedy="Take the action out, or declare the need with its reason.",
    why="A workload that only ever adds data can then not lose any, whatever it is told to do.",
)
def destructive(stack: Stack, settings: Bag) -> Iterable[Finding]:
    """Nobody may delete data, or what keeps it, unless that is a declared need."""
    needs = declared(str(settings["needsFile"]))
    needed = {str(setting).lower() for setting in settings["needed"]}
    for holder in holders(stack):
        declared_for = needs.of(holder.name) or ()
        for held in holder.statements:
            for pattern, resource in _pairs(held) if held.statement.allows else ():
                for action in narrow(pattern):
                    if action.lower() in needed or not privileged_actions.destroys(action):
                        continue
                    if any(setting.meets(action, resource) for setting in declared_for):
                        continue
                    if holder.effective(action, resource) is None:
                        yield Finding(
                            f"{held.place} allows {action} on {shown(resource)}: it deletes data or what "
                            f"keeps it, and is no declared need of {holder.name}",
                            f"the statement without '{action}', or the need with its reason in {needs.file}",
                            holder.urn,
                        )


@rule(
    "iam-role-void-grant",
    severity="medium",
    scope="stack",
    remedy="Take the grant out, or limit the denial.",
    why="A grant that never holds hides what the role can really do, and starts to hold on the day the "
    "denial goes. "
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html",
)
def void_grant(stack: Stack, _settings: Bag) -> Iterable[Finding]:
    """No allowed action is denied, or outside the permissions boundary, on all its resources."""
    for holder in holders(stack):
        for held in holder.statements if holder.boundary is not None or _any_denial(holder) else ():
            statement = held.statement
            if not statement.allows or "notaction" in statement.elements:
                continue
            resources = ["*"] if "notresource" in statement.elements else statement.texts("resource")
            for action in statement.texts("action"):
                taken = [holder.effective(action, item) for item in resources]
                if taken and all(taken):
                    yield Finding(
                        f"{held.place} allows {shown(action)} in vain: {taken[0]}",
                        "the statement without it, or the denial limited to what it is meant for",
                        holder.urn,
                    )


def _any_denial(holder: Holder) -> bool:
    return any(not held.statement.allows for held in holder.statements)
