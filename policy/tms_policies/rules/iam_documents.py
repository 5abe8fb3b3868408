"""Least privilege: what any policy document may allow, wherever it is carried. Deny statements are free.

A document that is not known at all is reported once, by `iam-policy-valid-document`.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping

from tms_policies.documents import actions, conditions
from tms_policies.documents.document_properties import CARRIERS
from tms_policies.documents.documents_of import Carried, documents
from tms_policies.documents.parse import Statement
from tms_policies.model import Bag, Finding, Resource
from tms_policies.registry import rule
from tms_policies.settings import Schema
from tms_policies.values import shown, unproven

StatementCheck = Callable[[Carried, Statement, Bag], Iterable[Finding]]
EVERYTHING = "every action"
KEY_TYPES = ("aws:kms/key:Key", "aws:kms/keyPolicy:KeyPolicy", "aws:kms/replicaKey:ReplicaKey")
LIMITS: Mapping[str, Schema] = {
    "unlimitedActions": {
        "type": "array",
        "items": {"type": "string"},
        "default": ["logs:DescribeLogGroups"],
        "description": "Actions that AWS authorises only against every resource of their type",
    },
    # AgentCore developer guide, "IAM permissions for AgentCore Runtime": metrics by namespace
    "limitedByCondition": {
        "type": "object",
        "additionalProperties": {"type": "string"},
        "default": {"cloudwatch:PutMetricData": "cloudwatch:namespace"},
        "description": "Actions that are limited by a condition on this key instead of by resource",
    },
}
"""Settings that say which actions `*` is the resource of."""


def granted(resource: Resource) -> Iterator[tuple[Carried, Statement]]:
    """Yield every statement that allows something, with the document that holds it."""
    for attachment in documents(resource):
        for statement in attachment.document.statements:
            if statement.allows:
                yield attachment, statement


def place(resource: Resource, attachment: Carried, statement: Statement) -> str:
    """Name a statement for a message."""
    return f"{attachment.path} of {resource.name}, {statement.label}"


def opened(statement: Statement, pattern: str, settings: Bag) -> str | None:
    """Name the first action that a resource pattern leaves unlimited, by the settings `LIMITS`."""
    exempt = {str(setting).lower() for setting in settings["unlimitedActions"]} | {
        str(action).lower()
        for action, key in settings["limitedByCondition"].items()
        if conditions.names(statement, str(key))
    }
    for action in statement.texts("action"):
        if actions.everything(action):
            if pattern.strip("*:") in ("", "arn", "arn:aws"):
                return EVERYTHING
            continue
        for setting in actions.expanded(action):
            if setting.lower() not in exempt and actions.opens(pattern, setting):
                return setting
    return None


@rule(
    "iam-policy-inverse-elements",
    severity="high",
    remedy="State what is allowed, not what is left out.",
    why="With NotAction a grant holds for every other action of every service, with NotPrincipal "
    "for every other caller, so that it grows without anybody changing the policy. "
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notaction.html",
)
def inverse_elements(resource: Resource, _settings: Bag) -> Iterable[Finding]:
    """No policy document allows by NotAction, NotResource or NotPrincipal."""
    for attachment, statement in granted(resource):
        for element, name in (
            ("notaction", "Action"),
            ("notresource", "Resource"),
            ("notprincipal", "Principal"),
        ):
            if element in statement.elements:
                yield Finding(
                    f"{place(resource, attachment, statement)} allows by Not{name}: all but what it lists, "
                    "also what AWS adds later",
                    f'"{name}": what is allowed, one by one',
                )


@rule(
    "iam-policy-passrole",
    severity="critical",
    remedy="Name the roles by ARN and add the condition iam:PassedToService.",
    why="Whoever may hand a role to a service of its choice runs code there with that role's "
    "rights, an administrator's among them. "
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html",
)
def pass_role(resource: Resource, _settings: Bag) -> Iterable[Finding]:
    """iam:PassRole is allowed only for named roles and to a named service."""
    for attachment, statement in granted(resource):
        if attachment.kind != "identity":
            continue
        if not any(actions.covers(pattern, "iam:PassRole") for pattern in statement.texts("action")):
            continue
        location = place(resource, attachment, statement)
        for pattern in statement.texts("resource"):
            if actions.wild(pattern):
                yield Finding(
                    f"{location} allows iam:PassRole on {shown(pattern)}: any such role's rights are its own",
                    '"Resource": "arn:aws:iam::<account>:role/<name>" of each role that is handed on',
                )
        if not conditions.names(statement, "iam:PassedToService"):
            yield Finding(
                f"{location} allows iam:PassRole without saying to which service",
                '"Condition": {"StringEquals": {"iam:PassedToService": "bedrock-agentcore.amazonaws.com"}}',
            )


def _resourceless(resource: Resource, attachment: Carried, statement: Statement) -> bool:
    """Return whether a statement names no resource, which only a resource's own policy may leave out."""
    listed = attachment.kind == "identity" and resource.type in CARRIERS
    return listed and not statement.elements.keys() & {"resource", "notresource"}


@rule(
    "iam-policy-valid-document",
    severity="high",
    remedy="Compute the document from settings, so that it is known; spell elements and actions as AWS does.",
    why="AWS refuses a malformed document only while it deploys, when other resources have changed "
    "already, and IAM takes a misspelt action without a word: the right is missing at run time. "
    "What preview does not know no rule can judge. "
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html",
)
def valid_document(resource: Resource, _settings: Bag) -> Iterable[Finding]:
    """Every policy document is known at preview, well-formed, and names actions that exist."""
    for attachment in documents(resource):
        document = attachment.document
        if document.unknown:
            yield unproven(document.unknown, "what a policy document allows must be readable")
        for error in document.errors:
            yield Finding(
                f"{attachment.path} of {resource.name} is not a valid policy document: {error}",
                '{"Version": "2012-10-17", "Statement": [{"Effect": ..., "Action": ..., ...}]}',
            )
        for statement in document.statements:
            if _resourceless(resource, attachment, statement):
                yield Finding(
                    f"{place(resource, attachment, statement)} has no Resource, so AWS refuses the document",
                    '"Resource": "arn:aws:<service>:<region>:<account>:<type>/<name>"',
                )
            for pattern in (*statement.texts("action"), *statement.texts("notaction")):
                if not actions.known(pattern):
                    yield Finding(
                        f"{place(resource, attachment, statement)} names {shown(pattern)}: no such action",
                        "the action's name as the service authorization reference spells it",
                    )
