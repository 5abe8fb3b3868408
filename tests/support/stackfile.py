"""Stack files as tests see them, and the resources that the program registers for one."""

import copy
import json
import runpy
import shutil
from collections.abc import Generator, Mapping
from contextlib import chdir, contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pulumi
import yaml
from pulumi.runtime import settings as engine_settings
from pulumi.runtime.proto.resource_pb2 import RegisterResourceOutputsRequest, RegisterResourceRequest

from components.settings import Settings
from components.settings.load import assemble
from components.settings.stackfile import config_of

ROOT = Path(__file__).resolve().parents[2]
PROJECT = "trade-matching-system"
ACCOUNT = "123456789012"
STACK = "pulumi:pulumi:Stack"


def stack_config(stack: str) -> dict[str, Any]:
    """Return the config of a stack with what it takes from its base, production's with an account filled in.

    The caller may change it.
    """
    return {**copy.deepcopy(_parsed(stack)), "aws:allowedAccountIds": [ACCOUNT]}


@cache
def _parsed(stack: str) -> dict[str, Any]:
    """Return the config of a stack; YAML is slow to parse, and half of the tests begin with it."""
    return dict(config_of(stack, ROOT).values)


def changed(config: dict[str, Any], path: str, value: object) -> dict[str, Any]:
    """Give a copy of a config with one value replaced; `...` removes it.

    The path is the project's key and the steps inside it: `tables.bank-trades.name`.
    """
    result = copy.deepcopy(config)
    first, *inside = path.split(".")
    steps = [first if ":" in first else f"{PROJECT}:{first}", *inside]
    holder: Any = result
    for step in steps[:-1]:
        holder = holder[int(step) if step.isdigit() else step]
    last = steps[-1]
    if value is ...:
        del holder[last]
    else:
        holder[last] = value
    return result


DIGEST = f"sha256:{'ab' * 32}"
NETWORK = {
    "name": "trade-matching-system",
    "vpcId": "vpc-0123456789abcdef0",
    "subnetIds": ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"],
    "routeTableIds": ["rtb-0123456789abcdef0"],
}


MEMORY = "TradeMatchingMemory-AbCdE12345"
READER = "210987654321"
"""Another account, which may read reports."""


def everything(stack: str) -> dict[str, Any]:
    """Give the config of a stack with all that is optional switched on; `project_of` has its declarations."""
    config = stack_config(stack)
    for agent in config[f"{PROJECT}:agents"].values():
        agent |= {"imageDigest": DIGEST, "memoryId": MEMORY}
    documents = config[f"{PROJECT}:documents"]
    documents["prefixes"]["decisions"] = {"path": "decisions/", "glacierAfterDays": 180}
    documents["crossAccountReaders"] = [{"accountId": READER, "prefix": "reports"}]
    told = ["trade-desk@example.com", "owner@example.com"]
    config[f"{PROJECT}:observability"] |= {"logKey": "stack-key", "emails": told, "defaultEndpointLogs": True}
    config[f"{PROJECT}:auditTrail"]["tableEvents"] = "all"
    config[f"{PROJECT}:cost"]["notify"] = told
    own = dict.fromkeys(("tables", "buckets", "queues", "images"), "stack-key")
    return {**config, f"{PROJECT}:network": NETWORK, f"{PROJECT}:encryption": own}


@contextmanager
def project_of(config: Mapping[str, Any]) -> Generator[Path]:
    """Give a folder with declarations that fit a config: this project, or a copy in which agents have memory."""
    with TemporaryDirectory() as folder:
        if remembering(config):
            shutil.copytree(ROOT / "deployment", Path(folder) / "deployment")
            declare_memory(Path(folder), config)
        yield Path(folder) if remembering(config) else ROOT


def remembering(config: Mapping[str, Any]) -> list[str]:
    """Give the agents that a config names a memory for."""
    agents = config.get(f"{PROJECT}:agents")
    held = agents if isinstance(agents, dict) else {}
    return [key for key, agent in held.items() if isinstance(agent, dict) and agent.get("memoryId")]


def declare_memory(folder: Path, config: Mapping[str, Any]) -> None:
    """Have the declarations in a folder's copy of `deployment/` say what a config says of memory."""
    for agent in remembering(config):
        file = folder / "deployment" / agent / "agentcore.yaml"
        file.write_text(f"{file.read_text()}memory: true\n")


