"""One minimal and one rich example of every type that the embedded AWS models, as properties on the wire.

Names and ARNs are computed, as the project's own program does; `{"ref": [NAME, OUTPUT]}` stands for what
only AWS can know of an earlier resource, `{"network": NAME}` for what is there before anything is made.
"""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from tests.support.engine import Engine

REGION = "eu-central-1"
ACCOUNT = "111111111111"
DEFAULT_TAGS = {"Team": "platform"}
QUEUE_URLS = f"https://sqs.{REGION}.amazonaws.com/{ACCOUNT}"
QUEUE_ARNS = f"arn:aws:sqs:{REGION}:{ACCOUNT}"
IAM = f"arn:aws:iam::{ACCOUNT}"


@dataclass(frozen=True)
class Case:
    """One resource.

    Attributes:
        type: Its type token.
        name: Its own name in the program.
        id: Its id, which is also what it is imported by, perhaps made of outputs: `{keyId}`; empty when it is
            what its ARN ends in.
        props: Its inputs.
        after: Names of resources that must be there before; they come earlier in the list.
        protect: Whether the engine guards it.
    """

    type: str
    name: str
    id: str
    props: dict[str, Any]
    after: tuple[str, ...] = ()
    protect: bool = False


def document(*actions: str, resource: object, principal: object = None, **elements: object) -> str:
    """A policy document of one statement."""
    principals = {"Principal": principal} if principal else {}
    statement = {"Effect": "Allow", "Action": list(actions), "Resource": resource, **principals, **elements}
    if resource is None:
        del statement["Resource"]
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]})


def trust(service: str, **elements: object) -> str:
    return document("sts:AssumeRole", resource=None, principal={"Service": service}, **elements)


PROGRAM = """
import json
from pathlib import Path
import pulumi


class Declared(pulumi.CustomResource):
    arn: pulumi.Output[str]
    keyId: pulumi.Output[str]
    agentRuntimeId: pulumi.Output[str]
    agentRuntimeVersion: pulumi.Output[str]


def given(value):
    if isinstance(value, list):
        return [given(item) for item in value]
    if isinstance(value, dict) and "ref" in value:
        return getattr(made[value["ref"][0]], value["ref"][1])
    return {name: given(item) for name, item in value.items()} if isinstance(value, dict) else value


made = {}
for case in json.loads((Path(__file__).parent / "cases.json").read_text()):
    made[case["name"]] = Declared(
        case["type"],
        case["name"],
        {**dict.fromkeys(Declared.__annotations__), **{name: given(value) for name, value in case["props"].items()}},
        pulumi.ResourceOptions(
            depends_on=[made[name] for name in case["after"]], protect=case["protect"], version="7.51.1"
        ),
    )
"""
"""Declares the cases that lie beside it, in their order."""


def project(folder: Path, name: str, cases: Sequence[Case], **config: object) -> Path:
    """Write a project that declares the cases, with stacks `one` and `two` of the same configuration.

    Args:
        folder: An empty folder.
        name: The project's name.
        cases: What it declares; may be written again with `declare`.
        config: More provider configuration, or other than the usual.

    Returns:
        The folder.
    """
    settings = {
        "region": REGION,
        "allowedAccountIds": [ACCOUNT],
        "defaultTags": {"tags": DEFAULT_TAGS},
        **config,
    }
    stack = json.dumps({"config": {f"aws:{key}": value for key, value in settings.items()}})
    (folder / "Pulumi.yaml").write_text(f"name: {name}\nruntime: python\n")
    for stack_name in ("one", "two"):
        (folder / f"Pulumi.{stack_name}.yaml").write_text(stack)
    (folder / "__main__.py").write_text(PROGRAM)
    declare(folder, cases)
    return folder


def declare(folder: Path, cases: Sequence[Case]) -> None:
    """Write what a project declares.

    Args:
        folder: The project.
        cases: The resources.
    """
    (folder / "cases.json").write_text(json.dumps([asdict(case) for case in cases]))


def steps(engine: Engine, folder: Path, *arguments: str) -> dict[str, Any]:
    """The steps that a preview of stack `one` plans, by resource name."""
    output = engine.succeed("-C", str(folder), "preview", "--stack", "one", "--json", *arguments)
    return {s["urn"].rpartition("::")[2]: s for s in json.loads(output[output.index("{") :])["steps"]}
