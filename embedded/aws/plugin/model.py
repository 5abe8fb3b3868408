"""How one resource type is described to the plugin: facts in a table, and the calls that AWS wants for it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from embedded.aws.plugin.clients import Aws
from embedded.aws.plugin.documents import same_json, same_policy
from embedded.aws.plugin.values import Bag

Same = Callable[[str, str], bool]
Policy: Same = same_policy
"""For a property that holds a policy document."""
Json: Same = same_json
"""For a property that holds any other JSON text."""


def unchanged(bag: Bag) -> Bag:
    """Return a bag unchanged; for types whose properties have one form only.

    Args:
        bag: Inputs or state.

    Returns:
        The same bag.
    """
    return bag


def nothing_to_do(_aws: Aws, _resource_id: str, _old: Bag, _new: Bag) -> None:
    """Do nothing; for types that cannot be updated, or that have no second step.

    Args:
        _aws: The AWS to talk to.
        _resource_id: The resource.
        _old: Its state.
        _new: Its new inputs.
    """


def plain_name(name: str, _inputs: Bag) -> str:
    """Return a physical name as it is.

    Args:
        name: The name made from the resource's own name.
        _inputs: The resource's inputs.

    Returns:
        The name.
    """
    return name


def never(_old: Bag, _new: Bag) -> frozenset[str]:
    """Return no property; for types whose replacing properties do not depend on values.

    Args:
        _old: The state.
        _new: The program's inputs.

    Returns:
        No property.
    """
    return frozenset()


@dataclass(frozen=True)
class Model:
    """One resource type, as the published provider's documentation and schema describe it.

    Paths name nested properties with dots and leave list positions out: `rules.filter.prefix`.

    Attributes:
        page: The provider's documentation page that the facts are from, below `website/docs/r/`.
        create: Makes the resource; gets inputs (defaults filled in), returns the id.
        read: Gives the live state by id, every property in the shape of outputs, or None when it is gone.
        update: Brings the resource from an old state to new inputs.
        delete: Removes the resource; gets id and state.
        settle: Steps after creation that need the resource to exist; gets id, an empty bag and inputs.
        retag: Sets and removes tags; gets id, state, tags to set, keys to remove.
        replaces: Properties whose change replaces the resource (ForceNew in the provider's schema).
        replaces_when: More of them, by old state and new inputs (ForceNew in the provider's CustomizeDiff).
        defaults: The schema's default values, by path; also what leaving the property out means.
        computed: Paths that AWS fills in when the program leaves them out (Optional and Computed).
        texts: Paths of texts that can be written in several ways, with what makes two of them the same.
        sets: Paths of lists whose order means nothing, with the property that tells elements apart.
        renewed: Outputs that any update may change; a preview of one does not know them.
        unread: Inputs that AWS does not give back; they stay as the program gave them.
        mirrored: Properties that other resources own as well; reported when given here, and on import.
        refused: Inputs that the embedded AWS does not model; a program that gives them cannot be brought up.
        missing: AWS error codes that mean that the resource is not there.
        name: The property that holds the physical name, which only one resource can have at a time; the
            plugin invents one if it may be left out.
        style: How a physical name is made from the resource's own name.
        canonical: Brings a bag with more than one allowed form to a single one before it is compared.
    """

    page: str
    create: Callable[[Aws, Bag], str]
    read: Callable[[Aws, str], Bag | None]
    delete: Callable[[Aws, str, Bag], object]
    update: Callable[[Aws, str, Bag, Bag], object] = nothing_to_do
    settle: Callable[[Aws, str, Bag, Bag], None] = nothing_to_do
    retag: Callable[[Aws, str, Bag, dict[str, str], list[str]], None] | None = None
    replaces: frozenset[str] = frozenset()
    replaces_when: Callable[[Bag, Bag], frozenset[str]] = never
    defaults: Mapping[str, object] = field(default_factory=dict[str, object])
    computed: frozenset[str] = frozenset()
    texts: Mapping[str, Same] = field(default_factory=dict[str, Same])
    sets: Mapping[str, str] = field(default_factory=dict[str, str])
    renewed: frozenset[str] = frozenset()
    unread: frozenset[str] = frozenset()
    mirrored: frozenset[str] = frozenset()
    refused: frozenset[str] = frozenset()
    missing: frozenset[str] = frozenset()
    name: str | None = "name"
    style: Callable[[str, Bag], str] = plain_name
    canonical: Callable[[Bag], Bag] = unchanged
