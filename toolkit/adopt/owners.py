"""Who else manages a live resource: CloudFormation, Terraform, or another stack of the same backend."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

from toolkit.adopt.import_ids import Place
from toolkit.adopt.model import Found, Plan
from toolkit.adopt.state_ids import import_ids
from toolkit.aws.account import Account
from toolkit.aws.location import Spot, called, own_arn, readers, spot
from toolkit.engine.stack import Engine
from toolkit.errors import CommandError

_STACK = "aws:cloudformation:stack-name"
# Tags that people put on what Terraform manages; Terraform itself sets none
_TOOL_KEYS = frozenset(["managedby", "terraform", "provisionedby", "createdby"])
_TOOL_VALUES = frozenset(["terraform", "opentofu"])
# ARNs name the service, type tokens the SDK's module
_IN_ARNS = {
    "apigatewayv2": "apigateway",
    "cognito": "cognito-idp",
    "costexplorer": "ce",
    "vpc": "ec2",
}
_TAKE = "take it out there first, then give its id in the mapping"
_WRONG = f"if the tag is wrong, say ours with the reason in the mapping; else {_TAKE}"
_LOOK = (
    "in an account or region that it does not tell: if that is not this one, give its id in the mapping; "
    "only if it is, take it out there first"
)


def tagged(live: Mapping[str, Any]) -> str:
    """Say who manages something by its tags, as the provider reads them; empty if they name nobody."""
    tags = live.get("tags")
    said = _named(tags) if isinstance(tags, dict) else ""
    return f"{said}; {_step(said)}" if said else ""


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


def _by_people(said: str) -> bool:
    """Say whether a tag that people wrote says so: those of CloudFormation are AWS's own, and right."""
    return said.startswith("its tag")


def _step(said: str) -> str:
    return _WRONG if _by_people(said) else _TAKE


class Owners:
    """Whom live resources of one account and region belong to, as tags and other stacks' states say."""

    def __init__(self, place: Place) -> None:
        """Know nobody yet.

        Args:
            place: Where the stack lives.
        """
        self._place = Spot(place.account, place.region)
        self._tags: dict[tuple[str, str], str] = {}
        self._states: dict[tuple[str, str], list[tuple[Spot, str]]] = defaultdict(list)

    def ask_tags(self, account: Account, warnings: list[str]) -> None:
        """Read who tags say owns what; if they cannot be asked, a warning.

        The provider leaves out the tags that AWS sets, so they come from the tagging API.
        """
        try:
            for page in account.pages("resourcegroupstaggingapi", "get_resources", ResourcesPerPage=100):
                for one in page.get("ResourceTagMappingList", ()):
                    said = _named({tag["Key"]: tag["Value"] for tag in one["Tags"]})
                    if said:
                        self._tags[_tag_key(str(one["ResourceARN"]))] = said
        except (ClientError, BotoCoreError) as error:
            words = str(error).splitlines()[0]
            warnings.append(
                f"what CloudFormation or Terraform owns is not known: tag:GetResources failed ({words})"
            )

    def ask_stacks(self, engine: Engine, others: Iterable[str], warnings: list[str]) -> None:
        """Read what other stacks of the backend have; what cannot be read becomes a warning."""
        for name in others:
            try:
                state = engine.export(name)
            except CommandError as stop:
                warnings.append(f"what another stack owns is not known: {stop}")
                continue
            self._know(name, state["deployment"].get("resources") or [])

    def _know(self, stack: str, resources: list[Mapping[str, Any]]) -> None:
        by_provider = readers(resources)
        for one in resources:
            if not one.get("id") or not one.get("custom") or not str(one["type"]).startswith("aws:"):
                continue
            reader = by_provider.get(str(one.get("provider")), Spot(None, None))
            region = (one.get("outputs") or {}).get("region")
            if isinstance(region, str) and region:
                reader = Spot(reader.account, region)
            for identity in import_ids(one):
                at = spot(str(one["type"]), identity, reader, own_arn(one))
                self._states[str(one["type"]), called(identity)].append((at, stack))

    def of(
        self, token: str, identity: str, region: object = None, *, by_tags: bool = True
    ) -> tuple[str, str]:
        """Say who owns something, and what to do before it is adopted; both empty if nobody is known to.

        Args:
            token: Its type.
            identity: Its import id.
            region: What is declared of its region, if that is another than the stack's.
            by_tags: Whether tags that people wrote count.
        """
        reader = Spot(self._place.account, region if isinstance(region, str) else self._place.region)
        here = spot(token, identity, reader)
        said = "" if here.clashes(self._place) else self._tags.get(_own_key(token, identity), "")
        if said and (by_tags or not _by_people(said)):
            return said, _step(said)
        said = ""
        for there, stack in self._states.get((token, called(identity)), ()):
            if not there.clashes(here):
                if there.known:
                    return f"the state of stack {stack} has it", _TAKE
                said = said or f"the state of stack {stack} has one of this id, {_LOOK}"
        return said, ""

    def elsewhere(self, found: Iterable[Found], ours: Collection[str] = ()) -> dict[str, str]:
        """Give, by id, why it is managed elsewhere and what to do.

        Args:
            found: What is declared, with its ids.
            ours: URNs of which a person said that their tags are wrong; what another state has, it has.
        """
        said: dict[str, str] = {}
        for one in found:
            by_tags = one.target.urn not in ours
            region = one.target.inputs.get("region")
            owner, step = self.of(one.target.type, one.id or "", region, by_tags=by_tags)
            if owner:
                said[str(one.id)] = f"{owner}; {step}" if step else owner
        return said

    def tell(self, plan: Plan) -> None:
        """Note in a plan who owns what nothing declares, as far as that is known."""
        for token, name in plan.unmanaged:
            owner, _ = self.of(token, plan.ids.get((token, name), name))
            if owner:
                plan.owners.setdefault((token, name), owner)


def _service(token: str) -> str:
    """Give the service that ARNs of a type name; IAM's names are unique within one kind only."""
    module, kind = token.split(":")[1].split("/", maxsplit=1)
    if module == "bedrock" and kind.startswith("agentcore"):
        return "bedrock-agentcore"
    if module == "cloudwatch":
        return "logs" if kind.startswith("log") else "events" if kind.startswith("event") else "cloudwatch"
    return f"iam/{kind.lower()}" if module == "iam" else _IN_ARNS.get(module, module)


def _tag_key(arn: str) -> tuple[str, str]:
    """Give (service, name) of an ARN; the name is what follows the kind, as ids have it."""
    _, _, service, _, _, rest = arn.split(":", 5)
    kind, mark, name = rest.lstrip("/").partition(":" if ":" in rest.partition("/")[0] else "/")
    if service == "iam":
        return f"iam/{kind.replace('-', '')}", name.rpartition("/")[2]  # ids have no path
    return service, (name if mark else kind).removesuffix(":*").strip("/")


def _own_key(token: str, identity: str) -> tuple[str, str]:
    """Give the same of an import id."""
    service = _service(token)
    if identity.startswith("arn:"):
        return service, _tag_key(identity)[1]
    name = called(identity)
    if service == "budgets":
        name = name.partition(":")[2]
    return service, name.removesuffix(",DRAFT").strip("/")
