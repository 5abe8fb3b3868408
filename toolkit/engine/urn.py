"""The URN of a resource: `urn:pulumi:STACK::PROJECT::PARENT_TYPE$TYPE::NAME`.

The engine splits it at the first three `::` (sdk/go/common/resource/urn of pulumi/pulumi), so a logical name
may hold `::`, `$`, brackets and spaces.
"""

from dataclasses import dataclass
from functools import lru_cache

_PREFIX = "urn:pulumi:"
_DELIMITER = "::"
_TYPE_DELIMITER = "$"
_PARTS = 4


class UrnError(ValueError):
    """A text is not a URN."""


@dataclass(frozen=True, slots=True)
class Urn:
    """A parsed URN.

    Attributes:
        stack: The stack's name.
        project: The project's name.
        qualified_type: The types of all parents and of the resource, joined by `$`.
        name: The logical name of the resource.
    """

    stack: str
    project: str
    qualified_type: str
    name: str

    @classmethod
    def parse(cls, text: str) -> "Urn":
        """Return the parts of a URN.

        Raises:
            UrnError: The text does not have the form of a URN.
        """
        return _parse(text)

    @property
    def type(self) -> str:
        """The type token of the resource."""
        return self.qualified_type.rpartition(_TYPE_DELIMITER)[2]

    @property
    def parent_types(self) -> tuple[str, ...]:
        """The type tokens of its parents, the outermost first; the stack is not among them."""
        return tuple(self.qualified_type.split(_TYPE_DELIMITER)[:-1])

    def __str__(self) -> str:
        """Return the URN as the engine writes it."""
        return _PREFIX + _DELIMITER.join((self.stack, self.project, self.qualified_type, self.name))


@lru_cache(maxsize=4096)
def _parse(text: str) -> Urn:
    parts = text.removeprefix(_PREFIX).split(_DELIMITER, _PARTS - 1)
    if not text.startswith(_PREFIX) or len(parts) < _PARTS:
        raise UrnError(f"a URN must be urn:pulumi:STACK::PROJECT::TYPE::NAME (got {text!r})")
    return Urn(*parts)


def find_urn(text: str) -> Urn | None:
    """Return the parts of a URN, or None for a text that is not one."""
    try:
        return _parse(text)
    except UrnError:
        return None
