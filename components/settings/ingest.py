"""Settings of how a new document is noticed."""

from typing import Annotated

from pydantic import Field

from components.settings.fields import LogicalName, Strict, matching

RULE_NAME_CHARACTERS = 64
"""EventBridge API reference, PutRule: the length of a rule's name."""


class IngestSettings(Strict, frozen=True):
    """Which new objects of the documents bucket become messages, and in which queue."""

    queue: LogicalName = Field(default="document-upload", description="logical name of the queue")
    prefixes: Annotated[list[LogicalName], Field(min_length=1)] = Field(
        description="logical names of the prefixes that documents arrive under"
    )
    suffix: Annotated[str, matching(r"[A-Za-z0-9._-]{1,40}", "1 to 40 letters, digits and ._-")] = Field(
        default=".pdf", description="how the keys of documents end, in small letters and in capitals too"
    )
    rule_name: Annotated[str, matching(r"[A-Za-z0-9_.-]{1,62}", "1 to 62 letters, digits and _.-")] = Field(
        description="what the names of EventBridge rules start with; used where the queue is FIFO"
    )
