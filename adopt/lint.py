"""What of a program endangers the live resources that it adopts."""

from collections.abc import Iterable
from itertools import chain

from adopt.model import Target

STATEFUL = ("aws:dynamodb/table:Table", "aws:s3/bucket:Bucket", "aws:sqs/queue:Queue")
_KEPT = ("aws:dynamodb/table:Table", "aws:s3/bucket:Bucket")  # what they hold cannot be made again
_NAMES = ("name", "bucket")
# Properties that another type owns too: each update of one would undo the other's
_OWNERS = {
    "aws:sqs/queue:Queue": {
        "policy": "aws:sqs/queuePolicy:QueuePolicy",
        "redrivePolicy": "aws:sqs/redrivePolicy:RedrivePolicy",
        "redriveAllowPolicy": "aws:sqs/redriveAllowPolicy:RedriveAllowPolicy",
    },
    "aws:iam/role:Role": {
        "inlinePolicies": "aws:iam/rolePolicy:RolePolicy",
        "managedPolicyArns": "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
    },
    "aws:ec2/securityGroup:SecurityGroup": {
        "ingress": "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
        "egress": "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule",
    },
    "aws:sns/topic:Topic": {"policy": "aws:sns/topicPolicy:TopicPolicy"},
    "aws:kms/key:Key": {"policy": "aws:kms/keyPolicy:KeyPolicy"},
}


def faults(targets: Iterable[Target]) -> list[str]:
    """Say what is dangerous of each declaration, with what to do."""
    every = list(targets)
    used: dict[str, set[str]] = {}
    for one in every:
        for urn in chain.from_iterable(one.uses.values()):
            used.setdefault(urn, set()).add(one.type)
    return [fault for one in every for fault in (*_alone(one), *_twice(one, used.get(one.urn, set())))]


def _alone(target: Target) -> list[str]:
    found: list[str] = []
    if target.type in STATEFUL and not target.protect:
        found.append(f"{target.name}: it holds data and the program does not protect it: protect=True")
    if target.type in _KEPT and not target.retained and not target.inputs.get("deletionProtectionEnabled"):
        found.append(
            f"{target.name}: out of the program it would be deleted with its data: retain_on_delete=True"
        )
    if target.inputs.get("forceDestroy") is True:
        found.append(f"{target.name}: force_destroy deletes what it holds: leave it out")
    found += [
        f"{target.name}: its {name} is made up by the provider, so the live one would be replaced: declare it"
        for name in _NAMES
        if name in (target.inputs.get("__defaults") or ())
    ]
    return found


def _twice(target: Target, users: set[str]) -> list[str]:
    return [
        f"{target.name}: {name} is declared here and by a {other} too, each would undo the other: keep one"
        for name, other in _OWNERS.get(target.type, {}).items()
        if target.inputs.get(name) and other in users
    ]
