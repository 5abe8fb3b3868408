"""Rules about resource options: what holds data is protected, and nothing hides from the rules."""

import re
from collections.abc import Iterable

from tms_policies.aws_types import HOLDS_DATA
from tms_policies.documents.document_properties import CARRIERS
from tms_policies.model import Bag, Finding, Resource, Rule
from tms_policies.rules.needs import strings
from tms_policies.values import token_of

_ROOT = re.compile(r"""[\[."' ]*([\w*]+)""")


def _held(resource: Resource, settings: Bag) -> bool:
    """Say whether a resource is of a type that holds data."""
    return resource.type in map(token_of, settings["types"])


def protect(resource: Resource, settings: Bag) -> Iterable[Finding]:
    """The engine refuses to delete or replace what holds data."""
    if _held(resource, settings) and not resource.protect:
        yield Finding(
            f"{resource.name} holds data without the protect option: a run may delete or replace it",
            "opts=pulumi.ResourceOptions(protect=True)",
        )


def keep_until_replaced(resource: Resource, settings: Bag) -> Iterable[Finding]:
    """What holds data is not deleted before what replaces it stands."""
    if _held(resource, settings) and resource.delete_before_replace:
        yield Finding(
            f"{resource.name} holds data with the option delete_before_replace: "
            "a replacement that fails leaves nothing",
            "opts=pulumi.ResourceOptions(protect=True) without delete_before_replace",
        )


_TYPES = {"types": strings("Type tokens of what holds data", *HOLDS_DATA)}
RULES = (
    Rule(
        "account-resource-protect",
        "critical",
        ("FSBP:KMS.3",),
        "What holds data cannot be deleted or replaced by a run.",
        "Set the option protect=True.",
        (),
        protect,
        settings=_TYPES,
        why="A changed name or key makes the engine replace the resource, and a removed line makes it "
        "delete it; what it held is gone with it. "
        "https://www.pulumi.com/docs/iac/concepts/options/protect/",
    ),
    Rule(
        "account-resource-delete-before-replace",
        "high",
        (),
        "What holds data is not deleted before what replaces it stands.",
        "Leave the option delete_before_replace out.",
        (),
        keep_until_replaced,
        settings=_TYPES,
        why="The old resource goes first, so when its replacement cannot be made, for a name still "
        "taken or a permission missing, neither the data nor a place for new data is left. "
        "https://www.pulumi.com/docs/iac/concepts/options/deletebeforereplace/",
    ),
)


def ignore_changes(rules: Iterable[Rule]) -> Rule:
    """Give the rule that `ignore_changes` hides no property that one of the rules reads.

    The rules judge what the program says; a property under `ignore_changes` stays as it is in the account.
    """
    known = tuple(rules)

    def check(resource: Resource, _settings: Bag) -> Iterable[Finding]:
        if not resource.ignore_changes:
            return
        read = {name for rule in known if rule.concerns(resource.type) for name in rule.reads}
        read |= set(CARRIERS.get(resource.type, ()))
        for path in resource.ignore_changes:
            found = _ROOT.match(path)
            if found and (found[1] in read or (found[1].startswith("*") and read)):
                yield Finding(
                    f"ignore_changes of {resource.name} hides {path}, which the rules judge",
                    "ignore_changes without it; state the value that is wanted instead",
                )

    return Rule(
        "account-resource-ignore-changes",
        "high",
        (),
        "ignore_changes hides nothing that the rules judge.",
        "Take the property out of ignore_changes and state its value.",
        (),
        check,
        why="The rules judge what the program says, and a property under ignore_changes stays as it "
        "is in the account: a preview passes while the table there has no recovery. "
        "https://www.pulumi.com/docs/concepts/options/ignorechanges/",
    )
