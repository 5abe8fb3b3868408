"""Which models may be asked: named ones, with the models behind a profile, and not anywhere in the world.

https://docs.aws.amazon.com/bedrock/latest/userguide/inference-profiles-prereq.html
"""

import re
from collections.abc import Iterable, Iterator

from tms_policies.documents.actions import wild
from tms_policies.documents.globs import covers_action, covers_resource
from tms_policies.documents.parse import Statement
from tms_policies.model import Bag, Finding, Resource
from tms_policies.registry import rule
from tms_policies.rules.iam_documents import granted, place
from tms_policies.settings import switch
from tms_policies.values import shown

_ASK = ("bedrock:InvokeModel", "bedrock:InvokeModelWithResponseStream")
_PROFILE = re.compile(r"arn:[\w-]+:bedrock:[^:]*:[^:]*:inference-profile/(.+)", re.IGNORECASE)
_MODEL = re.compile(r"arn:[\w-]+:bedrock:[^:]*::foundation-model/(.+)", re.IGNORECASE)
_WORLD = "global."


def _asks(statement: Statement) -> bool:
    """Return whether a statement lets a model be asked, by an action that is named."""
    return any(
        covers_action(pattern, action) and pattern.lower().startswith("bedrock:")
        for pattern in statement.texts("action")
        for action in _ASK
    )


def _models(statements: Iterable[Statement]) -> Iterator[str]:
    """Yield the ids, or patterns of ids, of the foundation models that may be asked."""
    for statement in statements:
        if statement.allows and _asks(statement):
            match = (_MODEL.fullmatch(pattern) for pattern in statement.texts("resource"))
            yield from (pattern[1] for pattern in match if pattern)


@rule(
    "bedrock-model-named",
    severity="high",
    settings={
        "globalProfiles": switch(
            "Whether profiles that route to any region of the world are allowed", default=False
        )
    },
    remedy="Name models and profiles by id.",
    why="A wildcard lets an agent send trade data to models that nobody has assessed, and a global "
    "profile to regions that the bank may not use. https://docs.aws.amazon.com/bedrock/latest/userguide/"
    "global-cross-region-inference.html",
)
def named(resource: Resource, settings: Bag) -> Iterable[Finding]:
    """An identity may ask named models only: profiles with their models, and none for the world.

    Each model and each profile by its id; a profile with the models that it routes to.
    """
    for attachment, statement in granted(resource):
        if attachment.kind != "identity" or not _asks(statement):
            continue
        location = place(resource, attachment, statement)
        behind = list(_models(attachment.document.statements))
        for arn in statement.texts("resource"):
            profile, model = _PROFILE.fullmatch(arn), _MODEL.fullmatch(arn)
            result = profile or model
            if result and wild(result[1]):
                yield Finding(
                    f"{location} lets any model be asked that fits {shown(arn)}",
                    '"Resource": "arn:aws:bedrock:<region>::foundation-model/<model id>"',
                )
            elif profile:
                yield from _routed(location, profile[1], behind, allowed=bool(settings["globalProfiles"]))


def _routed(location: str, profile: str, behind: list[str], *, allowed: bool) -> Iterator[Finding]:
    """Check a profile: where it routes to, and whether the models there may be asked."""
    if profile.startswith(_WORLD) and not allowed:
        yield Finding(
            f"{location} allows the inference profile {profile}, which may process data in any region",
            f'"Resource": "...:inference-profile/us.{profile.removeprefix(_WORLD)}"',
        )
    model = profile.partition(".")[2]
    if "." in model and not any(covers_resource(item, model) for item in behind):
        yield Finding(
            f"{location} allows the inference profile {profile} without its model: every call is denied",
            f'"arn:aws:bedrock:<region>::foundation-model/{model}" for each region of the profile',
        )
