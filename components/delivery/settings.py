"""Settings of the delivery, strict in the manner of the system's own."""

from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Annotated, Any

import pulumi
from pydantic import Field

from components.settings import Settings, SettingsError, problems, read
from components.settings.fields import (
    AccountId,
    BucketName,
    Days,
    LogicalName,
    PolicyArn,
    Strict,
    TagKey,
    TagValue,
    matching,
)
from components.settings.load import Reader, decoded
from components.settings.storage import CustomerKey

PROJECT = "trade-matching-delivery"
_WORD = r"[A-Za-z0-9][A-Za-z0-9-]{0,38}/[A-Za-z0-9._-]{1,100}"
_NO_WILDCARD = r"[^:*?\s]+"


class State(Strict):
    """The bucket that Pulumi keeps its state in."""

    bucket: BucketName = Field(description="physical name")
    noncurrent_days: Annotated[Days, Field(ge=30)] = Field(
        default=365, description="how long a former state is kept at least"
    )
    kept_versions: Annotated[int, Field(ge=1, le=100)] = Field(
        default=100, description="so many former states of each stack are kept for good"
    )


class GitHub(Strict):
    """The repository whose jobs deliver."""

    repository: Annotated[str, matching(_WORD, "a repository as owner/name")] = Field(
        description="repository as owner/name"
    )
    branch: Annotated[str, matching(r"[\w./-]{1,200}", "a branch's name, without wildcards")] = Field(
        default="main", description="branch whose jobs look for drift"
    )
    environment: Annotated[str, matching(r"[\w.-]{1,200}", "an environment's name, without wildcards")] = (
        Field(default="production", description="GitHub environment whose jobs deploy")
    )
    # GitHub changelog of 2026-04-23, "Immutable subject claims": newer repositories have ids in it
    subject: (
        Annotated[
            str,
            matching(rf"repo:{_NO_WILDCARD}/{_NO_WILDCARD}", "repo:OWNER/NAME as GitHub shows the prefix"),
        ]
        | None
    ) = Field(default=None, description="what subjects start with; repo:owner/name when left out")

    @property
    def prefix(self) -> str:
        """What the subjects of the repository's tokens start with."""
        return self.subject or f"repo:{self.repository}"


class Delivery(Strict):
    """Everything that the delivery's own program reads."""

    region: str = Field(description="aws:region")
    account: AccountId = Field(description="the one entry of aws:allowedAccountIds")
    tags: dict[TagKey, TagValue] = Field(description="tags of every resource")
    system: Settings = Field(description="the settings of the stack that is delivered")
    name: LogicalName = Field(description="what the names of roles and policies start with")
    github: GitHub = Field(description="the repository whose jobs deliver")
    state: State = Field(description="the state's bucket")
    key: CustomerKey = Field(description="the key of the state's secrets")
    boundary: PolicyArn | None = Field(default=None, description="boundary of the delivery's own roles")


_KINDS: dict[str, Any] = {
    "tags": dict[TagKey, TagValue],
    "system": LogicalName,
    "name": LogicalName,
    "github": GitHub,
    "state": State,
    "key": CustomerKey,
    "permissionsBoundaryArn": PolicyArn,
}
_OPTIONAL = ("permissionsBoundaryArn",)


def parse(config: Mapping[str, object], file: str, root: Path, secrets: Collection[str] = ()) -> Delivery:
    """Give the settings that a config holds.

    Args:
        config: All config of the stack by full key, structured values as JSON texts or as they are.
        file: The stack file, as it appears in every line of an error.
        root: The folder of the system's project, whose stack files are read.
        secrets: Keys whose values are encrypted in the file.

    Raises:
        SettingsError: Anything is missing, unknown, of the wrong type or contradictory; one line each.
    """
    reader = Reader(config, secrets)
    account, region = reader.account(), reader.region()
    values = _values(reader)
    reader.found += _unknown(config)
    stack: str | None = values.get("system")
    system = _system(stack, root, reader) if stack else None
    if system and account and region:
        reader.found += _against(system, account, region)
    if values.get("github"):
        reader.found += _subject(values["github"])
    if reader.found:
        raise SettingsError(
            [line if line.startswith("Pulumi.") else f"{file}: {line}" for line in reader.found]
        )
    boundary = values.pop("permissionsBoundaryArn", None)
    right: dict[str, Any] = {**values, "system": system, "boundary": boundary}
    return Delivery.model_construct(None, account=account, region=region, **right)


def _values(reader: Reader) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for name, kind in _KINDS.items():
        key = f"{PROJECT}:{name}"
        given = decoded(reader.config.get(key, ""))
        if given != "":
            values[name] = reader.accept(kind, given, key)
        elif name not in _OPTIONAL:
            reader.found.append(f"{key}: is missing; write it (see stacks/delivery/Pulumi.yaml)")
    return values


def _unknown(config: Mapping[str, object]) -> list[str]:
    given = [key.partition(":") for key in config]
    return [
        f"{project}:{name}: {problems.suggestion(name, list(_KINDS))}"
        for project, _, name in given
        if project == PROJECT and name not in _KINDS
    ]


def _system(stack: str, root: Path, reader: Reader) -> Settings | None:
    """Read the delivered stack's settings; what is wrong with them keeps its own file's name."""
    try:
        return read(stack, root)
    except SettingsError as error:
        reader.found += error.lines
        return None


def _against(system: Settings, account: str, region: str) -> list[str]:
    found = [
        f"aws:{key}: {problems.shown(own)} is refused; allowed is {its}, where the delivered stack lives"
        for key, own, its in (
            ("allowedAccountIds", account, system.account),
            ("region", region, system.region),
        )
        if own != its
    ]
    if "Project" not in system.tags:
        found.append(
            f"{PROJECT}:system: is refused; its stack needs the tag Project, which tells its keys apart"
        )
    return found


def _subject(github: GitHub) -> list[str]:
    """The subject's prefix is of the very repository, with or without ids behind the names."""
    owner, _, name = github.prefix.removeprefix("repo:").partition("/")
    its_owner, _, its_name = github.repository.partition("/")
    if owner.startswith(its_owner) and name.startswith(its_name):
        return []
    shown = problems.shown(github.subject)
    return [f"{PROJECT}:github.subject: {shown} is refused; allowed is a prefix of {github.repository}"]


def load() -> Delivery:
    """Give the settings of the running stack.

    Raises:
        pulumi.RunError: Settings were refused; every problem was logged as a line of its own by then.
    """
    from pulumi.runtime import config  # noqa: PLC0415 - pulumi.runtime.config is a module only by import

    everything = {**config.get_config_env(), **config.CONFIG.get()}
    secrets = {key for key in everything if config.is_config_secret(key)}
    root = Path(__file__).resolve().parents[2]
    try:
        return parse(everything, f"Pulumi.{pulumi.get_stack()}.yaml", root, secrets)
    except SettingsError as error:
        for line in error.lines[:-1]:
            pulumi.log.error(line)
        raise pulumi.RunError(error.lines[-1]) from None
