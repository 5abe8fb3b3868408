"""Foundation models that agents invoke: does the region offer them, and for how long yet?"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from components.settings.declarations import called
from components.settings.models import Model
from toolkit.aws.calls import ABSENT, AwsError, in_parallel
from toolkit.errors import IDENTITY
from toolkit.operate.context import StackAccount
from toolkit.operate.problem import Problem

# What Bedrock says of an id that it does not have, be it wrong or of a model at the end of its life:
# https://docs.aws.amazon.com/bedrock/latest/APIReference/API_GetFoundationModel.html
_NO_SUCH = ABSENT | {"ValidationException"}
_OFFERED = "ACTIVE"
_STEP = "choose one that is offered (docs/agents.md#models)"


@dataclass(frozen=True)
class Offer:
    """What Bedrock says of a model, as it is called.

    Attributes:
        called: Id of the model, or of the inference profile that it is called through.
        state: `ACTIVE`, or `LEGACY`, which ends at a day and until then refuses accounts that have not called
            the model for a while (https://docs.aws.amazon.com/bedrock/latest/userguide/model-lifecycle.html);
            `missing`, or `unknown` where Bedrock does not say.
        ends: The day of its end, as `2027-03-01`, where Bedrock names one.
        problems: What is not well.
    """

    called: str
    state: str
    ends: str | None = None
    problems: tuple[Problem, ...] = ()


def _asked(place: StackAccount, operation: str, about: str, **arguments: str) -> Mapping[str, Any] | None:
    """Ask Bedrock; None where there is no such model or profile."""
    try:
        return place.ask("bedrock", operation, about, **arguments)
    except AwsError as error:
        if error.name not in _NO_SUCH:
            raise
        return None


def _offer(place: StackAccount, model: Model) -> Offer:
    name, region = called(model), place.naming.region
    found = _asked(place, "get_foundation_model", f"model {model.id}", modelIdentifier=model.id)
    if found is None:
        said = f"{region} has no model {model.id}: the id is wrong, or the model at the end of its life"
        return Offer(name, "missing", problems=(Problem(said, _STEP),))
    lifecycle = found["modelDetails"].get("modelLifecycle", {})
    state, end = str(lifecycle.get("status", "unknown")), lifecycle.get("endOfLifeTime")
    ends = None if end is None else f"{end:%Y-%m-%d}"
    problems: list[Problem] = []
    if state != _OFFERED:
        until = f" until {ends}" if ends else ""
        said = f"model {model.id} is {state}: Bedrock offers it{until} to those who use it"
        problems.append(Problem(said, _STEP))
    if model.profile:
        about = f"inference profile {name}"
        if _asked(place, "get_inference_profile", about, inferenceProfileIdentifier=name) is None:
            problems.append(Problem(f"{region} has no {about}", _STEP))
    return Offer(name, state, ends, tuple(problems))


def _safely(place: StackAccount, model: Model) -> Offer:
    try:
        return _offer(place, model)
    except AwsError as error:
        if error.exit_code == IDENTITY:
            raise
        return Offer(called(model), "unknown", problems=(Problem(error.message, error.next_step),))


def offers(place: StackAccount, models: Iterable[Model]) -> dict[str, Offer]:
    """Ask for each model once, and give what Bedrock says, by the id that the model is called by.

    Raises:
        AwsError: Credentials no longer count.
    """
    different = {called(model): model for model in models}
    return {one.called: one for one in in_parallel(lambda model: _safely(place, model), different.values())}
