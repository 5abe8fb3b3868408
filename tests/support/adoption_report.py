"""A report of an adoption as `tms adopt run` gives it: the production stack, much of it made by hand."""

from typing import Any

from tests.support.urns import SNAPSHOT
from toolkit.adopt.report.values import name_and_type

_ACCOUNT = "111111111111"
_SYSTEM = "trade-matching-system"
_POOL = f"urn:pulumi:production::{_SYSTEM}::aws:cognito/userPool:UserPool::operators"
_HASH_KEY = """\
trade-matching-system:tables:
  processing-status:
    hashKey: {name: processing_id, type: S}"""
_SETTING = "trade-matching-system:tables.processing-status.hashKey.name of Pulumi.production.yaml"
_TAGS = """\
trade-matching-system:tags:
  Environment: prod"""


def _urns() -> dict[str, str]:
    """Give the URNs of what the production stack has in AWS, by logical name."""
    urns = SNAPSHOT.read_text(encoding="utf-8").split()
    return {name_and_type(urn)[0]: urn for urn in urns if name_and_type(urn)[1].startswith("aws:")}


def _resource(urn: str, **known: Any) -> dict[str, Any]:  # noqa: ANN401 - any JSON
    name, token = name_and_type(urn)
    live = f"{_SYSTEM}-{name}-production"
    if token.startswith("aws:sqs/"):
        live = f"https://sqs.us-east-1.amazonaws.com/{_ACCOUNT}/{live}"
    said = {"id": live, "status": "found", "decision": "import", "detail": "", "candidates": []}
    return {"urn": urn, "type": token, "name": name, **said, **known}


def _resources() -> list[dict[str, Any]]:
    found = {name: _resource(urn) for name, urn in _urns().items()}
    found["processing-status"]["id"] = "ai-trade-matching-processing-status"
    for name in ("matching-dlq", "ops-desk-dlq", "senior-ops-dlq"):
        found[name] |= {
            "id": None,
            "status": "absent",
            "decision": "create",
            "detail": "no queue has this name; there is none yet, the first update shall make it",
        }
    found["documents"] |= {
        "id": f"{_SYSTEM}-agentcore-production",
        "status": "absent",
        "detail": "no bucket has this name",
        "candidates": [
            {
                "id": f"{_SYSTEM}-agentcore-production-production",
                "detail": "called alike, and declared by nothing",
            }
        ],
    }
    for name in ("matching-dlq-policy", "ops-desk-dlq-policy", "senior-ops-dlq-policy"):
        found[name] |= {"id": None, "status": "absent", "detail": "its queue is absent"}
    found["compliance-policy"] |= {
        "id": None,
        "status": "unknown",
        "detail": "sqs:GetQueueAttributes is refused (AccessDenied): an explicit deny in a resource policy",
    }
    found["exceptions"] |= {
        "status": "managed elsewhere",
        "detail": "tagged aws:cloudformation:stack-name=exceptions-register; release it there first",
    }
    pool = _resource(
        _POOL,
        id=None,
        status="ambiguous",
        detail="two user pools have this name",
        candidates=[
            {"id": "us-east-1_8fKq2LmZp", "detail": "created 2025-06-11, 14 users, 2 app clients"},
            {"id": "us-east-1_hT4vWc90d", "detail": "created 2025-06-11, no users, no app client"},
        ],
    )
    return [*found.values(), pool]


def _difference(urn: str, path: str, live: Any, declared: Any, **more: Any) -> dict[str, Any]:  # noqa: ANN401 - any JSON
    said = {
        "default": None,
        "cause": "declared otherwise",
        "consequence": "updated in place",
        "stops": False,
        "agreed": "",
        "fix": "",
        "effect": "",
        "remedy": "",
    }
    return {"urn": urn, "path": path, "live": live, "declared": declared, **said, **more}


def _differences() -> list[dict[str, Any]]:
    urns = _urns()
    backups = "agreed on 2026-11-20 by data protection: backups are wanted on every table (OPS-1412)"
    return [
        _difference(
            urns["processing-status"],
            "hashKey",
            "processing_id",
            "sessionId",
            consequence="replaced",
            stops=True,
            fix=_HASH_KEY,
            effect="its items would be lost",
            remedy=f"write the live one into {_SETTING}",
        ),
        _difference(
            urns["orchestrator"],
            "path",
            "/legacy/",
            "/",
            default="/",
            cause="provider default",
            consequence="replaced",
            stops=True,
            fix="# in the program, on orchestrator\npath='/legacy/'",
            effect="it would get a new id; sessions of the role end, and policies that name it stop matching it",
            remedy="write the live one into path of orchestrator in the program",
        ),
        _difference(
            urns["agent-registry"],
            "pointInTimeRecovery.enabled",
            live=False,
            declared=True,
            default=False,
            agreed=backups,
        ),
        _difference(
            urns["bank-trades"],
            "pointInTimeRecovery.enabled",
            live=False,
            declared=True,
            default=False,
            fix="# in the program, on bank-trades\npoint_in_time_recovery={'enabled': False}",
            remedy="write the live one into point_in_time_recovery of bank-trades in the program",
        ),
        _difference(urns["bank-trades"], "tags.Environment", "prod", "production", cause="tags", fix=_TAGS),
        _difference(urns["bank-trades"], "tags.ManagedBy", None, "pulumi", cause="tags", agreed="all get it"),
        _difference(
            urns["documents-lifecycle"],
            "rules",
            [{"id": "bank", "status": "Enabled", "transitions": [{"days": 30, "storageClass": "GLACIER"}]}],
            [{"id": "bank", "status": "Enabled", "transitions": [{"days": 90, "storageClass": "GLACIER"}]}],
        ),
        _difference(
            urns["matching-redrive"],
            "",
            None,
            None,
            consequence="created",
            agreed="matching gets its dead-letter queue with the first update",
        ),
        _difference(
            urns["trade-matching"],
            "forceDetachPolicies",
            None,
            declared=False,
            default=False,
            cause="provider default",
            consequence="nothing sent to AWS",
        ),
        _difference(
            urns["extraction"],
            "policy",
            '{"Version":"2012-10-17"}',
            '{"Statement":[],"Version":"2012-10-17"}',
            cause="order",
            consequence="cannot be read back",
        ),
    ]


