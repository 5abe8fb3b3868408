"""Rules about resource options: what holds data is protected, and nothing hides from the rules."""

import re
from collections.abc import Iterable

from policy.documents.places import CARRIERS
from policy.model import Bag, Finding, Resource, Rule

STATEFUL = (
    "aws:dynamodb/table:Table",
    "aws:s3/bucket:Bucket",
    "aws:sqs/queue:Queue",
    "aws:kms/key:Key",
    "aws:cloudwatch/logGroup:LogGroup",
    "aws:ecr/repository:Repository",
    "aws:cloudtrail/trail:Trail",
    "aws:cognito/userPool:UserPool",
    "aws:secretsmanager/secret:Secret",
    "aws:rds/instance:Instance",
    "aws:rds/cluster:Cluster",
    "aws:efs/fileSystem:FileSystem",
    "aws:backup/vault:Vault",
    "aws:bedrock/agentcoreMemory:AgentcoreMemory",
)
_ROOT = re.compile(r"""[\[."' ]*([\w*]+)""")


def protect(resource: Resource, settings: Bag) -> Iterable[Finding]:
    """The engine refuses to delete or replace what holds data."""
    if resource.type in settings["types"] and not resource.protect:
        yield Finding(
            f"{resource.name} holds data without the protect option: a run may delete or replace it",
            "opts=pulumi.ResourceOptions(protect=True)",
        )


PROTECT = Rule(
    "account-resource-protect",
    "critical",
    (),
    "What holds data cannot be deleted or replaced by a run.",
    "Set the option protect=True.",
    (),
    protect,
    settings={
        "types": {
            "type": "array",
            "items": {"type": "string"},
            "default": list(STATEFUL),
            "description": "Type tokens of what holds data",
        }
    },
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
    )
