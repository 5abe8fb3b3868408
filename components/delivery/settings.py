"""Settings of the delivery, strict in the manner of the system's own."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

import pulumi
from pydantic import Field, ValidationError, ValidationInfo, field_validator

from components.settings import Settings, SettingsError, read, refusals
from components.settings.derived import StackConfig, decoded
from components.settings.draft import ACCOUNTS, REGION, Account, Region
from components.settings.fields import (
    BucketName,
    Days,
    LogicalName,
    PolicyArn,
    Strict,
    TagKey,
    TagValue,
    matching,
)
from components.settings.load import lines_of, logged, running_config, sections_of
from components.settings.storage import CustomerKey

PROJECT = "trade-matching-delivery"
_WORD = r"[A-Za-z0-9][A-Za-z0-9-]{0,38}/[A-Za-z0-9._-]{1,100}"
_NO_WILDCARD = r"[^:*?\s]+"


class State(Strict, frozen=True):
    """The bucket that Pulumi keeps its state in."""

    bucket: BucketName = Field(description="physical name")
    noncurrent_days: Annotated[Days, Field(ge=30)] = Field(
        default=365, description="how long a former state is kept at least"
    )
    kept_versions: Annotated[int, Field(ge=1, le=100)] = Field(
        default=100, description="so many former states of each stack are kept for good"
    )


class GitHub(Strict, frozen=True):
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

    @field_validator("subject")
    @classmethod
    def _is_of_the_repository(cls, value: str | None, info: ValidationInfo) -> str | None:
        """Check that a subject is of the very repository, with or without ids behind the names."""
        repository: str = info.data.get("repository", "")
        owner, _, name = (value or f"repo:{repository}").removeprefix("repo:").partition("/")
        right_owner, _, right_name = repository.partition("/")
        if not (owner.startswith(right_owner) and name.startswith(right_name)):
            raise ValueError(f"allowed is a prefix of {repository}")
        return value

    @property
    def prefix(self) -> str:
        """What the subjects of the repository's tokens start with."""
        return self.subject or f"repo:{self.repository}"


class DeliveryFile(Strict, frozen=True):
    """Everything that stands in a stack file of the delivery."""

    region: Region = Field(alias=REGION, description=REGION)
    account: Account = Field(alias=ACCOUNTS, description=f"the one entry of {ACCOUNTS}")
    tags: dict[TagKey, TagValue] = Field(description="tags of every resource")
    system: LogicalName = Field(description="the stack that is delivered")
    name: LogicalName = Field(description="what the names of roles and policies start with")
    github: GitHub = Field(description="the repository whose jobs deliver")
    state: State = Field(description="the state's bucket")
    key: CustomerKey = Field(description="the key of the state's secrets")
    permissions_boundary_arn: PolicyArn | None = Field(
        default=None, description="boundary of the delivery's own roles"
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class DeliverySettings:
    """Everything that the delivery's program reads.

    Attributes:
        region: The region of the delivered stack.
        account: Its account.
        tags: Tags of every resource of the delivery.
        system: The settings of the stack that is delivered.
        name: What the names of roles and policies start with.
        github: The repository whose jobs deliver.
        state: The state's bucket.
        key: The key of the state's secrets.
        boundary: Boundary of the delivery's own roles.
    """

    region: str
    account: str
    tags: Mapping[str, str]
    system: Settings
    name: str
    github: GitHub
    state: State
    key: CustomerKey
    boundary: str | None


SECTIONS = [
    field.alias or name
    for name, field in DeliveryFile.model_fields.items()
    if name not in ("region", "account")
]
"""The keys of a stack file, without the project's name."""


def parse(
    config: Mapping[str, Any], file: str, root: Path, secrets: Collection[str] = ()
) -> DeliverySettings:
    """Return the settings that a config holds.

    Args:
        config: All config of the stack by full key, structured values as JSON texts or as they are.
        file: The stack file, as it appears in every line of an error.
        root: The folder of the system's project, whose stack files are read.
        secrets: Keys whose values are encrypted in the file.

    Raises:
        SettingsError: Anything is missing, unknown, of the wrong type or contradictory; one line each.
    """
    decoded_values = {key: decoded(value) for key, value in config.items() if value != ""}
    whole = StackConfig(decoded_values, file, secrets)
    sections, lines = sections_of(whole, PROJECT, SECTIONS)
    wrong: set[object] = set()
    content: DeliveryFile | None = None
    try:
        content = DeliveryFile.model_validate(sections)
    except ValidationError as failure:
        lines += lines_of(failure, DeliveryFile, whole, PROJECT, "stacks/delivery/Pulumi.yaml")
        wrong = {error["loc"][0] for error in failure.errors()}
    system: Settings | None = None
    if "system" not in wrong:
        try:
            system = read(sections["system"], root)
        except SettingsError as error:  # what is wrong there keeps its own file's name
            lines += error.lines
    if system and not wrong & {REGION, ACCOUNTS}:
        lines += [f"{file}: {line}" for line in _contradictions(system, sections)]
    if lines or content is None or system is None:
        raise SettingsError(lines)
    return DeliverySettings(
        region=content.region,
        account=content.account,
        tags=content.tags,
        system=system,
        name=content.name,
        github=content.github,
        state=content.state,
        key=content.key,
        boundary=content.permissions_boundary_arn,
    )


def _contradictions(system: Settings, sections: Mapping[str, Any]) -> list[str]:
    """Return a line for each value that does not fit the delivered stack."""
    (account,) = sections[ACCOUNTS]
    lines = [
        f"{key}: {refusals.display(value)} is refused; allowed is {allowed}, where the delivered stack lives"
        for key, value, allowed in (
            (ACCOUNTS, account, system.account),
            (REGION, sections[REGION], system.region),
        )
        if value != allowed
    ]
    if "Project" not in system.tags:
        lines.append(
            f"{PROJECT}:system: is refused; its stack needs the tag Project, which tells its keys apart"
        )
    return lines


def load() -> DeliverySettings:
    """Return the settings of the running stack.

    Raises:
        pulumi.RunError: Settings were refused; every refusal was logged as a line of its own by then.
    """
    config, secrets = running_config()
    root = Path(__file__).resolve().parents[2]
    try:
        return parse(config, f"Pulumi.{pulumi.get_stack()}.yaml", root, secrets)
    except SettingsError as error:
        raise logged(error) from None
