"""What agents may be asked to do, and what comes out of it by the grants alone.

Nothing here is read from the permission matrix or from a policy document: ARNs are spelled anew, and what is
expected is said of logical names. The judges say the same of the documents, or one of the two is wrong.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from components import grants
from components.grants import GRANTS, KINDS, Kind, Need
from components.settings import Model, Settings

WHOLE = "*"
LISTING = "s3:ListBucket"
MEASURE = "cloudwatch:PutMetricData"
SIGN_IN = "ecr:GetAuthorizationToken"
USE_KEY = ("kms:Decrypt", "kms:GenerateDataKey")
OPEN = {SIGN_IN, MEASURE, *grants.TRACE}
"""Actions that know no resources."""
NOBODYS = (
    *(
        "s3:DeleteObject",
        "s3:GetObjectVersion",
        "s3:PutBucketPolicy",
        "sqs:PurgeQueue",
        "sqs:SetQueueAttributes",
    ),
    *("dynamodb:DeleteItem", "dynamodb:DeleteTable", "dynamodb:BatchWriteItem", "kms:ScheduleKeyDeletion"),
    *(
        "ecr:PutImage",
        "logs:DeleteLogGroup",
        "bedrock-agentcore:DeleteMemory",
        "bedrock:DeleteInferenceProfile",
    ),
)
"""Actions that nobody needs, beside those that somebody does."""
GRANTED = {
    *(action for needs in GRANTS.values() for need in needs for action in need.actions),
    *(
        *grants.INVOKE_MODEL,
        *grants.USE_MEMORY,
        *grants.WRITE_LOGS,
        *grants.PULL_IMAGE,
        *USE_KEY,
        *OPEN,
        LISTING,
    ),
}
ACTIONS = (*sorted(GRANTED), *NOBODYS)
_REGIONS = {"us": ("us-east-1", "us-east-2", "us-west-2"), "global": ("us-east-1", "")}
_SUFFIX = "AbCdE12345"
_KINDS = {"s3": "prefix", "dynamodb": "table", "sqs": "queue"}


@dataclass(frozen=True)
class Thing:
    """One thing that exists, or a way of asking for it.

    Attributes:
        kind: The kind of a need, or what stands beside those.
        target: Its logical name; of what belongs to a runtime, the agent's.
        arn: Its ARN, without wildcards.
        context: Context keys of a request for it.
    """

    kind: str
    target: str
    arn: str
    context: Mapping[str, str] = field(default_factory=dict[str, str])


def things(settings: Settings) -> Iterator[Thing]:
    """Give all that any agent has to do with, and the dead-letter queues, which are nobody's."""
    yield from _stores(settings)
    yield from _queues(settings)
    yield from _runtimes(settings)
    yield from _models(settings)
    yield from _keys(settings)
    yield Thing("whole", "", WHOLE)
    for namespace in (grants.METRICS_NAMESPACE, "AWS/SQS"):
        yield Thing("metrics", namespace, WHOLE, {"cloudwatch:namespace": namespace})


def _regional(settings: Settings, service: str, rest: str) -> str:
    return f"arn:aws:{service}:{settings.region}:{settings.account}:{rest}"


def _stores(settings: Settings) -> Iterator[Thing]:
    bucket = f"arn:aws:s3:::{settings.documents.name}"
    for name, prefix in settings.documents.prefixes.items():
        yield Thing("prefix", name, f"{bucket}/{prefix.path}2026/x.json")
        yield Thing("listing", name, bucket, {"s3:prefix": prefix.path})
    yield Thing("listing", "", bucket)
    yield Thing("listing", "", bucket, {"s3:prefix": ""})
    yield Thing("listing", "", f"arn:aws:s3:::{settings.audit.name}")
    for name, table in settings.tables.items():
        yield Thing("table", name, _regional(settings, "dynamodb", f"table/{table.name}"))
        for index in table.indexes:
            yield Thing("index", name, _regional(settings, "dynamodb", f"table/{table.name}/index/{index}"))


def _queues(settings: Settings) -> Iterator[Thing]:
    for name, queue in settings.queues.items():
        yield Thing("queue", name, _regional(settings, "sqs", queue.name))
        yield Thing("dead-letter", name, _regional(settings, "sqs", queue.dead_letter_name))


