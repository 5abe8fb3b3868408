"""Examples of the rules of `iam_trust`."""

from tms_policies.examples.documents import document, role
from tms_policies.examples.model import UNKNOWN, Declared, Example, case

_ACCOUNT = "123456789012"
_QUEUE = f"arn:aws:sqs:us-east-1:{_ACCOUNT}:trades"
_RUNTIMES = f"arn:aws:bedrock-agentcore:us-east-1:{_ACCOUNT}:*"


def _trust(service: str, **condition: object) -> dict[str, object]:
    statement: dict[str, object] = {
        "Effect": "Allow",
        "Principal": {"Service": service},
        "Action": "sts:AssumeRole",
    }
    return statement | ({"Condition": condition} if condition else {})


def _agents(arn: str) -> dict[str, object]:
    return _trust(
        "bedrock-agentcore.amazonaws.com",
        StringEquals={"aws:SourceAccount": _ACCOUNT},
        ArnLike={"aws:SourceArn": arn},
    )


def _queue_policy(principal: object) -> Declared:
    statement = {"Effect": "Allow", "Principal": principal, "Action": "sqs:SendMessage", "Resource": _QUEUE}
    declared = principal != {"AWS": UNKNOWN}
    value = document(statement) if declared else {"Version": "2012-10-17", "Statement": [statement]}
    props = {"queueUrl": "trades", "policy": value}
    return Declared("sqs/queuePolicy:QueuePolicy", props, name="trades-policy")


EXAMPLES = (
    Example(
        "iam-role-confused-deputy",
        good=case(role(_agents(_RUNTIMES))),
        bad=case(
            role(_agents("*")),
            says="trusts bedrock-agentcore.amazonaws.com without a fixed aws:SourceArn",
        ),
        missing=case(
            role(_trust("bedrock-agentcore.amazonaws.com")),
            says="trusts bedrock-agentcore.amazonaws.com without a fixed aws:SourceAccount",
        ),
        unknown=case(role(assumeRolePolicy={"Statement": [_agents(UNKNOWN)]})),
        config=case(
            role(_trust("scheduler.amazonaws.com"), name="reporting"),
            exemptServices=["scheduler.amazonaws.com"],
        ),
    ),
    Example(
        "iam-policy-public-principal",
        good=case(_queue_policy({"AWS": f"arn:aws:iam::{_ACCOUNT}:role/matching"})),
        bad=case(
            _queue_policy("*"),
            says='policy of trades-policy, statement 0 allows everybody (Principal "*")',
        ),
        missing=case(Declared("sqs/queuePolicy:QueuePolicy", {"queueUrl": "trades"}, name="trades-policy")),
        unknown=case(_queue_policy({"AWS": UNKNOWN}), says="cannot be proven at preview"),
    ),
)
