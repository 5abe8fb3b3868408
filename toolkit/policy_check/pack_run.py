"""The real engine, run for its policy events; everything else that it prints is left out.

It is started through `./pulumiw` with the caller's environment, so that an installed engine, a built one and
the embedded AWS (EMBEDDED=1) are all the same here.
"""

import json
import os
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, cast

from toolkit.installation import ROOT, engine_command, pack_folder
from toolkit.policy_check.report import PACK

FOLDER = ROOT / "policy"
_HEADINGS = ("Program failed with an unhandled exception:", "preview failed", "validating policy config")
"""Lines that say only that something failed; what failed is in another line."""


@dataclass(frozen=True, slots=True)
class Run:
    """What one command of the engine gave.

    Attributes:
        events: The engine's events in order, each with one key that ends in `Event`.
        stderr: What it wrote to standard error.
        code: Its exit code.
    """

    events: tuple[Mapping[str, Any], ...]
    stderr: str
    code: int

    @property
    def finished(self) -> bool:
        """Whether the engine went through the whole state, or had nothing to go through."""
        return self.code == 0 or any("summaryEvent" in event for event in self.events)

    @property
    def judged(self) -> bool:
        """Whether the pack saw the whole stack, which comes last and only if the program ran to its end."""
        ended = (event.get("policyAnalyzeStackSummaryEvent", {}) for event in self.events)
        return any(one.get("policyPackName") == PACK for one in ended)

    @property
    def notes(self) -> tuple[str, ...]:
        """What a reader of verdicts must know: secrets that could not be read, a state that is empty."""
        lines = self.stderr.splitlines()
        warned = [line.removeprefix("warning: ") for line in lines if line.startswith("warning: ")]
        hint = "; verdicts on them may be wrong: set PULUMI_CONFIG_PASSPHRASE, or log in, and check again"
        warned = [f"{line}{hint}" if "could not decrypt" in line else line for line in warned]
        return (*warned, *(line for line in lines if line.endswith("; nothing to analyze.")))

    @property
    def reason(self) -> str:
        """Why it failed, in one line; what a program raised goes before what the engine says of it."""
        said = [event["diagnosticEvent"] for event in self.events if "diagnosticEvent" in event]
        refused = [str(one["message"]) for one in said if one["severity"] == "error"]
        raised = [str(one["message"]) for one in said if one["severity"] == "info#err"]
        for lines in (_told(_lines(raised)), _told(_lines(refused)), _told(self.stderr.splitlines())):
            if lines:
                more = f" (line 1 of {len(lines)})" if len(lines) > 1 else ""
                return lines[0].rstrip(".") + more
        return "the engine gave no reason"


def _lines(texts: list[str]) -> list[str]:
    return [line for text in texts for line in text.splitlines()]


def _told(lines: list[str]) -> list[str]:
    """Give the lines that say what is wrong: of a traceback those after its last frame."""
    frames = [number for number, line in enumerate(lines) if line.startswith("  File ")]
    after = lines[frames[-1] + 1 :] if frames else lines
    bare = [line.removeprefix("error: ") for line in after if line.strip() and not line[0].isspace()]
    return [line.strip() for line in bare if line not in _HEADINGS and not line.startswith("warning: ")]


def _events(stdout: str) -> tuple[Mapping[str, Any], ...]:
    """Give the JSON objects among the lines of standard output; a line of another kind is noise."""
    found: list[Mapping[str, Any]] = []
    for line in stdout.split("\n"):  # not splitlines: a message may hold a line separator of Unicode
        try:
            read = json.loads(line)
        except ValueError:
            continue
        if isinstance(read, dict):
            found.append(cast("dict[str, Any]", read))
    return tuple(found)


def run(*arguments: str) -> Run:
    """Run one command of the engine with the pack in force, and give what it reported.

    Args:
        arguments: The command line; paths in it are absolute, since `-C` changes what others mean.
    """
    pack = ("--policy-pack", str(pack_folder(FOLDER)))
    command = [engine_command(ROOT), *arguments, "--json", *pack, "--non-interactive"]
    with subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        errors="replace",
        env={**os.environ, "PULUMI_ENABLE_STREAMING_JSON_PREVIEW": "true"},
    ) as child:
        try:
            stdout, stderr = child.communicate()
        except KeyboardInterrupt:
            child.communicate()  # it was interrupted as well, and lets go of the stack's lock before it ends
            raise
    return Run(_events(stdout), stderr, child.returncode)
