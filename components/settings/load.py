"""Read stack config into `Settings`, or say everything that is wrong with it at once.

Each entry of a mapping is validated by itself, so that one wrong table does not hide a wrong queue, and
checks that need several values run on what is right of each entry.
"""

import json
import re
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

import pulumi
from pydantic import TypeAdapter, ValidationError

from components.settings import declarations, problems
from components.settings.audit_trail import AuditTrail
from components.settings.checks import cross_checks
from components.settings.cost import Cost
from components.settings.fields import LogicalName, PolicyArn, TagKey, TagValue
from components.settings.ingest import Ingest
from components.settings.models import Agent, Encryption, Queue, Settings
from components.settings.network import Network
from components.settings.observability import Observability
from components.settings.problems import Problem
from components.settings.storage import AuditBucket, CustomerKey, DocumentsBucket, Table

PROJECT = "trade-matching-system"
MAPPINGS: dict[str, Any] = {"tables": Table, "queues": Queue, "agents": Agent, "tags": TagValue}
WHOLES: dict[str, Any] = {
    "documents": DocumentsBucket,
    "audit": AuditBucket,
    "auditTrail": AuditTrail,
    "cost": Cost,
    "encryption": Encryption,
    "ingest": Ingest,
    "key": CustomerKey,
    "network": Network,
    "observability": Observability,
    "permissionsBoundaryArn": PolicyArn,
}
REQUIRED = ("tags", "tables", "queues", "agents", "documents", "audit")
FIELDS = {"auditTrail": "audit_trail", "permissionsBoundaryArn": "permissions_boundary_arn"}


class SettingsError(Exception):
    """Settings were refused.

    Attributes:
        lines: One line per problem: file, key, value, what is allowed.
    """

    def __init__(self, lines: list[str]) -> None:
        """Keep the lines; the exception's text is all of them."""
        self.lines = [problems.printable(line) for line in lines]
        super().__init__("\n".join(self.lines))


def decoded(value: object) -> object:
    """Give a structured config value as what it was in YAML; config carries those as JSON texts."""
    if not isinstance(value, str):
        return value
    try:
        found = json.loads(value)
    except (ValueError, RecursionError):
        return value
    return found if isinstance(found, (dict, list)) else value


class Reader:
    """Collects values and problems of one stack's config."""

    def __init__(self, config: Mapping[str, object], secrets: Collection[str]) -> None:
        """Read from a config of full keys (`aws:region`, ...); values under `secrets` are never shown."""
        self.config = config
        self.secrets = secrets
        self.found: list[str] = []
        self.written: dict[str, dict[str, Any]] = {}

    def accept(self, kind: Any, value: object, key: str) -> Any:  # noqa: ANN401 the value has the type that `kind` says
        """Validate one value and report what is wrong with it.

        Returns:
            The value; None if nothing can be made of it; what is left of a mapping without its refused
            keys if that is a value by itself, so that further checks see it.
        """
        adapter = TypeAdapter(kind)
        try:
            return adapter.validate_python(value)
        except ValidationError as failure:
            secret = key.partition(".")[0] in self.secrets
            self.found += problems.lines(failure, key, kind, secret=secret)
            refused = {error["loc"][0] for error in failure.errors() if error["loc"]}
        if not isinstance(value, dict):
            return None
        try:
            return adapter.validate_python({k: v for k, v in value.items() if k not in refused})
        except ValidationError:
            return None

    def mapping(self, name: str) -> dict[str, Any]:
        """Validate the entries of a mapping one by one and give what is right of them."""
        key = f"{PROJECT}:{name}"
        value = decoded(self.config.get(key, {}))
        if not isinstance(value, dict):
            self.accept(dict[str, object], value, key)
            return {}
        self.written[name] = value
        right: dict[str, Any] = {}
        for entry, content in value.items():
            named = self.accept(TagKey if name == "tags" else LogicalName, entry, key)
            accepted = self.accept(MAPPINGS[name], content, f"{key}.{entry}")
            if named is not None and accepted is not None:
                right[str(entry)] = accepted
        return right

    def account(self) -> str | None:
        """Give the account that the stack belongs to: the one entry of the provider's own guard."""
        key = "aws:allowedAccountIds"
        value = decoded(self.config.get(key))
        match value:
            case [str(only)] if re.fullmatch(r"[0-9]{12}", only):
                return only
            case _:
                why = (
                    "write the 12-digit id of the account that this stack lives in as a list, once and "
                    'quoted, e.g. aws:allowedAccountIds: ["123456789012"]'
                )
                self.found.append(Problem(key, why, value).line(secret=key in self.secrets))
                return None

    def region(self) -> str | None:
        """Give the region of the stack."""
        key = "aws:region"
        value = self.config.get(key)
        if isinstance(value, str) and re.fullmatch(r"[a-z]{2}(-[a-z]+)+-[0-9]", value):
            return value
        problem = Problem(key, "write a region, e.g. us-east-1", value)
        self.found.append(problem.line(secret=key in self.secrets))
        return None

    def unknown(self) -> None:
        """Report keys of the project that nobody reads."""
        known = [*MAPPINGS, *WHOLES]
        for key in self.config:
            namespace, _, name = key.partition(":")
            if namespace == PROJECT and name not in known:
                self.found.append(f"{key}: {problems.suggestion(name, known)}")


