"""Everything that the program reads from a stack file, as one model that reports all errors at once."""

from typing import Any

from pydantic import Field, ModelWrapValidatorHandler, ValidationError, model_validator
from pydantic_core import InitErrorDetails, PydanticCustomError

from components.grants import GRANTS, Need
from components.settings.agentcore import Declaration
from components.settings.checks import cross_checks
from components.settings.draft import ACCOUNTS, REGION, Account, Draft, Names, Region, right_sections
from components.settings.fields import LogicalName, TagKey, TagValue
from components.settings.models import Agent, Queue
from components.settings.refusals import CONTRADICTION, Refusal
from components.settings.storage import AuditBucket, DocumentsBucket, Table


class Settings(Draft, frozen=True):
    """Everything that the program reads from a stack file.

    `model_validate` takes the sections by key, beside `aws:region` and `aws:allowedAccountIds`. It raises one
    ValidationError with all that is wrong: values by themselves, and values that contradict each other.
    """

    region: Region = Field(alias=REGION, description=REGION)
    account: Account = Field(alias=ACCOUNTS, description=f"the one entry of {ACCOUNTS}")
    tables: dict[LogicalName, Table] = Field(description="tables by logical name")
    queues: dict[LogicalName, Queue] = Field(description="work queues by logical name")
    agents: dict[LogicalName, Agent] = Field(description="agents by logical name")
    tags: dict[TagKey, TagValue] = Field(description="tags of every resource")
    documents: DocumentsBucket = Field(description="the documents bucket")
    audit: AuditBucket = Field(description="the audit bucket")
    declarations: dict[str, Declaration] = Field(
        default={},
        alias="deployment/<agent>/agentcore.yaml",
        description="what each agent is, from deployment/<agent>/agentcore.yaml",
    )

    @model_validator(mode="wrap")
    @classmethod
    def _all_at_once(cls, content: Any, validate: ModelWrapValidatorHandler["Settings"]) -> "Settings":  # noqa: ANN401 - any input
        """Add the contradictions among values that are right by themselves to pydantic's own errors."""
        if not isinstance(content, dict):
            return validate(content)
        errors: list[InitErrorDetails] = []
        try:
            draft: Draft = validate(content)
        except ValidationError as failure:
            errors += [_again(error) for error in failure.errors(include_url=False)]
            draft = right_sections(content, failure)
        errors += [_error(refusal) for refusal in cross_checks(draft, Names.model_validate(content))]
        if errors or not isinstance(draft, Settings):
            raise ValidationError.from_exception_data(cls.__name__, errors)
        return draft

    def needs(self, agent: str) -> list[Need]:
        """Return what an agent needs: its grants in components/grants.py, then those of the stack file."""
        prefixes = self.documents.prefixes
        common = (need for need in GRANTS[agent] if not need.optional or need.target in prefixes)
        return [*common, *(grant.need() for grant in self.agents[agent].grants)]


def _again(error: Any) -> InitErrorDetails:  # noqa: ANN401 - ErrorDetails, which is no InitErrorDetails by type
    return InitErrorDetails(
        type=error["type"], loc=error["loc"], input=error["input"], ctx=error.get("ctx", {})
    )


def _error(refusal: Refusal) -> InitErrorDetails:
    kind = PydanticCustomError(
        CONTRADICTION, "{line}", {"line": refusal.line(secret=True), "refusal": refusal}
    )
    return InitErrorDetails(type=kind, loc=tuple(refusal.key.split(".")), input=refusal.value)
