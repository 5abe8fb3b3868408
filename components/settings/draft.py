"""The sections of a stack file, each by itself: what the checks of several values look at.

`Settings` has all that the program needs. A file that is refused has less, and checks of what is right
of it still run: they take a `Draft`, in which a section that is missing or refused is None, and the `Names`
that stand in the file, those of refused entries included.
"""

import re
from collections.abc import Callable
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, WrapValidator
from pydantic.alias_generators import to_camel

from components.settings.audit_trail import AuditTrailSettings
from components.settings.cost import CostSettings
from components.settings.fields import LogicalName, PolicyArn, Strict, TagKey, TagValue
from components.settings.ingest import IngestSettings
from components.settings.models import Agent, Encryption, Queue
from components.settings.network import NetworkSettings
from components.settings.observability import ObservabilitySettings
from components.settings.storage import AuditBucket, CustomerKey, DocumentsBucket, Table

REGION, ACCOUNTS = "aws:region", "aws:allowedAccountIds"


def _region(value: object) -> object:
    if isinstance(value, str) and re.fullmatch(r"[a-z]{2}(-[a-z]+)+-[0-9]", value):
        return value
    raise ValueError("write a region, e.g. us-east-1")


def _account(value: object) -> object:
    """Return the one account of the provider's own guard."""
    match value:
        case [str(only)] if re.fullmatch(r"[0-9]{12}", only):
            return only
        case _:
            raise ValueError(
                "write the 12-digit id of the account that this stack lives in as a list, once and quoted, "
                f'e.g. {ACCOUNTS}: ["123456789012"]'
            )


Region = Annotated[str, BeforeValidator(_region)]
Account = Annotated[str, BeforeValidator(_account)]


class Draft(Strict, frozen=True):
    """The sections of a stack file; one that is missing or refused is None, a refused entry is left out."""

    region: Region | None = Field(default=None, alias=REGION, description=REGION)
    account: Account | None = Field(default=None, alias=ACCOUNTS, description=f"the one entry of {ACCOUNTS}")
    tables: dict[LogicalName, Table] = Field(default={}, description="tables by logical name")
    queues: dict[LogicalName, Queue] = Field(default={}, description="work queues by logical name")
    agents: dict[LogicalName, Agent] = Field(default={}, description="agents by logical name")
    tags: dict[TagKey, TagValue] = Field(default={}, description="tags of every resource")
    documents: DocumentsBucket | None = Field(default=None, description="the documents bucket")
    audit: AuditBucket | None = Field(default=None, description="the audit bucket")
    audit_trail: AuditTrailSettings | None = Field(default=None, description="who did what in the account")
    cost: CostSettings | None = Field(default=None, description="what may be spent, and who is told")
    encryption: Encryption = Field(default=Encryption(), description="keys at rest")
    ingest: IngestSettings | None = Field(default=None, description="how a new document becomes a message")
    key: CustomerKey | None = Field(default=None, description="the stack's own KMS key")
    network: NetworkSettings | None = Field(default=None, description="network that agents run in")
    observability: ObservabilitySettings | None = Field(default=None, description="what is watched")
    permissions_boundary_arn: PolicyArn | None = Field(
        default=None, description="permissions boundary of every role"
    )


def right_sections(content: dict[str, Any], failure: ValidationError) -> Draft:
    """Return the draft of what is right in a refused content.

    An entry of a mapping, or a section, loses its refused keys; if it is refused without them too, it is left
    out.

    Args:
        content: What was refused.
        failure: The errors of its validation.
    """
    remaining = content
    cut: Callable[[Any, tuple[str | int, ...]], Any] = _without_key
    while True:
        for error in failure.errors(include_url=False, include_input=False):
            remaining = cut(remaining, error["loc"])
        try:
            return Draft.model_validate(remaining)
        except ValidationError as error:
            failure, cut = error, _without_entry


MAPPINGS = ("tables", "queues", "agents", "tags")


def _without_key(content: Any, loc: tuple[str | int, ...]) -> Any:  # noqa: ANN401 - any content
    entry = 2 if loc[0] in MAPPINGS else 1
    return _without(content, loc[: entry + 1]) if len(loc) > entry else _without_entry(content, loc)


def _without_entry(content: Any, loc: tuple[str | int, ...]) -> Any:  # noqa: ANN401 - any content
    remaining = _without(content, loc[: 2 if loc[0] in MAPPINGS else 1])
    # a key of YAML that is no text stands in the path in other words
    return _without(content, loc[:1]) if remaining == content else remaining


def _without(content: Any, loc: tuple[str | int, ...]) -> Any:  # noqa: ANN401 - any content
    """Return a content without what a path leads to, or without the last that is there on the way."""
    first, *inside = loc
    if not isinstance(content, dict) or first not in content:
        return content
    if inside and isinstance(content[first], dict):
        return {**content, first: _without(content[first], tuple(inside))}
    return {key: value for key, value in content.items() if key != first}


def _or_nothing(value: object, validate: Callable[[object], Any]) -> Any:  # noqa: ANN401 - what `validate` returns
    try:
        return validate(value)
    except ValidationError:
        return validate(None)


def _or_empty(value: object, validate: Callable[[object], Any]) -> Any:  # noqa: ANN401 - what `validate` returns
    try:
        return validate(value)
    except ValidationError:
        return validate({})


_Text = Annotated[str | None, WrapValidator(_or_nothing)]
_Present = Annotated[bool, BeforeValidator(lambda value: value is not None)]


class _Lenient(BaseModel, frozen=True):
    """Takes what is right, and is silent about the rest."""

    model_config = ConfigDict(extra="ignore", strict=True, alias_generator=to_camel)


class EntryNames(_Lenient, frozen=True):
    """The physical names of an entry of a mapping, whichever its section has."""

    name: _Text = None
    dead_letter_name: _Text = None
    runtime_name: _Text = None
    repository: _Text = None
    role_name: _Text = None
    log_group: _Text = None


_Entry = Annotated[EntryNames, WrapValidator(_or_empty)]


class Names(_Lenient, frozen=True):
    """What stands in a stack file by name, refused entries included.

    Attributes:
        tables: Names of tables by logical name; None if the section is no mapping.
        queues: As tables.
        agents: As tables.
        tags: Keys of tags.
        observability: Whether there is such a section, right or not.
        key: Whether there is such a section, right or not.
    """

    tables: Annotated[dict[str, _Entry] | None, WrapValidator(_or_nothing)] = None
    queues: Annotated[dict[str, _Entry] | None, WrapValidator(_or_nothing)] = None
    agents: Annotated[dict[str, _Entry] | None, WrapValidator(_or_nothing)] = None
    tags: Annotated[dict[str, object] | None, WrapValidator(_or_nothing)] = None
    observability: _Present = False
    key: _Present = False
