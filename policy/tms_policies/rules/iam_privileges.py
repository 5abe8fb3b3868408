"""Grants that change who may do what, or that hand out credentials: for administrators, not for workloads.

Only actions named in full are judged here; what a wildcard covers is reported as a wildcard.
"""

from collections.abc import Callable, Iterable

from tms_policies.documents import privileged_actions
from tms_policies.documents.matching import narrow
from tms_policies.model import Bag, Finding, Resource
from tms_policies.registry import rule
from tms_policies.rules.iam_documents import granted, place
from tms_policies.settings import strings


def _named(resource: Resource, settings: Bag, judge: Callable[[str], bool]) -> Iterable[tuple[str, str]]:
    """Yield (location, action) for each action that an identity's policy allows and the judge names."""
    allowed = {str(setting).lower() for setting in settings["allowed"]}
    for attachment, statement in granted(resource):
        for pattern in statement.texts("action") if attachment.kind == "identity" else ():
            for action in narrow(pattern):
                if action.lower() not in allowed and judge(action):
                    yield place(resource, attachment, statement), action


@rule(
    "iam-policy-permission-management",
    severity="high",
    settings={
        "allowed": strings(
            "Actions of that level that identities may have",
            "bedrock-agentcore:InvokeGateway",
            "bedrock-agentcore:InvokeWebSearch",
        )
    },
    remedy="Take the action out; the deployment changes policies.",
    why="Who may write a bucket's, key's or queue's policy may open it to anybody, and who may write an "
    "identity's policy may take any right. "
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_understand-policy-summary-access-level-summaries.html",
)
def permission_management(resource: Resource, settings: Bag) -> Iterable[Finding]:
    """No identity's policy allows an action that changes permissions."""
    for location, action in _named(resource, settings, privileged_actions.manages_permissions):
        yield Finding(
            f"{location} allows {action}, which changes who may do what",
            f"the statement without '{action}'; policies are changed by the deployment only",
        )


@rule(
    "iam-policy-credentials-exposure",
    severity="high",
    settings={
        "allowed": strings(
            "Actions of that sort that identities may have",
            "ecr:GetAuthorizationToken",
        )
    },
    remedy="Take the action out, or name it in `allowed`.",
    why="A credential that a workload can ask for outlives the workload's session and can be used from "
    "anywhere.",
)
def credentials_exposure(resource: Resource, settings: Bag) -> Iterable[Finding]:
    """No identity's policy allows an action whose answer is a credential."""
    for location, action in _named(resource, settings, privileged_actions.gives_credentials):
        yield Finding(
            f"{location} allows {action}, whose answer is a credential or a way to sign in",
            f"the statement without '{action}'; a workload's credentials come from its own role",
        )
