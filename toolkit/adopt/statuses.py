"""What a read through the provider says of a resource: whether it is there, and whose it is."""

from collections.abc import Collection, Iterable

from toolkit.adopt.model import Found
from toolkit.adopt.owners import tagged
from toolkit.adopt.provider_reads import ProviderReads, means_absent


def mark(resources: Iterable[Found], reads: ProviderReads, decided: Collection[str]) -> None:
    """Write into each resource that was read what came of it.

    Args:
        resources: Those that are to be imported or created.
        reads: What the provider gave and refused, by the name of the entry.
        decided: URNs of those whose id a person gave, or whose tags are wrong: these are ours.
    """
    for resource in resources:
        name = str(resource.target.entry["name"])
        if resource.decision == "create":
            _mark_created(resource, name, reads)
        elif name in reads.inputs:
            owner = "" if resource.target.urn in decided else tagged(reads.inputs[name])
            resource.status, resource.detail = ("managed elsewhere" if owner else "found"), owner
        else:
            refusal = reads.refused.get(name, "the provider did not say why it cannot be read")
            resource.status, resource.detail = ("absent" if means_absent(refusal) else "unknown"), refusal


def _mark_created(resource: Found, name: str, reads: ProviderReads) -> None:
    """Mark one that is to be created, which must not be there yet."""
    if name in reads.inputs:
        resource.decision, resource.status = "import", "open"
        resource.detail = f"the mapping says create, and it is live: write id: {resource.id} there instead"
    elif means_absent(reads.refused.get(name, "")):
        resource.status = "absent"
