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
from components.settings import problems, yamlfile
from components.settings.agentcore import OWN_VARIABLES, VARIABLES, Declaration
from components.settings.models import Agent, Model, Settings
from components.settings.problems import Problem

FOLDER = "deployment"
NAME = "agentcore.yaml"

_REFERENCE = re.compile(r"\$\{([^}]*)\}")


def read_all(agents: Mapping[str, Any], folder: Path) -> tuple[dict[str, Declaration], list[str]]:
    """Read the declaration of each agent.

    Args:
        agents: The stack's agents by logical name.
        folder: The project, in which `deployment/` lies.

    Returns:
        The declarations that are right by themselves, and a line for each problem of the others.
    """
    right: dict[str, Declaration] = {}
    found: list[str] = []
    for agent in agents:
        file = f"{FOLDER}/{agent}/{NAME}"
        try:
            right[agent] = Declaration.model_validate(_content((folder / file).read_text(encoding="utf-8")))
        except FileNotFoundError:
            found.append(f"{file}: is missing; write it, the stack has an agent of that name")
        except OSError as error:
            found.append(f"{file}: cannot be read ({error.strerror}); it must be a file that you may read")
        except UnicodeDecodeError as error:
            found.append(f"{file}: is not YAML: {error}")
        except yamlfile.UnreadableError as error:
            found.append(f"{file}: {error}")
        except ValidationError as failure:
            found += [f"{file}: {line}" for line in problems.lines(failure, "", Declaration, secret=False)]
    return right, found


def _content(text: str) -> dict[Any, Any]:
    content = yamlfile.read(text)
    if content is None:
        raise yamlfile.UnreadableError("is empty; write the agent's keys (docs/agents.md)")
    if not isinstance(content, dict):
        what = problems.shown(content)
        raise yamlfile.UnreadableError(f"{what} is refused; allowed is a mapping of keys (docs/agents.md)")
    return content


def against_stack(settings: Settings, declared: Mapping[str, Declaration]) -> Iterator[str]:
    """Give a line for each contradiction between a declaration and the stack.

    Args:
        settings: The stack's settings.
        declared: Declarations by agent.
    """
    for agent, declaration in declared.items():
        for problem in _contradictions(agent, settings.agents[agent], declaration, settings):
            yield f"{FOLDER}/{agent}/{NAME}: {problem.line(secret=False)}"


def _contradictions(agent: str, own: Agent, declared: Declaration, settings: Settings) -> Iterator[Problem]:
    if declared.name != agent:
        yield Problem("name", f"allowed is {agent}, the name of its folder", declared.name)
    callable_ids = [called(one) for one in own.models]
    if declared.model_id not in callable_ids:
        allowed = " or ".join(callable_ids) or "none"
        yield Problem("model_id", f"the stack allows {allowed} (agents.{agent}.models)", declared.model_id)
    naming = Naming(settings.region, settings.account)
    role = f"arn:${{partition}}:iam::${{account}}:role/{own.role_name}"
    if _filled(declared.execution_role_arn, naming) != naming.role(own.role_name):
        why = f"allowed is {role}, the role that the stack makes for it (agents.{agent}.roleName)"
        yield Problem("execution_role_arn", why, declared.execution_role_arn)
    if declared.memory != (own.memory_id is not None):
        why = f"the stack names {'a' if own.memory_id else 'no'} memory for it (agents.{agent}.memoryId)"
        yield Problem("memory", why, declared.memory)
    if (
        declared.network_mode == "VPC"
        and settings.network is None
        and (own.image_digest or declared.image_digest)
    ):
        why = "the stack has no network; write trade-matching-system:network in its file, or PUBLIC here"
        yield Problem("network_mode", why, declared.network_mode)
    yield from _waits(agent, declared, settings)
    yield from _variables(declared, settings)


def called(model: Model) -> str:
    """Give the id that a model is called by."""
    return f"{model.profile}.{model.id}" if model.profile else model.id


def _filled(text: str, naming: Naming) -> str:
    return text.replace("${account}", naming.account).replace("${partition}", naming.partition)


def _waits(agent: str, declared: Declaration, settings: Settings) -> Iterator[Problem]:
    """A message that shows up again while it is still worked on is worked on twice (SQS developer guide)."""
    for need in settings.needs(agent):
        takes = need.kind == "queue" and "sqs:ReceiveMessage" in need.actions
        queue = settings.queues.get(need.target) if takes else None
        if queue and declared.timeout > queue.visibility_timeout_seconds:
            yield Problem(
                "timeout",
                f"allowed is up to {queue.visibility_timeout_seconds}, after which a message shows up again "
                f"(queues.{need.target}.visibilityTimeoutSeconds)",
                declared.timeout,
            )


def _variables(declared: Declaration, settings: Settings) -> Iterator[Problem]:
    for key, value in declared.environment.items():
        place = f"environment.{key}"
        if key in OWN_VARIABLES:
            yield Problem(place, "it is set from the declaration itself; leave it out", verdict="is refused")
        for name in _REFERENCE.findall(value):
            if name not in references(settings):
                why = problems.suggestion(name, sorted(references(settings)))
                yield Problem(place, f"${{{name}}} {why}", value)
    if len(declared.environment) > VARIABLES - len(OWN_VARIABLES):
        allowed = f"allowed is up to {VARIABLES - len(OWN_VARIABLES)}"
        yield Problem("environment", allowed, verdict=f"{len(declared.environment)} variables are refused")


def references(settings: Settings) -> dict[str, str]:
    """Give what `${...}` stands for in an environment variable, by the name inside the braces."""
    naming = Naming(settings.region, settings.account)
    return {
        "account": settings.account,
        "documents": settings.documents.name,
        "region": settings.region,
        **{f"queues.{key}": naming.queue_url(queue.name) for key, queue in settings.queues.items()},
        **{f"tables.{key}": table.name for key, table in settings.tables.items()},
    }


def variables(declared: Declaration, own: Agent, settings: Settings) -> dict[str, str]:
    """Give the environment variables of an agent's runtime.

    Args:
        declared: The agent's declaration.
        own: Its entry in the stack.
        settings: All settings of the stack.

    Returns:
        Variables by name; what the declaration has no value for is left out.
    """
    known = references(settings)
    given = {
        key: _REFERENCE.sub(lambda match: known[match[1]], value)
        for key, value in declared.environment.items()
    }
    own_values = {
        "AWS_REGION": settings.region,
        "BEDROCK_MODEL_ID": declared.model_id,
        "SYSTEM_PROMPT": declared.system_prompt,
        "TOOLS": ",".join(declared.tools),
        "TEMPERATURE": f"{declared.temperature:g}",
        "TIMEOUT_SECONDS": str(declared.timeout),
        "AGENTCORE_MEMORY_ID": own.memory_id or "",
    }
    return {**given, **{key: value for key, value in own_values.items() if value}}
