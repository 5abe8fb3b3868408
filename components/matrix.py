"""The permission matrix: what each agent may do to what, and why, with the settings of one stack.

    python -m components.matrix STACK

prints it as JSON. The roles' policy documents are these cells and nothing else (`components.statements`), so
that what is reviewed here is what is in force.
"""

import json
import sys
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path

from components import grants
from components.grants import Need
from components.naming import Naming
from components.settings import Agent, Settings, SettingsError, read
from components.settings.declarations import called
from components.settings.fields import KEY_ARN

ROOT = Path(__file__).resolve().parents[1]
Conditions = Mapping[str, Mapping[str, str | list[str]]]
EVERYTHING = "*"
NO_ACCOUNT = "000000000000"
"""The account in ARNs of a stack whose file has none yet."""
_USE_KEY = ("kms:Decrypt", "kms:GenerateDataKey")
_SERVICES = {"prefix": "s3", "table": "dynamodb", "queue": "sqs"}


@dataclass(frozen=True, slots=True)
class Cell:
    """Some actions of one agent on one target.

    Attributes:
        agent: The agent's logical name.
        kind: What `target` is: the kind of a need, or a part of what every runtime needs.
        target: A logical name of the settings; the agent's own for what belongs to its runtime.
        name: The physical name, or what stands for it where there is none.
        resources: ARNs or ARN patterns; `*` where the actions know no resources.
        actions: Exact IAM actions.
        reason: Why.
        sid: Id of the statement that the cell is compiled to.
        conditions: Condition operators with their keys and values, all of which must hold.
    """

    agent: str
    kind: str
    target: str
    name: str
    resources: tuple[str, ...]
    actions: tuple[str, ...]
    reason: str
    sid: str
    conditions: Conditions = field(default_factory=dict[str, Mapping[str, str | list[str]]])


def sid(*labels: str) -> str:
    """Return a statement id: letters and digits only, as IAM wants it."""
    parts = (part for label in labels for part in label.replace("_", "-").split("-"))
    return "".join(part[:1].upper() + part[1:] for part in parts)


def of(agent: str, settings: Settings, naming: Naming) -> tuple[Cell, ...]:
    """Return the cells of one agent."""
    needed = settings.needs(agent)
    entry = settings.agents[agent]
    added = len(needed) - len(entry.grants)
    return (
        *(_cell(agent, need, settings, naming) for need in needed[:added]),
        *(_cell(agent, need, settings, naming, "Also") for need in needed[added:]),
        *_listing(agent, needed, settings, naming),
        *_models(agent, entry, naming),
        *_memory(agent, entry, naming),
        *_keys(agent, needed, settings, naming),
        *_runtime(agent, entry, naming),
    )


def matrix(settings: Settings) -> tuple[Cell, ...]:
    """Return the cells of all agents."""
    naming = Naming(settings.region, settings.account)
    return tuple(cell for agent in settings.agents for cell in of(agent, settings, naming))


def _cell(agent: str, need: Need, settings: Settings, naming: Naming, *before: str) -> Cell:
    name, resources = _resources(need, settings, naming)
    verb = need.actions[0].partition(":")[2]
    label = sid(*before, verb, need.target)
    return Cell(agent, need.kind, need.target, name, resources, need.actions, need.reason, label)


def _resources(need: Need, settings: Settings, naming: Naming) -> tuple[str, tuple[str, ...]]:
    """Return the physical name and the ARNs behind a need's logical name."""
    if need.kind == "prefix":
        bucket, path = settings.documents.name, settings.documents.prefixes[need.target].path
        return f"{bucket}/{path}", (naming.objects(bucket, path),)
    if need.kind == "table":
        table = settings.tables[need.target]
        queried = {"dynamodb:Query", "dynamodb:Scan"} & set(need.actions)
        indexed = bool((table.indexes or table.local_indexes) and queried)
        indexes = (naming.indexes(table.name),) if indexed else ()
        return table.name, (naming.table(table.name), *indexes)
    if need.kind == "queue":
        queue = settings.queues[need.target].name
        return queue, (naming.queue(queue),)
    runtime = settings.agents[need.target].runtime_name
    return runtime, naming.runtime(runtime)