def _unmanaged() -> list[dict[str, str]]:
    extras = {
        "aws:s3/bucket:Bucket": (
            "trade-matching-system-agentcore-production-production",
            "cf-templates-1x9k2m-us-east-1",
        ),
        "aws:dynamodb/table:Table": ("BankTradeData-restored-2026-03-02",),
        "aws:sqs/queue:Queue": (
            "trade-matching-system-hitl-review-queue-production",
            "trade-matching-system-test-events",
        ),
        "aws:iam/role:Role": (
            "AgentCoreExecutionRole-manual",
            "exceptions-register-cleanup-4J7T",
            "lambda-tmp-role",
        ),
        "aws:cloudwatch/logGroup:LogGroup": tuple(f"/aws/lambda/migration-step-{n}" for n in range(4)),
    }
    owners = {
        "cf-templates-1x9k2m-us-east-1": "CloudFormation",
        "exceptions-register-cleanup-4J7T": "CloudFormation stack exceptions-register",
    }
    return [
        {"type": token, "name": name, "owner": owners.get(name, "")}
        for token, names in extras.items()
        for name in names
    ]


def example() -> dict[str, Any]:
    """Give the report, anew each time."""
    resources = _resources()
    found = sum(one["status"] == "found" for one in resources)
    unmanaged = _unmanaged()
    return {
        "stack": "production",
        "project": _SYSTEM,
        "account": _ACCOUNT,
        "region": "us-east-1",
        "made": "2026-11-23T20:30:00Z",
        "step": "run",
        "versions": {
            "pulumi": "3.259.0",
            "aws": "7.51.1",
            "program": "3f5556843e3fd5b2230aaece60cdfc6a94020662",
        },
        "verdict": {
            "code": 5,
            "text": "processing-status: hashKey is 'processing_id' and declared as 'sessionId', which would "
            f"replace it: its items would be lost; write the live one into {_SETTING}",
        },
        "warnings": [
            "the credentials are those of AdministratorAccess; reading needs no more than ReadOnlyAccess",
            "the stack's state holds no resources yet, and its secrets provider is a passphrase",
        ],
        "coverage": {
            "declared": len(resources),
            "adopted": 0,
            "found": found,
            "unmanaged": len(unmanaged),
            "hidden": 5,
            "percent": found * 100 // (found + len(unmanaged)),
        },
        "resources": resources,
        "unmanaged": unmanaged,
        "unlisted": {
            "aws:sns/topic:Topic": "sns:ListTopics is refused (AccessDenied)",
            "aws:kms/key:Key": "kms:ListKeys is refused (AccessDenied)",
        },
        "differences": _differences(),
        "next": [
            f"processing-status.hashKey: write the live one into {_SETTING}",
            "orchestrator.path: write the live one into path of orchestrator in the program",
            "Decide in .adopt/production/mapping.yaml which user pool is operators.",
            "Decide there whether the three queue policies are to be created.",
            "Get sqs:GetQueueAttributes on the compliance queue.",
            "./tms adopt run --stack production",
        ],
    }


def huge(resources: int, unmanaged: int) -> dict[str, Any]:
    """Give a report of so many resources, most of them found, and so many that nothing declares."""
    kinds = ("aws:sqs/queue:Queue", "aws:s3/bucket:Bucket", "aws:iam/role:Role", "aws:sns/topic:Topic")
    statuses = ("found",) * 17 + ("absent", "unknown", "ambiguous")
    urn = "urn:pulumi:production::estate::estate:index:Platform$"
    return {
        **example(),
        "resources": [
            _resource(
                f"{urn}{kinds[n % 4]}::resource-{n}", status=statuses[n % 20], detail="as the listing says"
            )
            for n in range(resources)
        ],
        "unmanaged": [
            {"type": kinds[n % 4], "name": f"left-behind-{n}", "owner": ""} for n in range(unmanaged)
        ],
    }
