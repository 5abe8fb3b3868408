"""Foundation models that agents invoke: does the region offer them, and for how long yet?"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from components.settings.declarations import called
from components.settings.models import Model
from toolkit.aws.calls import ABSENT, AwsError, in_parallel
from toolkit.errors import IDENTITY
from toolkit.operate.context import StackAccount
from toolkit.operate.health import HealthIssue

# What Bedrock says of an id that it does not have, be it wrong or of a model at the end of its life:
# https://docs.aws.amazon.com/bedrock/latest/APIReference/API_GetFoundationModel.html
_NO_SUCH = ABSENT | {"ValidationException"}
_OFFERED = "ACTIVE"
_STEP = "choose one that is offered (docs/agents.md#models)"


@dataclass(frozen=True)
class Offer:
    """The lifecycle of a model in Bedrock.

    Attributes:
        invoked_id: Id of the model, or of the inference profile that it is called through.
        state: `ACTIVE`, or `LEGACY`, which ends at a day and until then refuses accounts that have not called
            the model for a while (https://docs.aws.amazon.com/bedrock/latest/userguide/model-lifecycle.html);
            `missing`, or `unknown`where Bedrock refuses to say.
        ends: The day on which it is retired, as `2027-03-01`, where Bedrock names one.
        issues: What is wrong with the model.
    """

    invoked_id: str
    state: str
    ends: str | None = None
    issues: tuple[HealthIssue, ...] = ()


def _describe(aws: StackAccount, operation: str, about: str, **arguments: str) -> Mapping[str, Any] | None:
    """Return Bedrock's answer; None if there is no such model or profile."""
    try:
        return aws.ask("bedrock", operation, about, **arguments)
    except AwsError as error:
        if error.name not in _NO_SUCH:
            raise
        return None


def _offer(aws: StackAccount, model: Model) -> Offer:
    name, region = called(model), aws.naming.region
    answer = _describe(aws, "get_foundation_model", f"model {model.id}", modelIdentifier=model.id)
    if answer is None:
        message = f"{region} has no model {model.id}: the id is wrong, or the model at the end of its life"
        return Offer(name, "missing", issues=(HealthIssue(message, _STEP),))
    lifecycle = answer["modelDetails"].get("modelLifecycle", {})
    state, end = str(lifecycle.get("status", "unknown")), lifecycle.get("endOfLifeTime")
    ends = None if end is None else f"{end:%Y-%m-%d}"
    issues: list[HealthIssue] = []
    if state != _OFFERED:
        until = f" until {ends}" if ends else ""
        message = f"model {model.id} is {state}: Bedrock offers it{until} to those who use it"
        issues.append(HealthIssue(message, _STEP))
    if model.profile:
        about = f"inference profile {name}"
        if _describe(aws, "get_inference_profile", about, inferenceProfileIdentifier=name) is None:
            issues.append(HealthIssue(f"{region} has no {about}", _STEP))
    return Offer(name, state, ends, tuple(issues))


def _safely(aws: StackAccount, model: Model) -> Offer:
    try:
        return _offer(aws, model)
    except AwsError as error:
        if error.exit_code == IDENTITY:
            raise
        return Offer(called(model), "unknown", issues=(HealthIssue(error.message, error.next_step),))


def offers(aws: StackAccount, models: Iterable[Model]) -> dict[str, Offer]:
    """Return the lifecycle of each model, asked for once, by the id that agents invoke it by.

    Raises:
        AwsError: The credentials have expired.
    """
    different = {called(model): model for model in models}
    return {
        offer.invoked_id: offer
        for offer in in_parallel(lambda model: _safely(aws, model), different.values())
    }