def assembled(config: Mapping[str, Any]) -> Settings:
    """Give the settings of a config, with declarations that fit it."""
    with project_of(config) as folder:
        return assemble(config, "f", folder)


def stack_file(folder: Path, config: Mapping[str, Any]) -> str:
    """Write a stack file for `--config-file` and give its path."""
    path = folder / "Pulumi.changed.yaml"
    path.write_text(yaml.safe_dump({"config": dict(config)}, sort_keys=False))
    return str(path)


@dataclass
class Recorder(pulumi.runtime.Mocks):
    """Takes every input as it is and remembers what was registered."""

    seen: list[pulumi.runtime.MockResourceArgs] = field(default_factory=list[pulumi.runtime.MockResourceArgs])

    def new_resource(self, args: pulumi.runtime.MockResourceArgs) -> tuple[str | None, dict[str, Any]]:
        """Remember a resource and give its inputs back, with an ARN as AWS would."""
        self.seen.append(args)
        made = {"arn": f"arn:of:{args.name}", "url": f"url-of-{args.name}"}
        if args.typ.endswith(":AgentcoreAgentRuntime"):
            made |= {"agentRuntimeId": f"{args.name}-id", "agentRuntimeArn": made["arn"]}
        return f"{args.name}-id", {**args.inputs, **made}

    def call(self, args: pulumi.runtime.MockCallArgs) -> tuple[dict[str, Any], list[tuple[str, str]] | None]:
        """Refuse invokes: the program must not need any."""
        raise AssertionError(f"the program invoked {args.token}")


class Monitor(pulumi.runtime.mocks.MockMonitor):
    """Remembers what the program asked of the engine, resource options and outputs included.

    Attributes:
        requests: Every registration by URN, in order.
        outputs: Names of the registered outputs by URN.
    """

    def __init__(self, mocks: pulumi.runtime.Mocks, stack: str) -> None:
        """Answer with mocks, for a stack of this project."""
        super().__init__(mocks)
        self.stack = stack
        self.requests: dict[str, RegisterResourceRequest] = {}
        self.outputs: dict[str, set[str]] = {}

    def make_urn(self, parent: str, type_: str, name: str) -> str:
        """Spell a URN as the engine does: with the types of all parents but the stack; mocks keep one only."""
        chain = "" if not parent or f"::{STACK}::" in parent else f"{parent.split('::')[2]}$"
        return f"urn:pulumi:{self.stack}::{PROJECT}::{chain}{type_}::{name}"

    def RegisterResource(self, request: RegisterResourceRequest) -> Any:  # noqa: N802, ANN401 the protocol's name and type
        """Remember a registration; the stack itself is the runtime's, made once for all runs of a process."""
        if request.type != STACK:
            self.requests[self.make_urn(request.parent, request.type, request.name)] = request
        return super().RegisterResource(request)

    def RegisterResourceOutputs(self, request: RegisterResourceOutputsRequest) -> Any:  # noqa: N802, ANN401 as above
        """Remember which outputs a component, or the stack, declares."""
        self.outputs[request.urn] = set(request.outputs)
        return super().RegisterResourceOutputs(request)


def run_program(config: dict[str, Any], stack: str = "production") -> tuple[Recorder, Monitor]:
    """Run the whole program under mocks and give those who watched it."""
    recorder = Recorder()
    monitor = Monitor(recorder, stack)
    pulumi.runtime.set_mocks(recorder, project=PROJECT, stack=stack, preview=False, monitor=monitor)
    texts = {key: one if isinstance(one, str) else json.dumps(one) for key, one in config.items()}
    pulumi.runtime.set_all_config(texts)

    @pulumi.runtime.test
    def run() -> None:
        runpy.run_path(str(ROOT / "__main__.py"), run_name="__main__")

    try:
        with project_of(config) as folder, chdir(folder):
            run()
    finally:
        pulumi.runtime.set_all_config({})
        engine_settings.reset_options()
    return recorder, monitor


@cache
def _ran(text: str, stack: str) -> tuple[Recorder, Monitor]:
    return run_program(json.loads(text), stack)


def ran(config: dict[str, Any], stack: str = "production") -> tuple[Recorder, Monitor]:
    """Return what `run_program` returns, of one run for all tests that ask for the same config."""
    return _ran(json.dumps(config), stack)


def registered(config: dict[str, Any], stack: str = "production") -> list[pulumi.runtime.MockResourceArgs]:
    """Return what the program registers under mocks, in order; one run serves all tests with the same config."""
    return list(ran(config, stack)[0].seen)
