"""The pack's configuration file, held against the catalogue.

The engine accepts a rule or a setting that does not exist and leaves it without effect, so a misspelt name
would be a rule that stays as it is. What it does refuse, it refuses without the file's name.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, cast

from jsonschema import Draft7Validator

from toolkit.errors import UNABLE, CommandError
from toolkit.policy_check.findings import KNOWN
from toolkit.policy_check.report import LEVELS
from toolkit.suggestions import did_you_mean

_ALLOWED = (*LEVELS, "disabled")
_EVERY = "all"


def _level_of(location: str, name: str, given: object) -> str | None:
    """Return the level that one entry sets, if it sets one.

    Raises:
        CommandError: It holds something that the engine would refuse or pass over.
    """
    settings = KNOWN[name].settings if name in KNOWN else {}
    if isinstance(given, str):
        level = given
    elif isinstance(given, dict):
        entry = cast("dict[str, object]", given)
        allowed = ("enforcementLevel", *settings)
        for key, value in entry.items():
            if key not in allowed:
                raise CommandError(
                    UNABLE, f"{location}.{key}: no such setting", f"write one of {', '.join(allowed)}"
                )
            for error in Draft7Validator(settings.get(key, {})).iter_errors(cast("Any", value)):
                raise CommandError(
                    UNABLE, f"{location}.{key}: {error.message}", "the rule's page shows what it takes"
                )
        if "enforcementLevel" not in entry:
            return None
        level, location = entry["enforcementLevel"], f"{location}.enforcementLevel"
    else:
        raise CommandError(
            UNABLE, f"{location} is {json.dumps(given)}", f"write one of {', '.join(_ALLOWED)}, or an object"
        )
    if level not in _ALLOWED:
        raise CommandError(
            UNABLE, f"{location} is {json.dumps(level)}", f"write one of {', '.join(_ALLOWED)}"
        )
    return str(level)


def _entries(path: Path) -> Mapping[str, Any]:
    how = 'write an object such as {"sqs-queue-encryption": "advisory"}'
    try:
        read = json.loads(path.read_bytes())
    except OSError as error:
        raise CommandError(
            UNABLE, f"--config {path}: {error.strerror}", "give a JSON file of rules by name"
        ) from error
    except (ValueError, RecursionError) as error:
        raise CommandError(UNABLE, f"--config {path} is not JSON ({error})", f"{how}") from error
    if not isinstance(read, dict):
        raise CommandError(UNABLE, f"--config {path} holds no object of rules by name", f"{how}")
    return cast("dict[str, Any]", read)


def disabled(path: Path) -> frozenset[str]:
    """Read a configuration file, and return the ids of the rules that it turns off.

    Raises:
        CommandError: The file, or a name or level in it, is not what it must be.
    """
    levels: dict[str, str | None] = {}
    for name, value in _entries(path).items():
        if name not in KNOWN and name != _EVERY:
            raise CommandError(
                UNABLE,
                f"--config {path}: no rule is named {name!r}",
                f"{did_you_mean(name, KNOWN)}"
                "`.venv/bin/python -m tms_policies.catalogue` lists the rules, "
                "and `all` stands for every one",
            )
        levels[name] = _level_of(f"--config {path}: {name}", name, value)
    default = levels.pop(_EVERY, None)
    return frozenset(rule for rule in KNOWN if (levels.get(rule) or default) == "disabled")
