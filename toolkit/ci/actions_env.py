"""What GitHub Actions tells a job by environment variables and files, and takes from it.

The names are GitHub's: https://docs.github.com/en/actions/reference/workflows-and-actions/variables
"""

import json
import os
import re
from pathlib import Path
from typing import Any

from toolkit import strict_yaml
from toolkit.errors import UNABLE, CommandError
from toolkit.installation import project_folder

PAGE = "docs/pipeline.md"
_ROLE = re.compile(r"arn:aws[a-z-]*:iam::\d{12}:role/\S+")
_SUMMARY_LIMIT = 1024 * 1024
"""Bytes of a step's summary; GitHub drops the whole of a longer one."""
_CUT = "\n\n*Cut here: the full text is in the artifact of this run.*\n"


def need(name: str) -> str:
    """Return a variable's value.

    Raises:
        CommandError: It is not set, or empty; the message says where it is set.
    """
    value = os.environ.get(name, "").strip()
    if not value:
        raise CommandError(UNABLE, missing(name))
    return value


def missing(name: str) -> str:
    """Return a message that a variable is not set, and where it is."""
    return f"{name} is not set: {_where(name)}"


def switched_on(stack: str, role: str) -> None:
    """Check that a job that reaches AWS has what it needs, before it does anything.

    Args:
        stack: The stack.
        role: The variable that has the ARN of the job's role.

    Raises:
        CommandError: A variable is not set, or is of something else, and all of them are named; or the stack
            file is not YAML.
    """
    names = (role, "PULUMI_BACKEND_URL", "PULUMI_SECRETS_PROVIDER")
    values = {name: os.environ.get(name, "").strip() for name in names}
    faults = [missing(name) for name in names if not values[name]]
    if values[role] and not _ROLE.fullmatch(values[role]):
        faults.append(
            f"{role} is {values[role]!r} and must be a role's ARN, as arn:aws:iam::ACCOUNT:role/NAME"
        )
    provider = values["PULUMI_SECRETS_PROVIDER"]
    file = project_folder() / f"Pulumi.{stack}.yaml"
    settings = strict_yaml.read(file) if file.exists() else {}
    written = str((settings or {}).get("secretsprovider") or "none")
    if provider and written != provider:
        faults.append(
            f"{file.name}: secretsprovider is {written} and PULUMI_SECRETS_PROVIDER {provider}: create the "
            f"stack with `./pulumiw stack init {stack} --secrets-provider {provider}` and commit that file, "
            "or mend the variable"
        )
    if faults:
        raise CommandError(UNABLE, "; ".join(faults))


def _where(name: str) -> str:
    if name in ("GITHUB_TOKEN", "PLAN_DIGEST"):
        return f"the job in .github/workflows/ hands it on under `env:` ({PAGE})"
    if name.startswith(("GITHUB_", "RUNNER_")):
        return "GitHub Actions sets it, so run this in a workflow"
    return f"add it to the repository under Settings > Secrets and variables > Actions > Variables ({PAGE})"


def pull_request() -> int:
    """Return the number of the pull request that the run is about.

    Raises:
        CommandError: The run is about none.
    """
    file = Path(need("GITHUB_EVENT_PATH"))
    try:
        event: Any = json.loads(file.read_bytes())
        return int(event["pull_request"]["number"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise CommandError(
            UNABLE, f"{file} names no pull request: run this on the event pull_request"
        ) from error


def run_page() -> str:
    """Return the address of this run; empty outside GitHub Actions."""
    parts = [os.environ.get(name, "") for name in ("GITHUB_SERVER_URL", "GITHUB_REPOSITORY", "GITHUB_RUN_ID")]
    return "{}/{}/actions/runs/{}".format(*parts) if all(parts) else ""


def pages() -> str | None:
    """Return where the files of this run's commit are read; None outside GitHub Actions."""
    parts = [os.environ.get(name, "") for name in ("GITHUB_SERVER_URL", "GITHUB_REPOSITORY", "GITHUB_SHA")]
    return "{}/{}/blob/{}".format(*parts) if all(parts) else None


def hand_on(**values: str) -> None:
    """Return values to later steps and jobs, as outputs of this step; nothing outside GitHub Actions."""
    file = os.environ.get("GITHUB_OUTPUT")
    if file:
        with Path(file).open("a", encoding="utf-8") as out:
            out.writelines(f"{name}={value}\n" for name, value in values.items())


def show(text: str) -> None:
    """Put Markdown on the page of the run; nothing outside GitHub Actions."""
    file = os.environ.get("GITHUB_STEP_SUMMARY")
    if file:
        content = text.encode()
        if len(content) > _SUMMARY_LIMIT:
            head = content[: _SUMMARY_LIMIT - len(_CUT)]
            content = head[: head.rindex(b"\n")] + _CUT.encode()
        with Path(file).open("ab") as out:
            out.write(content)
