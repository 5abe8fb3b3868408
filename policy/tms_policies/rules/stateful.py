"""Rules about resource options: what holds data is protected, and nothing hides from the rules."""

import re
from collections.abc import Iterable

from tms_policies.aws_types import HOLDS_DATA
from tms_policies.documents.document_properties import CARRIERS
from tms_policies.model import Bag, Finding, Resource
from tms_policies.registry import registered_rules, rule
from tms_policies.settings import strings
from tms_policies.values import token_of

_TYPES = {"types": strings("Type tokens of what holds data", *HOLDS_DATA)}
_ROOT = re.compile(r"""[\[."' ]*([\w*]+)""")


def _held(resource: Resource, settings: Bag) -> bool:
    """Return whether a resource is of a type that holds data."""
    return resource.type in map(token_of, settings["types"])


@rule(
    "account-resource-protect",
    severity="critical",
    settings=_TYPES,
    remedy="Set the option protect=True.",
    why="A changed name or key makes the engine replace the resource, and a removed line makes it "
    "delete it; what it held is gone with it. "
    "https://www.pulumi.com/docs/iac/concepts/options/protect/",
)
def protect(resource: Resource, settings: Bag) -> Iterable[Finding]:
    """What holds data cannot be deleted or replaced by a run."""
    if _held(resource, settings) and not resource.protect:
        yield Finding(
            f"{resource.name} holds data without the protect option: a run may delete or replace it",
            "opts=pulumi.ResourceOptions(protect=True)",
        )


@rule(
    "account-resource-delete-before-replace",
    severity="high",
    settings=_TYPES,
    remedy="Leave the option delete_before_replace out.",
    why="The old resource goes first, so when its replacement cannot be made, for a name still "
    "taken or a permission missing, neither the data nor a place for new data is left. "
    "https://www.pulumi.com/docs/iac/concepts/options/deletebeforereplace/",
)
def keep_until_replaced(resource: Resource, settings: Bag) -> Iterable[Finding]:
    """What holds data is not deleted before what replaces it stands."""
    if _held(resource, settings) and resource.delete_before_replace:
        yield Finding(
            f"{resource.name} holds data with the option delete_before_replace: "
            "a replacement that fails leaves nothing",
            "opts=pulumi.ResourceOptions(protect=True) without delete_before_replace",
        )


@rule(
    "account-resource-ignore-changes",
    severity="high",
    remedy="Take the property out of ignore_changes and state its value.",
    why="The rules judge what the program says, and a property under ignore_changes stays as it is in the "
    "account: a preview passes while the table there has no recovery. "
    "https://www.pulumi.com/docs/concepts/options/ignorechanges/",
)
def ignore_changes(resource: Resource, _settings: Bag) -> Iterable[Finding]:
    """ignore_changes hides nothing that the rules judge.

    The rules judge what the program says; a property under `ignore_changes` stays as it is in the account.
    """
    if not resource.ignore_changes:
        return
    read = {
        name
        for registered in registered_rules()
        if registered.concerns(resource.type)
        for name in registered.reads
    }
    read |= set(CARRIERS.get(resource.type, ()))
    for path in resource.ignore_changes:
        match = _ROOT.match(path)
        if match and (match[1] in read or (match[1].startswith("*") and read)):
            yield Finding(
                f"ignore_changes of {resource.name} hides {path}, which the rules judge",
                "ignore_changes without it; state the value that is wanted instead",
            )
