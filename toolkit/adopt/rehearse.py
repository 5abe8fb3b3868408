"""A rehearsal: the import into a throw-away backend, and what the next update would do there."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from toolkit.adopt import mapping
from toolkit.adopt.diff import differences
from toolkit.adopt.diff_causes import explained
from toolkit.adopt.files import hashed
from toolkit.adopt.model import Difference, Plan, Target
from toolkit.adopt.setting_of_property import settings_of
from toolkit.adopt.workflow import Adoption
from toolkit.engine.errors import reason
from toolkit.engine.scratch_backend import throw_away
from toolkit.engine.stack import scratch_folder
from toolkit.errors import UNABLE, CommandError


def batches(adoption: Adoption, plan: Plan) -> list[tuple[bool, list[dict[str, Any]]]]:
    """Return (protected, import entries) in order: components, what is protected, what is not.

    So each comes in as the program has it, and what others are computed from is there before them.
    """
    ids = {
        resource.target.urn: resource.id
        for resource in plan.found
        if resource.decision == "import" and resource.status == "found"
    }
    components = [dict(resource.entry) for resource in adoption.targets if resource.component]
    ordered = [(False, components)]
    for protect in (True, False):
        chosen = [
            resource for resource in adoption.targets if resource.urn in ids and resource.protect == protect
        ]
        ordered.append((protect, [{**resource.entry, "id": ids[resource.urn]} for resource in chosen]))
    return ordered


def rehearse(adoption: Adoption, plan: Plan) -> list[Difference]:
    """Import into a throw-away backend and preview there: what would the next update do?"""
    with scratch_folder() as name:
        scratch = throw_away(adoption.engine, Path(name), adoption.environment)
        (_, components), *later = batches(adoption, plan)
        total = sum(len(entries) for _, entries in later)
        with adoption.bars.bar("rehearsed", total) as progress:
            for protect, entries in ((False, components), *later):
                resources = entries if entries is components else [*components, *entries]
                result = scratch.import_resources(resources, adoption.parents, progress, protect=protect)
                if result and result.code:
                    raise CommandError(UNABLE, f"the rehearsal's import failed: {reason(result)}")
        created = {resource.target.urn for resource in plan.found if resource.decision == "create"}
        left_out = {resource.target.urn for resource in plan.found if resource.decision == "skip"}
        steps = [
            step
            for step in scratch.preview("--show-sames", "--ignore-protect")
            if step["urn"] not in left_out
        ]
    agreed = {resource.target.urn: resource.agreed for resource in plan.found}
    plan.rehearsed = True
    plan.differences = [
        mapping.agree(difference, agreed.get(difference.urn, {}))
        for difference in explain(adoption, steps, created)
    ]
    return plan.differences


def explain(adoption: Adoption, steps: Iterable[Mapping[str, Any]], created: set[str]) -> list[Difference]:
    """Return what steps of a preview would change, each with its cause and the edit that mends it."""
    written = settings_of(adoption.engine)
    return [
        explained(difference, step, written) for step in steps for difference in differences(step, created)
    ]


def fingerprint(adoption: Adoption, plan: Plan) -> dict[str, str]:
    """Return, by URN, a hash of what a rehearsal rests on: program, decision, live properties."""
    return {
        resource.target.urn: hashed(
            [
                *(
                    _declared(resource.target),
                    resource.target.protect,
                    resource.target.entry.get("version"),
                ),
                *(
                    resource.id,
                    resource.decision,
                    dict(resource.agreed),
                    adoption.inventory.get(str(resource.target.entry["name"])),
                ),
            ]
        )
        for resource in plan.found
    }


def _declared(target: Target) -> dict[str, Any]:
    """Return what a declaration says by itself; what is computed from others is known only later."""
    return {key: value for key, value in target.inputs.items() if not target.uses.get(key)}
