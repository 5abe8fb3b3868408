"""What a call is about: the ARNs of its resources, as the service authorization reference forms them."""

import re
from base64 import b64decode
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from components.naming import Naming
from tests.support import wire

_OF_A_TOPIC = 5
"""Colons in a topic's ARN; a subscription's has one more."""
NEW = "00000000000000000"
"""Stands for an id that AWS gives to what is just being made."""
_NETWORK = {
    "sg": "security-group",
    "sgr": "security-group-rule",
    "vpc": "vpc",
    "vpce": "vpc-endpoint",
    "subnet": "subnet",
    "rtb": "route-table",
}
_MADE = {
    "CreateSecurityGroup": "security-group",
    "CreateVpcEndpoint": "vpc-endpoint",
    "AuthorizeSecurityGroupEgress": "security-group-rule",
    "AuthorizeSecurityGroupIngress": "security-group-rule",
}


def resources(
    request: wire.Request, given: Mapping[str, Any], naming: Naming, keys: Mapping[str, str]
) -> Iterator[str]:
    """Give the ARNs that a call is about; none of one that is about no resource of its own.

    Args:
        request: Which call it is.
        given: Its parameters.
        naming: Spells ARNs.
        keys: The key id of each KMS alias.
    """
    if request.service == "s3":
        bucket, _, key = str(given["path"]).strip("/").partition("/")
        yield f"{naming.bucket(bucket)}/{key}" if key else naming.bucket(bucket)
        return
    if request.service == "ec2":
        yield from _network(request.operation, given, naming)
        return
    if request.service == "kms":
        yield from _keys(given, naming, keys)
        return
    if request.service == "bedrock-agentcore-control":
        yield from _runtime(str(given["path"]), naming)
        return
    yield from _named(request.service, given, naming)


def _named(service: str, given: Mapping[str, Any], naming: Naming) -> Iterator[str]:
    """What a call names by an ARN, or by a name or names that its service makes an ARN of."""
    for one in (str(given.get(key, "")) for key in _ARNS):
        if one.startswith("arn:"):
            # A subscription is not a resource of IAM's: its topic is
            yield one.rpartition(":")[0] if service == "sns" and one.count(":") > _OF_A_TOPIC else one
            return
    if service == "budgets" and given.keys().isdisjoint(("BudgetName", "Budget", "NewBudget")):
        yield naming.budget("*")
    given = {**given, **given.get("Budget", {}), **given.get("NewBudget", {})}
    for parameter, form in _FORMS.get(service, {}).items():
        held = given.get(parameter)
        for one in held if isinstance(held, list) else [held]:
            if one:
                yield one if one.startswith("arn:") else form(naming, one)


_ARNS = (
    *("ResourceArn", "ResourceARN", "resourceArn", "TopicArn", "Name", "TrailName", "PolicyArn"),
    *("MonitorArn", "SubscriptionArn"),
)


def _keys(given: Mapping[str, Any], naming: Naming, keys: Mapping[str, str]) -> Iterator[str]:
    """A key is told by its id, its ARN, an alias or what it encrypted; making an alias asks for both."""
    for parameter in ("KeyId", "TargetKeyId"):
        held = str(given.get(parameter, ""))
        if held:
            identity = keys.get(held, held).rpartition("/")[2]
            yield naming.keys().replace("*", identity)
    if "CiphertextBlob" in given and "KeyId" not in given:
        opened = b64decode(str(given["CiphertextBlob"]))
        for found in re.findall(rb"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", opened)[:1]:
            yield naming.keys().replace("*", found.decode())
    if "AliasName" in given:
        yield naming.alias(str(given["AliasName"]).removeprefix("alias/"))


def _alarm(naming: Naming, name: str) -> str:
    return naming.alarms(name).removesuffix("*")


_FORMS: dict[str, Mapping[str, Callable[[Naming, str], str]]] = {
    "dynamodb": {"TableName": Naming.table},
    "sqs": {
        "QueueName": Naming.queue,
        "QueueUrl": lambda naming, url: naming.queue(url.rpartition("/")[2]),
    },
    "sns": {"Name": Naming.topic},
    "iam": {"RoleName": Naming.role},
    "logs": {"logGroupName": Naming.log_group_itself},
    "cloudwatch": {
        "AlarmName": _alarm,
        "AlarmNames": _alarm,
        "DashboardName": Naming.dashboard,
        "DashboardNames": Naming.dashboard,
    },
    "events": {"Name": Naming.event_rule, "Rule": Naming.event_rule},
    "ecr": {"repositoryName": Naming.repository, "repositoryNames": Naming.repository},
    "budgets": {"BudgetName": Naming.budget},
    "ce": {
        "MonitorArnList": lambda _naming, arn: arn,
        "SubscriptionArnList": lambda _naming, arn: arn,
    },
    "cloudtrail": {"Name": Naming.trail, "ResourceIdList": Naming.trail, "ResourceId": Naming.trail},
}


def _runtime(path: str, naming: Naming) -> Iterator[str]:
    """An endpoint is asked for with its runtime: both must be allowed."""
    steps = path.strip("/").split("/")
    if steps[0] == "tags":
        yield "/".join(steps[1:])
    elif steps[0] == "runtimes" and len(steps) > 1:
        runtime = naming.runtime(steps[1])[0].removesuffix("-*")
        yield runtime
        if len(steps) > 3:
            yield f"{runtime}/runtime-endpoint/{steps[3]}"


def _network(operation: str, given: Mapping[str, Any], naming: Naming) -> Iterator[str]:
    if operation in _MADE:
        yield naming.network_part(_MADE[operation], NEW)
    for key, value in given.items():
        kind = _NETWORK.get(str(value).partition("-")[0])
        if kind == "security-group-rule" and operation.startswith("Revoke"):
            continue  # asked of the group alone
        if kind and not key.startswith("IpPermissions") and re.fullmatch(r"[a-z]+-[0-9a-f]+", str(value)):
            yield naming.network_part(kind, str(value))