def _listing(agent: str, needed: list[Need], settings: Settings, naming: Naming) -> Iterator[Cell]:
    """Yield the listing, limited to the agent's own prefixes."""
    paths = [settings.documents.prefixes[need.target].path for need in needed if need.kind == "prefix"]
    if paths:
        bucket = settings.documents.name
        arns, actions = (naming.bucket(bucket),), ("s3:ListBucket",)
        reason = "lists its own prefixes; without it a missing object reads as forbidden"
        limit = {"StringLike": {"s3:prefix": sorted(f"{path}*" for path in paths)}}
        label = "ListOwnPrefixes"
        yield Cell(agent, "listing", "documents", bucket, arns, actions, reason, label, conditions=limit)


def _models(agent: str, entry: Agent, naming: Naming) -> Iterator[Cell]:
    arns = tuple(arn for model in entry.models for arn in naming.models(model.id, model.profile))
    if arns:
        names = ", ".join(called(model) for model in entry.models)
        reason = "asks its models, in each region that their profiles route to"
        yield Cell(agent, "models", agent, names, arns, grants.INVOKE_MODEL, reason, "InvokeModels")


def _memory(agent: str, entry: Agent, naming: Naming) -> Iterator[Cell]:
    if entry.memory_id is not None:
        arns = (naming.memory(entry.memory_id),)
        reason = "keeps and recalls what it was told"
        yield Cell(agent, "memory", agent, entry.memory_id, arns, grants.USE_MEMORY, reason, "UseMemory")


def _keys(agent: str, needed: list[Need], settings: Settings, naming: Naming) -> Iterator[Cell]:
    """Yield the use of customer keys, through the service that encrypts with them and no other way."""
    used: dict[str, set[str]] = {}
    for need in needed:
        if need.kind == "table":
            key = settings.tables[need.target].encryption or settings.encryption.tables
        elif need.kind == "prefix":
            key = settings.documents.encryption or settings.encryption.buckets
        else:
            key = settings.encryption.queues
        if need.kind in _SERVICES and KEY_ARN.fullmatch(key):
            used.setdefault(_SERVICES[need.kind], set()).add(key)
    for service, keys in sorted(used.items()):
        arns, name = tuple(sorted(keys)), f"keys of {service}"
        reason = f"reads and writes what is encrypted, through {service} only"
        label = sid("UseKeyThrough", service)
        through = {"StringEquals": {"kms:ViaService": naming.service_in_region(service)}}
        yield Cell(agent, "key", service, name, arns, _USE_KEY, reason, label, conditions=through)


def _runtime(agent: str, entry: Agent, naming: Naming) -> Iterator[Cell]:
    """Yield what the runtime itself needs; three of its parts have actions that know no resources."""
    groups = (entry.log_group, f"/aws/bedrock-agentcore/runtimes/{entry.runtime_name}-*")
    logs = tuple(naming.log_group(group) for group in groups)
    image = (naming.repository(entry.repository),)
    whole = (EVERYTHING,)
    sign_in = ("ecr:GetAuthorizationToken",)
    measure = ("cloudwatch:PutMetricData",)
    parts = (
        ("logs", ", ".join(groups), logs, grants.WRITE_LOGS, "writes its own logs", "WriteOwnLogs"),
        ("image", entry.repository, image, grants.PULL_IMAGE, "starts from its own image", "PullOwnImage"),
        ("registry", EVERYTHING, whole, sign_in, "signs in to the registry", "LogInToRegistry"),
        ("trace", EVERYTHING, whole, grants.TRACE, "is traced", "Trace"),
    )
    for kind, name, resources, actions, reason, label in parts:
        yield Cell(agent, kind, agent, name, resources, actions, reason, label)
    namespace = {"StringEquals": {"cloudwatch:namespace": grants.METRICS_NAMESPACE}}
    reason = "publishes metrics of one namespace"
    yield Cell(
        agent, "metrics", agent, EVERYTHING, whole, measure, reason, "PublishMetrics", conditions=namespace
    )


def main() -> int:
    """Print the matrix of the stack that the command line names; 2 and one line each if it cannot be read."""
    try:
        cells = matrix(read(sys.argv[1], ROOT, NO_ACCOUNT))
    except SettingsError as refused:
        sys.stderr.write(f"{refused}\n")
        return 2
    sys.stdout.write(json.dumps([asdict(cell) for cell in cells], indent=1) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
