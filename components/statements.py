"""Compile the permission matrix and guards to policy documents, all of them known at preview.

A document is JSON text made of settings alone (`components.naming`), so the policy pack can read every
one of them on the first preview of a stack, before anything exists.
"""

import json
from collections.abc import Iterable
from typing import Any

import pulumi

from components import matrix
from components.naming import Naming
from components.settings import Settings

Statement = dict[str, Any]
VERSION = "2012-10-17"
AGENTCORE = "bedrock-agentcore.amazonaws.com"
INLINE_POLICY_CHARACTERS = 10240
"""IAM quota: all inline policies of one role together, white space not counted."""


def document(statements: Iterable[Statement]) -> str:
    """Return a policy document as canonical JSON: one spelling for one meaning, so diffs are real."""
    content = {"Version": VERSION, "Statement": list(statements)}
    return json.dumps(content, sort_keys=True, separators=(",", ":"))


def allow(sid: str, actions: Iterable[str], resources: Iterable[str], **conditions: Any) -> Statement:  # noqa: ANN401 condition blocks are free-form
    """Return a statement that allows; `conditions` are condition operators with their keys and values."""
    statement: Statement = {
        "Sid": sid,
        "Effect": "Allow",
        "Action": sorted(set(actions)),
        "Resource": sorted(set(resources)),
    }
    return {**statement, "Condition": conditions} if conditions else statement


def tls_only(sid: str, actions: str, resources: list[str]) -> Statement:
    """Return the statement that refuses whatever comes without TLS."""
    return {
        "Sid": sid,
        "Effect": "Deny",
        "Principal": "*",
        "Action": actions,
        "Resource": resources,
        "Condition": {"Bool": {"aws:SecureTransport": "false"}},
    }


def trust(naming: Naming) -> str:
    """Return the trust policy of an execution role: AgentCore, for this account's own resources only."""
    statement = {
        "Sid": "AgentCoreOfThisAccount",
        "Effect": "Allow",
        "Principal": {"Service": AGENTCORE},
        "Action": "sts:AssumeRole",
        "Condition": {
            "StringEquals": {"aws:SourceAccount": naming.account},
            "ArnLike": {"aws:SourceArn": naming.any_agentcore_source()},
        },
    }
    return document([statement])


def permissions(agent: str, settings: Settings, naming: Naming) -> str:
    """Return an agent's permissions policy: the cells of the permission matrix, a statement each.

    Raises:
        pulumi.RunError: The document is larger than IAM accepts.
    """
    text = document(
        allow(cell.sid, cell.actions, cell.resources, **cell.conditions)
        for cell in matrix.of(agent, settings, naming)
    )
    if len(text) > INLINE_POLICY_CHARACTERS:
        raise pulumi.RunError(
            f"Pulumi.{pulumi.get_stack()}.yaml: trade-matching-system:agents.{agent}: its permissions have "
            f"{len(text)} characters, IAM takes {INLINE_POLICY_CHARACTERS}; give it fewer models"
        )
    return text
