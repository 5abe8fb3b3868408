"""Who else manages a live resource: CloudFormation, Terraform, or another stack of the same backend."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

from toolkit.adopt.model import Found, Plan
from toolkit.adopt.state_ids import import_ids
from toolkit.aws.account import Account
from toolkit.aws.location import Location
from toolkit.aws.resource_location import (
    ResourceLocation,
    provider_locations,
    resource_location,
    state_arn,
    unqualified,
)
from toolkit.aws.types import find
from toolkit.engine.stack import Engine
from toolkit.errors import CommandError

_STACK = "aws:cloudformation:stack-name"
# Tags that people put on what Terraform manages; Terraform itself sets none
_TOOL_KEYS = frozenset(["managedby", "terraform", "provisionedby", "createdby"])
_TOOL_VALUES = frozenset(["terraform", "opentofu"])
_TAKE = "take it out there first, then give its id in the mapping"
_WRONG = f"if the tag is wrong, say ours with the reason in the mapping; else {_TAKE}"
_LOOK = (
    "in an account or region that it does not tell: if that is not this one, give its id in the mapping; "
    "only if it is, take it out there first"
)


def tagged(live: Mapping[str, Any]) -> str:
    """Return who manages something by its tags, as the provider reads them; empty if they name nobody."""
    tags = live.get("tags")
    claim = _named(tags) if isinstance(tags, dict) else ""
    return f"{claim}; {_step(claim)}" if claim else ""


def _named(tags: Mapping[Any, Any]) -> str:
    for key, value in tags.items():
        short = str(key).lower().replace("-", "").replace("_", "").replace(" ", "")
        if key == _STACK:
            return f"CloudFormation stack {value} owns it"
        if short in _TOOL_KEYS and str(value).lower() in _TOOL_VALUES:
            return f"its tag {key}={value} says that {value} manages it"
        if short == "terraform" and str(value).lower() in ("true", "yes"):
            return f"its tag {key}={value} says that Terraform manages it"
    return ""


def _by_people(claim: str) -> bool:
    """Return whether a tag that people wrote says so: those of CloudFormation are AWS's own, and right."""
    return claim.startswith("its tag")


def _step(claim: str) -> str:
    return _WRONG if _by_people(claim) else _TAKE


class Owners:
    """Whom live resources of one account and region belong to, as tags and other stacks' states say."""

    def __init__(self, location: Location) -> None:
        """Start without claims.

        Args:
            location: Account and region of the stack.
        """
        self._location = ResourceLocation(location.account, location.region)
        self._tags: dict[tuple[str, str], str] = {}
        self._states: dict[tuple[str, str], list[tuple[ResourceLocation, str]]] = defaultdict(list)

    def ask_tags(self, account: Account, warnings: list[str]) -> None:
        """Read who tags say owns what; if they cannot be asked, a warning.

        The provider leaves out the tags that AWS sets, so they come from the tagging API.
        """
        try:
            for page in account.pages("resourcegroupstaggingapi", "get_resources", ResourcesPerPage=100):
                for resource in page.get("ResourceTagMappingList", ()):
                    claim = _named({tag["Key"]: tag["Value"] for tag in resource["Tags"]})
                    if claim:
                        self._tags[_tag_key(str(resource["ResourceARN"]))] = claim
        except (ClientError, BotoCoreError) as error:
            reason = str(error).splitlines()[0]
            warnings.append(
                f"what CloudFormation or Terraform owns is not known: tag:GetResources failed ({reason})"
            )

    def ask_stacks(self, engine: Engine, stacks: Iterable[str], warnings: list[str]) -> None:
        """Read what other stacks of the backend have; what cannot be read becomes a warning."""
        for name in stacks:
            try:
                state = engine.export(name)
            except CommandError as error:
                warnings.append(f"what another stack owns is not known: {error}")
                continue
            self._know(name, state["deployment"].get("resources") or [])

    def _know(self, stack: str, resources: list[Mapping[str, Any]]) -> None:
        by_provider = provider_locations(resources)
        for resource in resources:
            if (
                not resource.get("id")
                or not resource.get("custom")
                or not str(resource["type"]).startswith("aws:")
            ):
                continue
            default = by_provider.get(str(resource.get("provider")), ResourceLocation(None, None))
            region = (resource.get("outputs") or {}).get("region")
            if isinstance(region, str) and region:
                default = ResourceLocation(default.account, region)
            for identity in import_ids(resource):
                at = resource_location(str(resource["type"]), identity, default, state_arn(resource))
                self._states[str(resource["type"]), unqualified(identity)].append((at, stack))

    def of(
        self, token: str, identity: str, region: object = None, *, by_tags: bool = True
    ) -> tuple[str, str]:
        """Return who owns something, and what to do before it is adopted; both empty if nobody is known to.

        Args:
            token: Its type.
            identity: Its import id.
            region: What is declared of its region, if that is another than the stack's.
            by_tags: Whether tags that people wrote count.
        """
        default = ResourceLocation(
            self._location.account, region if isinstance(region, str) else self._location.region
        )
        here = resource_location(token, identity, default)
        claim = "" if here.differs_from(self._location) else self._tags.get(_own_key(token, identity), "")
        if claim and (by_tags or not _by_people(claim)):
            return claim, _step(claim)
        claim = ""
        for location, stack in self._states.get((token, unqualified(identity)), ()):
            if not location.differs_from(here):
                if location.is_complete:
                    return f"the state of stack {stack} has it", _TAKE
                claim = claim or f"the state of stack {stack} has one of this id, {_LOOK}"
        return claim, ""

    def elsewhere(self, counterparts: Iterable[Found], without_tags: Collection[str] = ()) -> dict[str, str]:
        """Return, by id, why a resource is managed elsewhere and what to do.

        Args:
            counterparts: What is declared, with its ids.
            without_tags: URNs whose tags are wrong, as a person decided; what another state has, it has.
        """
        owners: dict[str, str] = {}
        for resource in counterparts:
            by_tags = resource.target.urn not in without_tags
            region = resource.target.inputs.get("region")
            owner, step = self.of(resource.target.type, resource.id or "", region, by_tags=by_tags)
            if owner:
                owners[str(resource.id)] = f"{owner}; {step}" if step else owner
        return owners

    def tell(self, plan: Plan) -> None:
        """Write into a plan who owns what nothing declares, as far as that is known."""
        for token, name in plan.unmanaged:
            owner, _ = self.of(token, plan.ids.get((token, name), name))
            if owner:
                plan.owners.setdefault((token, name), owner)


def _service(token: str) -> str:
    """Return the service that ARNs of a type name, for IAM with the kind: names are unique in it only."""
    service, kind = find(token).service, token.rpartition(":")[2]
    return f"iam/{kind.lower()}" if service == "iam" else service


def _tag_key(arn: str) -> tuple[str, str]:
    """Return (service, name) of an ARN; the name is what follows the kind, as ids have it."""
    _, _, service, _, _, rest = arn.split(":", 5)
    kind, mark, name = rest.lstrip("/").partition(":" if ":" in rest.partition("/")[0] else "/")
    if service == "iam":
        return f"iam/{kind.replace('-', '')}", name.rpartition("/")[2]  # ids have no path
    return service, (name if mark else kind).removesuffix(":*").strip("/")


def _own_key(token: str, identity: str) -> tuple[str, str]:
    """Return the same of an import id."""
    service = _service(token)
    if identity.startswith("arn:"):
        return service, _tag_key(identity)[1]
    name = unqualified(identity)
    if service == "budgets":
        name = name.partition(":")[2]
    return service, name.removesuffix(",DRAFT").strip("/")
