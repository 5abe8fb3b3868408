"""The agents' own declarations: `deployment/<agent>/agentcore.yaml`, one per agent of the stack.

What an agent is lies in its own file, the same for every stack; where it runs (role, runtime, log group,
repository, memory) lies in the stack file. Both are held against each other here.
"""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from components.naming import Naming
from components.settings import refusals, yamlfile
from components.settings.agentcore import OWN_VARIABLES, VARIABLES, Declaration
from components.settings.models import Agent, Model
from components.settings.refusals import Refusal
from components.settings.settings import Settings

FOLDER = "deployment"
NAME = "agentcore.yaml"

_REFERENCE = re.compile(r"\$\{([^}]*)\}")


def read_all(agents: Mapping[str, Any], folder: Path) -> tuple[dict[str, Declaration], list[str]]:
    """Read the declaration of each agent.

    Args:
        agents: The stack's agents by logical name.
        folder: The project, in which `deployment/` lies.

    Returns:
        The declarations that are right by themselves, and a line for each refusal of the others.
    """
    right: dict[str, Declaration] = {}
    lines: list[str] = []
    for agent in agents:
        file = f"{FOLDER}/{agent}/{NAME}"
        try:
            right[agent] = Declaration.model_validate(_content((folder / file).read_text(encoding="utf-8")))
        except FileNotFoundError:
            lines.append(f"{file}: is missing; write it, the stack has an agent of that name")
        except OSError as error:
            lines.append(f"{file}: cannot be read ({error.strerror}); it must be a file that you may read")
        except UnicodeDecodeError as error:
            lines.append(f"{file}: is not YAML: {error}")
        except yamlfile.UnreadableError as error:
            lines.append(f"{file}: {error}")
        except ValidationError as failure:
            lines += [f"{file}: {line}" for line in refusals.lines(failure, Declaration)]
    return right, lines


def _content(text: str) -> dict[Any, Any]:
    content = yamlfile.read(text)
    if content is None:
        raise yamlfile.UnreadableError("is empty; write the agent's keys (docs/agents.md)")
    if not isinstance(content, dict):
        value = refusals.display(content)
        raise yamlfile.UnreadableError(f"{value} is refused; allowed is a mapping of keys (docs/agents.md)")
    return content


def against_stack(settings: Settings, declared: Mapping[str, Declaration]) -> Iterator[str]:
    """Yield a line for each contradiction between a declaration and the stack.

    Args:
        settings: The stack's settings.
        declared: Declarations by agent.
    """
    for agent, declaration in declared.items():
        for refusal in _contradictions(agent, settings.agents[agent], declaration, settings):
            yield f"{FOLDER}/{agent}/{NAME}: {refusal.line(secret=False)}"


def _contradictions(agent: str, entry: Agent, declared: Declaration, settings: Settings) -> Iterator[Refusal]:
    if declared.name != agent:
        yield Refusal("name", f"allowed is {agent}, the name of its folder", declared.name)
    callable_ids = [called(model) for model in entry.models]
    if declared.model_id not in callable_ids:
        allowed = " or ".join(callable_ids) or "none"
        yield Refusal("model_id", f"the stack allows {allowed} (agents.{agent}.models)", declared.model_id)
    naming = Naming(settings.region, settings.account)
    role = f"arn:${{partition}}:iam::${{account}}:role/{entry.role_name}"
    if _filled(declared.execution_role_arn, naming) != naming.role(entry.role_name):
        allowed = f"allowed is {role}, the role that the stack makes for it (agents.{agent}.roleName)"
        yield Refusal("execution_role_arn", allowed, declared.execution_role_arn)
    if declared.memory != (entry.memory_id is not None):
        allowed = (
            f"the stack names {'a' if entry.memory_id else 'no'} memory for it (agents.{agent}.memoryId)"
        )
        yield Refusal("memory", allowed, declared.memory)
    if (
        declared.network_mode == "VPC"
        and settings.network is None
        and (entry.image_digest or declared.image_digest)
    ):
        allowed = "the stack has no network; write trade-matching-system:network in its file, or PUBLIC here"
        yield Refusal("network_mode", allowed, declared.network_mode)
    yield from _waits(agent, declared, settings)
    yield from _variables(declared, settings)


def called(model: Model) -> str:
    """Return the id that a model is called by."""
    return f"{model.profile}.{model.id}" if model.profile else model.id


def _filled(text: str, naming: Naming) -> str:
    return text.replace("${account}", naming.account).replace("${partition}", naming.partition)


def _waits(agent: str, declared: Declaration, settings: Settings) -> Iterator[Refusal]:
    """Check the timeout: a message that shows up again too early is worked on twice (SQS developer guide)."""
    for need in settings.needs(agent):
        takes = need.kind == "queue" and "sqs:ReceiveMessage" in need.actions
        queue = settings.queues.get(need.target) if takes else None
        if queue and declared.timeout > queue.visibility_timeout_seconds:
            yield Refusal(
                "timeout",
                f"allowed is up to {queue.visibility_timeout_seconds}, after which a message shows up again "
                f"(queues.{need.target}.visibilityTimeoutSeconds)",
                declared.timeout,
            )


def _variables(declared: Declaration, settings: Settings) -> Iterator[Refusal]:
    for key, value in declared.environment.items():
        path = f"environment.{key}"
        if key in OWN_VARIABLES:
            yield Refusal(path, "it is set from the declaration itself; leave it out", outcome="is refused")
        for name in _REFERENCE.findall(value):
            if name not in references(settings):
                allowed = refusals.suggestion(name, sorted(references(settings)))
                yield Refusal(path, f"${{{name}}} {allowed}", value)
    if len(declared.environment) > VARIABLES - len(OWN_VARIABLES):
        allowed = f"allowed is up to {VARIABLES - len(OWN_VARIABLES)}"
        yield Refusal("environment", allowed, outcome=f"{len(declared.environment)} variables are refused")


def references(settings: Settings) -> dict[str, str]:
    """Return what `${...}` stands for in an environment variable, by the name inside the braces."""
    naming = Naming(settings.region, settings.account)
    return {
        "account": settings.account,
        "documents": settings.documents.name,
        "region": settings.region,
        **{f"queues.{key}": naming.queue_url(queue.name) for key, queue in settings.queues.items()},
        **{f"tables.{key}": table.name for key, table in settings.tables.items()},
    }


def variables(declared: Declaration, entry: Agent, settings: Settings) -> dict[str, str]:
    """Return the environment variables of an agent's runtime.

    Args:
        declared: The agent's declaration.
        entry: Its entry in the stack.
        settings: All settings of the stack.

    Returns:
        Variables by name; what the declaration has no value for is left out.
    """
    names = references(settings)
    declared_values = {
        key: _REFERENCE.sub(lambda match: names[match[1]], value)
        for key, value in declared.environment.items()
    }
    computed_values = {
        "AWS_REGION": settings.region,
        "BEDROCK_MODEL_ID": declared.model_id,
        "SYSTEM_PROMPT": declared.system_prompt,
        "TOOLS": ",".join(declared.tools),
        "TEMPERATURE": f"{declared.temperature:g}",
        "TIMEOUT_SECONDS": str(declared.timeout),
        "AGENTCORE_MEMORY_ID": entry.memory_id or "",
    }
    return {**declared_values, **{key: value for key, value in computed_values.items() if value}}
