"""The shape of the delivery's settings, strict in the manner of the system's own."""

from typing import Annotated

from pydantic import Field, ValidationInfo, field_validator

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
from components.settings.storage import CustomerKey

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