def _runtimes(settings: Settings) -> Iterator[Thing]:
    for name, agent in settings.agents.items():
        runtime = _regional(settings, "bedrock-agentcore", f"runtime/{agent.runtime_name}-{_SUFFIX}")
        yield Thing("agent", name, runtime)
        own = f"/aws/bedrock-agentcore/runtimes/{agent.runtime_name}-{_SUFFIX}"
        for endpoint in ("live", "DEFAULT"):
            yield Thing("agent", name, f"{runtime}/runtime-endpoint/{endpoint}")
        for group in (agent.log_group, f"{own}-live", f"{own}-DEFAULT"):
            yield Thing("logs", name, _regional(settings, "logs", f"log-group:{group}:log-stream:run"))
        yield Thing("image", name, _regional(settings, "ecr", f"repository/{agent.repository}"))
        if agent.memory_id:
            yield Thing("memory", name, _regional(settings, "bedrock-agentcore", f"memory/{agent.memory_id}"))


def _arns_of(model: Model, settings: Settings) -> Iterator[str]:
    if model.profile:
        yield _regional(settings, "bedrock", f"inference-profile/{model.profile}.{model.id}")
    for region in _REGIONS.get(model.profile or "", (settings.region,)):
        yield f"arn:aws:bedrock:{region}::foundation-model/{model.id}"


def _models(settings: Settings) -> Iterator[Thing]:
    every = [
        arn for agent in settings.agents.values() for one in agent.models for arn in _arns_of(one, settings)
    ]
    yield from (Thing("models", "", arn) for arn in dict.fromkeys(every))


def _keys(settings: Settings) -> Iterator[Thing]:
    chosen = settings.encryption
    for service, key in (("s3", chosen.buckets), ("dynamodb", chosen.tables), ("sqs", chosen.queues)):
        if key.startswith("arn:"):
            yield Thing("key", "", key)
            for through in ("s3", "dynamodb", "sqs", "secretsmanager"):
                context = {"kms:ViaService": f"{through}.{settings.region}.amazonaws.com"}
                yield Thing("key", service if through == service else "", key, context)


def needs(agent: str, settings: Settings) -> list[Need]:
    """Give the needs of an agent that the settings have a target for, and those that the settings add."""
    held = settings.documents.prefixes
    common = [need for need in GRANTS[agent] if not (need.optional and need.target not in held)]
    added: list[Need] = []
    for one in settings.agents[agent].grants:
        given: dict[Kind, str | None] = {kind: getattr(one, kind) for kind in KINDS}
        added += [
            Need(kind, target, tuple(one.actions), one.reason) for kind, target in given.items() if target
        ]
    return common + added


def pairs(settings: Settings) -> list[tuple[str, Thing]]:
    """Give every action with every thing; actions that know no resources only with all there is."""
    every = list(things(settings))
    return [
        (action, thing) for action in ACTIONS for thing in every if (action in OPEN) == (thing.arn == WHOLE)
    ]


def granted(agent: str, action: str, thing: Thing, settings: Settings) -> bool:
    """Say whether an agent may do something, by its grants and by what every runtime gets."""
    if action in OPEN:
        return action != MEASURE or thing.target == grants.METRICS_NAMESPACE
    mine = needs(agent, settings)
    if thing.kind == "listing":
        return action == LISTING and any((one.kind, one.target) == ("prefix", thing.target) for one in mine)
    if thing.kind == "key":
        return action in USE_KEY and any(one.kind == _KINDS.get(thing.target) for one in mine)
    if thing.kind == "models":
        arns = [arn for one in settings.agents[agent].models for arn in _arns_of(one, settings)]
        return action in grants.INVOKE_MODEL and thing.arn in arns
    own = {"logs": grants.WRITE_LOGS, "image": grants.PULL_IMAGE, "memory": grants.USE_MEMORY}
    if thing.kind in own:
        return thing.target == agent and action in own[thing.kind]
    return any(_covers(one, action, thing) for one in mine)


def _covers(need: Need, action: str, thing: Thing) -> bool:
    if thing.kind == "index":
        queries = {"dynamodb:Query", "dynamodb:Scan"} & set(need.actions)
        return (
            bool(queries) and (need.kind, need.target) == ("table", thing.target) and action in need.actions
        )
    return (need.kind, need.target) == (thing.kind, thing.target) and action in need.actions
