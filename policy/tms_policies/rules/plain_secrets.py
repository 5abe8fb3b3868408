"""Secrets that stand in plain properties: by the property's name, and by the form of known credentials.

No message holds a value. A Pulumi secret is plain text to a policy and to AWS alike, so it is reported too.
"""

import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import Any

from tms_policies.documents.parse import loaded
from tms_policies.model import Bag, Finding, Resource, Unknown
from tms_policies.registry import rule
from tms_policies.settings import strings

_FORMS = {
    "an AWS access key": r"\b(AKIA|ASIA)[A-Z2-7]{16}\b",
    "a private key": r"-----BEGIN [A-Z ]*PRIVATE KEY-----",
    "a GitHub token": r"\b(gh[pousr]_[A-Za-z0-9]{36}|github_pat_[A-Za-z0-9_]{40,})",
    "a GitLab token": r"\bglpat-[A-Za-z0-9_-]{20}",
    "a Slack token": r"\bxox[abprs]-[A-Za-z0-9-]{10,}",
    "a Stripe key": r"\b[rs]k_live_[A-Za-z0-9]{16,}",
    "a Google API key": r"\bAIza[A-Za-z0-9_-]{35}",
    "a signed token": r"\beyJ[A-Za-z0-9_-]{8,}\.eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}",
    "an address with a password": r"\b[a-z][a-z0-9+.-]*://[^/\s:@]+:[^/\s:@]+@",
}
_CREDENTIALS = {name: re.compile(form) for name, form in _FORMS.items()}
# What a secret's name may hold instead of the secret: where it is kept, a switch, a number
_REFERENCE = re.compile(
    r"arn:[\w-]+:|\{\{resolve:|https?://[^@]*$|/[\w./-]+$|(\d{1,5}|true|false)?$", re.IGNORECASE
)
_PARAMETER = "aws:ssm/parameter:Parameter"
_SEPARATORS = re.compile(r"[^a-z0-9]")


def _leaves(value: Any, path: str, name: str) -> Iterator[tuple[str, str, Any]]:  # noqa: ANN401 - a property bag holds anything
    """Yield (path, name, value) of every text and unknown, also in JSON text; pairs go by their name."""
    if isinstance(value, str) and value.lstrip()[:1] in ("{", "["):
        with suppress(ValueError):
            value = loaded(value)
    if isinstance(value, dict):
        pair = value.get("name", value.get("key"))
        for key, item in value.items():
            names = pair if key == "value" and isinstance(pair, str) else str(key)
            yield from _leaves(item, f"{path}.{key}" if path else str(key), names)
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _leaves(item, f"{path}[{index}]", name)
    elif isinstance(value, (str, Unknown)):
        yield path, name, value


def _credential(value: object) -> str | None:
    """Name the kind of credential that a text holds."""
    if not isinstance(value, str):
        return None
    return next((kind for kind, form in _CREDENTIALS.items() if form.search(value)), None)


def _names_secret(name: str, pattern: re.Pattern[str], harmless: set[str]) -> bool:
    folded = _SEPARATORS.sub("", name.lower())
    return folded not in harmless and pattern.search(folded) is not None


def _made_for_secrets(resource: Resource, path: str, settings: Bag) -> bool:
    """Return whether a place is one for secrets, or in one: set so, or the value that SSM encrypts."""
    encrypted = resource.type == _PARAMETER and resource.props.get("type") == "SecureString"
    places = (*settings["places"], *([f"{_PARAMETER}.value"] if encrypted else []))
    value = f"{resource.type}.{path}"
    return any(value == item or value.startswith((f"{item}.", f"{item}[")) for item in places)


def _remedy(resource: Resource, path: str) -> str:
    if resource.type == _PARAMETER and path.startswith("value"):
        return 'type="SecureString"'
    return "the ARN or name of a secret in Secrets Manager, which is read where it is used"


@rule(
    "account-resource-plain-secrets",
    severity="critical",
    settings={
        "names": {
            "type": "string",
            "format": "python-regex",
            "default": (
                "(password|passwd|passphrase|secret|secretkey|apikey|accesskey|privatekey|authkey"
                "|token|credential|credentials|connectionstring)$"
            ),
            "description": "Regular expression for names of secrets, in small letters without separators",
        },
        "harmlessNames": strings(
            "Names that look like a secret's and hold none",
            "idempotencyToken",
            "clientToken",
            "clientRequestToken",
            "creatorRequestToken",
            "accessToken",
            "idToken",
            "refreshToken",
        ),
        "places": strings(
            "`<type>.<property>` made to hold a secret",
            "aws:secretsmanager/secretVersion:SecretVersion.secretString",
            "aws:secretsmanager/secretVersion:SecretVersion.secretBinary",
            "aws:secretsmanager/secretVersion:SecretVersion.secretStringWo",
            "aws:ssm/parameter:Parameter.valueWo",
        ),
    },
    remedy="Keep the secret in Secrets Manager and hand on its ARN, or use a write-only argument.",
    why="Whoever may describe the resource, or read the program or its history, has the secret, no log "
    "shows that it was read, and changing it takes a deployment. "
    "https://docs.aws.amazon.com/secretsmanager/latest/userguide/hardcoded.html",
)
def plain_secrets(resource: Resource, settings: Bag) -> Iterable[Finding]:
    """No property or environment variable holds a secret in plain text."""
    pattern = re.compile(settings["names"])
    harmless = {_SEPARATORS.sub("", str(setting).lower()) for setting in settings["harmlessNames"]}
    for path, name, value in _leaves(resource.props, "", ""):
        if _made_for_secrets(resource, path, settings):
            continue
        line, kind = _remedy(resource, path), _credential(value)
        if kind:
            yield Finding(f"{path} of {resource.name} holds {kind} in plain text", line)
        elif not _names_secret(name, pattern, harmless):
            continue
        elif isinstance(value, Unknown):
            yield Finding(
                f"{path} of {resource.name} is named like a secret and cannot be proven at preview",
                line,
            )
        elif not _REFERENCE.match(value):
            yield Finding(
                f"{path} of {resource.name} is named like a secret and holds one in plain text", line
            )