def parse(config: Mapping[str, object], file: str, secrets: Collection[str] = ()) -> Settings:
    """Give the settings that a config holds.

    Args:
        config: All config of the stack by full key, structured values as JSON texts or as they are.
        file: The stack file, as it appears in every line of an error.
        secrets: Keys whose values are encrypted in the file.

    Raises:
        SettingsError: Anything is missing, unknown, of the wrong type, out of range or contradictory.
    """
    reader = Reader(config, secrets)
    account, region = reader.account(), reader.region()
    reader.unknown()
    absent = [name for name in REQUIRED if f"{PROJECT}:{name}" not in config]
    reader.found += [f"{PROJECT}:{name}: is missing; write it (see Pulumi.yaml)" for name in absent]
    values: dict[str, Any] = {name: reader.mapping(name) for name in MAPPINGS}
    for name, kind in WHOLES.items():
        key = f"{PROJECT}:{name}"
        given = decoded(config.get(key, ""))
        if given != "" and (given != {} or name in REQUIRED):  # an optional one is {} when it is left out
            values[FIELDS.get(name, name)] = reader.accept(kind, given, key)
    for problem in cross_checks(values, reader.written, account, region):
        section = f"{PROJECT}:{problem.place.partition('.')[0]}"
        reader.found.append(f"{PROJECT}:{problem.line(secret=section in reader.secrets)}")
    if reader.found:
        raise SettingsError([f"{file}: {line}" for line in reader.found])
    return Settings.model_construct(account=account, region=region, **values)


def assemble(
    config: Mapping[str, object], file: str, folder: Path, secrets: Collection[str] = ()
) -> Settings:
    """Give the settings that a config and the agents' own declarations hold together.

    Args:
        config: As for `parse`.
        file: As for `parse`.
        folder: The project, in which `deployment/` lies.
        secrets: As for `parse`.

    Raises:
        SettingsError: As for `parse`, or a declaration is missing, wrong, or contradicts the stack.
    """
    agents = decoded(config.get(f"{PROJECT}:agents"))
    declared, found = declarations.read_all(agents if isinstance(agents, dict) else {}, folder)
    try:
        settings = parse(config, file, secrets)
    except SettingsError as error:
        raise SettingsError([*error.lines, *found]) from None
    found += declarations.against_stack(settings, declared)
    if found:
        raise SettingsError(found)
    return settings.model_copy(update={"declarations": declared})


def load() -> Settings:
    """Give the settings of the running stack.

    Raises:
        pulumi.RunError: Settings were refused; every problem was logged as a line of its own by then.
    """
    from pulumi.runtime import config  # noqa: PLC0415 pulumi.runtime.config is a module only by import

    everything = {**config.get_config_env(), **config.CONFIG.get()}
    secrets = {key for key in everything if config.is_config_secret(key)}
    try:
        return assemble(everything, f"Pulumi.{pulumi.get_stack()}.yaml", Path.cwd(), secrets)
    except SettingsError as error:
        for line in error.lines[:-1]:
            pulumi.log.error(line)
        raise pulumi.RunError(error.lines[-1]) from None
