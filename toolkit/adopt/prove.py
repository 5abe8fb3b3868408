"""The proof of an adoption: a preview of the stack itself changes nothing."""

from toolkit.adopt import mapping, rehearse
from toolkit.adopt.model import DIFFERENCES, Difference
from toolkit.adopt.workflow import Adoption
from toolkit.errors import CommandError


def prove(adoption: Adoption) -> list[Difference]:
    """Preview the stack itself: return all that is not the same, protect, parent and provider included.

    What a person agreed to, or has created by the first update, is returned with the reason.

    Raises:
        CommandError: Nothing was adopted yet.
    """
    adoption.guard()
    if not any(step.get("id") for step in adoption.held):
        name = adoption.engine.stack
        raise CommandError(
            DIFFERENCES,
            f"the state of {name} has no resource yet, so there is nothing to prove: "
            f"`tms adopt run --stack {name}` says what comes before",
        )
    steps = adoption.engine.preview("--show-sames")
    decisions = mapping.read(adoption.mapping, [str(step["urn"]) for step in steps], adoption.account.region)
    return [mapping.decided(step, decisions) for step in rehearse.explain(adoption, steps, set())]
