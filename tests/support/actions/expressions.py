"""The part of GitHub's expressions that the workflows use; anything else is refused.

https://docs.github.com/en/actions/reference/workflows-and-actions/expressions
"""

import re
from collections.abc import Mapping
from typing import Any

_TOKEN = re.compile(r"\s*(?:(&&|\|\||==|!=|!|\(|\))|'((?:[^']|'')*)'|([A-Za-z_][\w.-]*)(\(\))?|(\S))")
_INSIDE = re.compile(r"\$\{\{\s*(.*?)\s*\}\}")


class Unknown(Exception):  # noqa: N818 - a part of the language that is not here
    """An expression has something that is not modelled."""


class Expression:
    """One expression, read from left to right."""

    def __init__(self, text: str, contexts: Mapping[str, Any], status: Mapping[str, bool]) -> None:
        """Take it apart.

        Args:
            text: Without the signs around it.
            contexts: `github`, `env`, `vars`, `needs`, `steps`.
            status: What `success`, `failure`, `cancelled` and `always` say.
        """
        self.contexts, self.status = contexts, status
        self.tokens: list[tuple[str, Any]] = []
        for sign, string, name, call, other in _TOKEN.findall(text.strip()):
            if other:
                raise Unknown(f"{text}: {other}")
            if sign:
                self.tokens.append((sign, None))
            elif name:
                self.tokens.append(("value", self._call(name) if call else self._at(name)))
            else:
                self.tokens.append(("value", string.replace("''", "'")))

    def value(self) -> Any:  # noqa: ANN401 - as GitHub's
        """Give what it comes to."""
        found = self._or()
        if self.tokens:
            raise Unknown(f"something is left of an expression: {self.tokens}")
        return found

    def _or(self) -> Any:  # noqa: ANN401 - as above
        left = self._and()
        while self._take("||"):
            right = self._and()
            left = left or right
        return left

    def _and(self) -> Any:  # noqa: ANN401 - as above
        left = self._same()
        while self._take("&&"):
            right = self._same()
            left = left and right
        return left

    def _same(self) -> Any:  # noqa: ANN401 - as above
        left = self._one()
        if self._take("=="):
            return left == self._one()
        if self._take("!="):
            return left != self._one()
        return left

    def _one(self) -> Any:  # noqa: ANN401 - as above
        if self._take("!"):
            return not self._one()
        if self._take("("):
            found = self._or()
            if not self._take(")"):
                raise Unknown("a bracket is not closed")
            return found
        kind, found = self.tokens.pop(0)
        if kind != "value":
            raise Unknown(kind)
        return found

    def _take(self, sign: str) -> bool:
        if self.tokens and self.tokens[0][0] == sign:
            self.tokens.pop(0)
            return True
        return False

    def _call(self, name: str) -> bool:
        if name not in self.status:
            raise Unknown(f"{name}()")
        return self.status[name]

    def _at(self, path: str) -> Any:  # noqa: ANN401 - as above
        first, *steps = path.split(".")
        if first not in self.contexts:
            raise Unknown(path)
        found: Any = self.contexts[first]
        for step in steps:
            found = found.get(step, "") if isinstance(found, Mapping) else ""
        return found


def filled(text: str, contexts: Mapping[str, Any]) -> str:
    """Give a text with its expressions filled in."""
    return _INSIDE.sub(lambda one: str(Expression(one[1], contexts, {}).value()), text)


def holds(condition: str | None, contexts: Mapping[str, Any], status: Mapping[str, bool]) -> bool:
    """Say whether a job or step runs; without a word on the status, only if all went well before it."""
    text = condition or "success()"
    whole = _INSIDE.fullmatch(text.strip())
    text = whole[1] if whole else text
    if not re.search(r"\b(success|failure|cancelled|always)\(\)", text):
        text = f"success() && ({text})"
    return bool(Expression(text, contexts, status).value())
