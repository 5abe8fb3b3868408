"""Property values as the engine writes them: unknown values, secrets, assets, outputs, provider defaults.

Signatures are those of `pulumi.runtime.rpc`, which has no public names for them.
"""

from collections.abc import Callable, Mapping
from typing import Any, Final

from pulumi.runtime import rpc

UNKNOWN: Final = rpc.UNKNOWN
"""What the engine writes for a value that is not known before the update."""
SIGNATURE: Final = rpc._special_sig_key  # noqa: SLF001 - as above  # pyright: ignore[reportPrivateUsage]
"""The key by which a mapping is more than a mapping."""
SECRET: Final = rpc._special_secret_sig  # noqa: SLF001 - as above  # pyright: ignore[reportPrivateUsage]
ASSET: Final = rpc._special_asset_sig  # noqa: SLF001 - as above  # pyright: ignore[reportPrivateUsage]
ARCHIVE: Final = rpc._special_archive_sig  # noqa: SLF001 - as above  # pyright: ignore[reportPrivateUsage]
OUTPUT: Final = rpc._special_output_value_sig  # noqa: SLF001 - as above  # pyright: ignore[reportPrivateUsage]
DEFAULTS: Final = "__defaults"
"""The key under which the provider lists what it filled in."""
CONCEALED: Final = "[secret]"
"""What a secret is shown as, the former and the new value alike: the engine tells neither."""


def signature(value: object) -> str:
    """Return the signature of a value that is more than a mapping; empty for any other value."""
    return str(value.get(SIGNATURE, "")) if isinstance(value, Mapping) else ""


def is_secret(value: object) -> bool:
    """Check whether a value is a secret, by itself or as an output."""
    mark = signature(value)
    return mark == SECRET or (mark == OUTPUT and isinstance(value, Mapping) and bool(value.get("secret")))


def is_asset(value: object) -> bool:
    """Check whether a value is an asset or an archive."""
    return signature(value) in (ASSET, ARCHIVE)


def is_unknown(value: object) -> bool:
    """Check whether a value is not known before the update; an output value without a value is unknown."""
    if signature(value) == OUTPUT:
        return isinstance(value, Mapping) and "value" not in value
    return value == UNKNOWN


def has_unknown(value: object) -> bool:
    """Check whether a value or any part of it is unknown; a text may hold the mark within."""
    if is_unknown(value):
        return True
    if isinstance(value, Mapping):
        return any(has_unknown(part) for part in value.values())
    if isinstance(value, list):
        return any(has_unknown(part) for part in value)
    return isinstance(value, str) and UNKNOWN in value


def defaults(inputs: object) -> frozenset[str]:
    """Return the keys of a mapping that the provider filled in."""
    return frozenset(inputs.get(DEFAULTS) or ()) if isinstance(inputs, Mapping) else frozenset()


def without_defaults(value: Any) -> Any:  # noqa: ANN401 - any JSON
    """Return a value without the provider's lists of what it filled in, which nobody declares."""
    return _rewrite(value, lambda part: part, drop=DEFAULTS)


def concealed(value: Any) -> Any:  # noqa: ANN401 - any JSON
    """Return a value with CONCEALED for each secret, without the provider's lists of defaults."""
    return _rewrite(value, lambda part: CONCEALED if is_secret(part) else part, drop=DEFAULTS)


def without_ciphertext(value: Any) -> Any:  # noqa: ANN401 - any JSON
    """Return a value with its signature alone for each secret.

    The same secret may be encrypted differently each time that a state is written.
    """
    return _rewrite(value, lambda part: SECRET if is_secret(part) else part)


def _rewrite(value: Any, change: Callable[[Any], Any], *, drop: str = "") -> Any:  # noqa: ANN401 - any JSON
    changed = change(value)
    if isinstance(changed, Mapping):
        return {key: _rewrite(part, change, drop=drop) for key, part in changed.items() if key != drop}
    return [_rewrite(part, change, drop=drop) for part in changed] if isinstance(changed, list) else changed
