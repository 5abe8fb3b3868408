"""Compile grants and guards to policy documents, all of them known at preview.

A document is JSON text made of settings alone (`components.naming`), so the policy pack can read every
one of them on the first preview of a stack, before anything exists.
"""

import json
from collections.abc import Iterable
from typing import Any

import pulumi

from components import grants
from components.grants import GRANTS, Need
from components.naming import Naming
from components.settings import Agent, Settings
from components.settings.fields import KEY_ARN

Statement = dict[str, Any]
VERSION = "2012-10-17"
INLINE_POLICY_CHARACTERS = 10240
"""IAM quota: all inline policies of one role together, white space not counted."""


def document(statements: Iterable[Statement]) -> str:
    """Give a policy document as canonical JSON: one spelling for one meaning, so diffs are real."""
    content = {"Version": VERSION, "Statement": list(statements)}
    return json.dumps(content, sort_keys=True, separators=(",", ":"))


def allow(sid: str, actions: Iterable[str], resources: Iterable[str], **conditions: Any) -> Statement:  # noqa: ANN401 condition blocks are free-form
    """Give a statement that allows; `conditions` are condition operators with their keys and values."""
    statement: Statement = {
        "Sid": sid,
        "Effect": "Allow",
        "Action": sorted(set(actions)),
        "Resource": sorted(set(resources)),
    }
    return {**statement, "Condition": conditions} if conditions else statement


def tls_only(sid: str, actions: str, resources: list[str]) -> Statement:
    """Give the statement that refuses whatever comes without TLS."""
    return {
        "Sid": sid,
        "Effect": "Deny",
        "Principal": "*",
        "Action": actions,
        "Resource": resources,
        "Condition": {"Bool": {"aws:SecureTransport": "false"}},
    }


def trust(naming: Naming) -> str:
    """Give the trust policy of an execution role: AgentCore, for this account's own resources only."""
    statement = {
        "Sid": "AgentCoreOfThisAccount",
        "Effect": "Allow",
        "Principal": {"Service": "bedrock-agentcore.amazonaws.com"},
        "Action": "sts:AssumeRole",
        "Condition": {
            "StringEquals": {"aws:SourceAccount": naming.account},
            "ArnLike": {"aws:SourceArn": naming.any_agentcore_source()},
        },
    }
    return document([statement])


def sid(*words: str) -> str:
    """Make a statement id of words: letters and digits only, as IAM wants it."""
    parts = (part for word in words for part in word.replace("_", "-").split("-"))
    return "".join(part[:1].upper() + part[1:] for part in parts)


def agent_statements(agent: str, settings: Settings, naming: Naming) -> list[Statement]:
    """Give the statements of an agent's permissions."""
    own = settings.agents[agent]
    needed = [
        need for need in GRANTS[agent] if not need.optional or need.target in settings.documents.prefixes
    ]
    return [
        *(_statement(need, settings, naming) for need in needed),
        *_listing(needed, settings, naming),
        *_models(own, naming),
        *_memory(own, naming),
        *_keys(needed, settings, naming),
        *_runtime(own, naming),
    ]


def permissions(agent: str, settings: Settings, naming: Naming) -> str:
    """Give an agent's permissions policy.

    Raises:
        pulumi.RunError: The document is larger than IAM accepts.
    """
    text = document(agent_statements(agent, settings, naming))
    if len(text) > INLINE_POLICY_CHARACTERS:
        raise pulumi.RunError(
            f"Pulumi.{pulumi.get_stack()}.yaml: trade-matching-system:agents.{agent}: its permissions have "
            f"{len(text)} characters, IAM takes {INLINE_POLICY_CHARACTERS}; give it fewer models"
        )
    return text


def _resources(need: Need, settings: Settings, naming: Naming) -> list[str]:
    """The ARNs behind a need's logical name."""
    if need.kind == "prefix":
        return [naming.objects(settings.documents.name, settings.documents.prefixes[need.target].path)]
    if need.kind == "table":
        table = settings.tables[need.target]
        queried = (table.indexes or table.local_indexes) and {"dynamodb:Query", "dynamodb:Scan"} & set(
            need.actions
        )
        return [naming.table(table.name), *([naming.indexes(table.name)] if queried else [])]
    if need.kind == "queue":
        return [naming.queue(settings.queues[need.target].name)]
    return list(naming.runtime(settings.agents[need.target].runtime_name))


def _statement(need: Need, settings: Settings, naming: Naming) -> Statement:
    verb = need.actions[0].partition(":")[2]
    return allow(sid(verb, need.target), need.actions, _resources(need, settings, naming))


def _listing(needed: list[Need], settings: Settings, naming: Naming) -> list[Statement]:
    """Listing, limited to the agent's own prefixes; without it a missing object reads as forbidden."""
    paths = [settings.documents.prefixes[need.target].path for need in needed if need.kind == "prefix"]
    if not paths:
        return []
    condition = {"s3:prefix": sorted(f"{path}*" for path in paths)}
    bucket = naming.bucket(settings.documents.name)
    return [allow("ListOwnPrefixes", ["s3:ListBucket"], [bucket], StringLike=condition)]


def _models(agent: Agent, naming: Naming) -> list[Statement]:
    arns = [arn for model in agent.models for arn in naming.models(model.id, model.profile)]
    return [allow("InvokeModels", grants.INVOKE_MODEL, arns)] if arns else []


def _memory(agent: Agent, naming: Naming) -> list[Statement]:
    if agent.memory_id is None:
        return []
    return [allow("UseMemory", grants.USE_MEMORY, [naming.memory(agent.memory_id)])]


def _keys(needed: list[Need], settings: Settings, naming: Naming) -> list[Statement]:
    """Use of customer keys, through the service that encrypts with them and no other way."""
    services = {"prefix": "s3", "table": "dynamodb", "queue": "sqs"}
    used: dict[str, set[str]] = {}
    for need in needed:
        if need.kind == "table":
            key = settings.tables[need.target].encryption or settings.encryption.tables
        elif need.kind == "prefix":
            key = settings.documents.encryption or settings.encryption.buckets
        else:
            key = settings.encryption.queues
        if need.kind in services and KEY_ARN.fullmatch(key):
            used.setdefault(services[need.kind], set()).add(key)
    return [
        allow(
            sid("UseKeyThrough", service),
            ["kms:Decrypt", "kms:GenerateDataKey"],
            keys,
            StringEquals={"kms:ViaService": naming.service_in_region(service)},
        )
        for service, keys in sorted(used.items())
    ]


def _runtime(agent: Agent, naming: Naming) -> list[Statement]:
    """What the runtime itself needs; three of its actions know no resources and take `*`."""
    groups = [agent.log_group, f"/aws/bedrock-agentcore/runtimes/{agent.runtime_name}-*"]
    namespace = {"cloudwatch:namespace": grants.METRICS_NAMESPACE}
    return [
        allow("WriteOwnLogs", grants.WRITE_LOGS, [naming.log_group(group) for group in groups]),
        allow("PullOwnImage", grants.PULL_IMAGE, [naming.repository(agent.repository)]),
        allow("LogInToRegistry", ["ecr:GetAuthorizationToken"], ["*"]),
        allow("Trace", grants.TRACE, ["*"]),
        allow("PublishMetrics", ["cloudwatch:PutMetricData"], ["*"], StringEquals=namespace),
    ]
