"""What a name or a value must look like to be taken for a secret; no message ever shows the value."""

import re
from itertools import pairwise

_WORDS = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+")
_SECRET_WORDS = frozenset(
    ("password", "passwd", "passphrase", "pwd", "secret", "token", "credential", "credentials", "apikey")
)
_SECRET_PAIRS = frozenset((("api", "key"), ("private", "key"), ("access", "key"), ("signing", "key")))
# A name that ends so speaks about a secret, its place or its kind, and holds none.
_ABOUT = frozenset(
    [
        "arn",
        "id",
        "name",
        "path",
        "url",
        "uri",
        "ref",
        "parameter",
        "table",
        "bucket",
        "queue",
        "prefix",
        "ttl",
        "seconds",
        "limit",
        "count",
        "type",
        "version",
        "file",
        "endpoint",
        "header",
        "enabled",
        "policy",
        "expiry",
        "validity",
        "length",
        "mode",
    ]
)
_VALUES = re.compile(
    r"\b(?:AKIA|ASIA)[0-9A-Z]{16}\b"  # AWS access key ids
    r"|-----BEGIN [A-Z ]*PRIVATE KEY-----"
    r"|\bgh[pousr]_[A-Za-z0-9]{36,}|\bgithub_pat_[A-Za-z0-9_]{22,}"
    r"|\bxox[abprs]-[A-Za-z0-9-]{10,}"  # Slack
    r"|\beyJ[A-Za-z0-9_-]{8,}\.eyJ[A-Za-z0-9_-]{8,}\."  # JSON web tokens
    r"|://[^/\s:@]+:[^/\s:@]+@"  # user and password inside an address
)
_REFERENCE = re.compile(
    r"arn:aws[\w-]*:(?:secretsmanager|ssm|kms):|\{\{resolve:(?:secretsmanager|ssm-secure):"
)


def names_secret(name: str) -> bool:
    """Say whether a name, in any case style, says that its value is a secret."""
    words = [one.lower() for one in _WORDS.findall(name)]
    if not words or words[-1] in _ABOUT:
        return False
    return bool(_SECRET_WORDS & set(words)) or bool(_SECRET_PAIRS & set(pairwise(words)))


def is_secret(value: str) -> bool:
    """Say whether a value has the form of a known kind of credential."""
    return _VALUES.search(value) is not None


def is_reference(value: str) -> bool:
    """Say whether a value only says where a secret is kept."""
    return _REFERENCE.match(value) is not None
