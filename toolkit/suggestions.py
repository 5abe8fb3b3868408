"""What a person may have meant by a word that is not known."""

from collections.abc import Iterable

from rapidfuzz import fuzz, process

_CUTOFF = 60
"""Similarity in percent below which two words have nothing to do with each other."""


def nearest(word: str, allowed: Iterable[str]) -> str | None:
    """Return the allowed word that is most like a word; None if none is like it."""
    match = process.extractOne(word, list(allowed), scorer=fuzz.ratio, score_cutoff=_CUTOFF)
    return match[0] if match else None


def did_you_mean(word: str, allowed: Iterable[str]) -> str:
    """Return `did you mean 'NAME'? ` with the allowed word that is most like a word; empty if none is."""
    suggestion = nearest(word, allowed)
    return f"did you mean {suggestion!r}? " if suggestion else ""
