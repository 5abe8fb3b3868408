"""The steps up to the proof: who we are, what there is, whether every id reads, and what would change."""

from collections.abc import Callable, Collection, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from importlib import metadata
from pathlib import Path
from typing import Any

from toolkit.adopt import candidates, locks, mapping, preconditions, program_lint, statuses
from toolkit.adopt.discovery import survey
from toolkit.adopt.import_file import plan_imports
from toolkit.adopt.model import Found, Plan, Target
from toolkit.adopt.owners import Owners
from toolkit.adopt.provider_reads import ProviderReads, read_all
from toolkit.adopt.resolver import Resolver
from toolkit.adopt.setting_of_property import settings_of
from toolkit.adopt.state_ids import import_ids, imported
from toolkit.adopt.suggested_edits import namer
from toolkit.aws.account import Account
from toolkit.aws.location import Location
from toolkit.aws.types.listing import Listing, Row
from toolkit.engine.stack import Engine, scratch_folder
from toolkit.progress import Bars


class Adoption:
    """One stack's adoption, with its files in `.adopt/<stack>/`."""

    def __init__(self, engine: Engine, environment: Mapping[str, str], bars: Bars) -> None:
        """Take a stack.

        Args:
            engine: The stack that adopts.
            environment: How AWS is reached without EMBEDDED, for the throw-away backend.
            bars: Where it shows how far it is.

        Raises:
            CommandError: There is no such stack in this folder.
        """
        preconditions.there(engine)
        self.engine = engine
        self.environment = environment
        self.bars = bars
        self.work = engine.folder / ".adopt" / engine.stack
        self.targets: list[Target] = []
        self.parents: dict[str, str] = {}
        self.inventory: dict[str, dict[str, Any]] = {}
        self.warnings: list[str] = []
        self.account = Account("us-east-1")
        self.location = Location("", "")
        self.backend = ""
        self.others: list[str] = []
        self.held: list[dict[str, Any]] = []

    @property
    def mapping(self) -> Path:
        """The file of decisions."""
        return self.work / "mapping.yaml"

    @property
    def embedded(self) -> bool:
        """Whether AWS is the embedded one, which has every region."""
        return bool(self.engine.environment.get("EMBEDDED"))

    def versions(self) -> dict[str, str]:
        """Return the versions of the engine and of the AWS plugin, and which plugin that is."""
        kind = "embedded" if self.embedded else "published"
        return {"pulumi": self.engine.version(), "aws": metadata.version("pulumi-aws"), "plugin": kind}

    def guard(self) -> list[str]:
        """Check of region, backend and state, and that nobody else works on it; return warnings.

        Raises:
            CommandError: One is not as it must be; nothing was asked of AWS.
        """
        region = preconditions.declared_region(self.engine)
        if not self.embedded:
            preconditions.same_region(region, self.environment, self.engine.stack_file.name)
        self.backend = self.environment.get("PULUMI_BACKEND_URL") or self.engine.backend()
        stacks = self.engine.stacks(self.backend)
        locks.unlocked(self.engine, self.backend, stacks)
        self.others = [stack.name for stack in stacks if not self.engine.own(stack.name)]
        state = self.engine.export()["deployment"]
        self.held = state.get("resources") or []
        self.account = Account(region)
        return preconditions.settled(self.engine.stack, state.get("pending_operations") or [])

    def check(self) -> list[str]:
        """Check that this is the account, the region and a state that can be worked on; return warnings.

        Raises:
            CommandError: It is not; nothing was asked of AWS but who we are.
        """
        warnings = self.guard()
        self.work.mkdir(parents=True, exist_ok=True)
        # Before the preview: the provider refuses a wrong account as well, in words of its own
        account = preconditions.allowed_account(self.engine, self.account)
        self.location = Location(account, self.account.region)
        warnings += locks.unlocked_in_s3(self.engine, self.backend, self.account)
        with scratch_folder() as name:  # not in `work`: two steps at once must not read each other's
            planned = plan_imports(self.engine, Path(name))
        self.targets, self.parents = planned.targets, planned.parents
        source = self.account.static_keys()
        if source:
            warnings.append(
                f"credentials are long-lived keys ({source}): use a role's, as `aws sso login` gives"
            )
        return warnings + program_lint.faults(self.targets, self.location)

    def discover(self) -> Plan:
        """Find the live counterpart of everything that is declared; read only."""
        plan, decisions = self._resolved({}, self._rows)
        pairs = [(entry.target.type, entry.id or "") for entry in plan.found]
        pairs += [(str(entry["type"]), identity) for entry in self.held for identity in import_ids(entry)]
        claims = Owners(self.location)
        with ThreadPoolExecutor(1) as beside:  # what is beside it is listed while the provider reads
            surveyed = beside.submit(survey, self.account, self.location.account, pairs, plan)
            claims.ask_tags(self.account, self.warnings)
            self._settle(plan.found, decisions, claims)
            surveyed.result()
        claims.tell(plan)
        candidates.offer(plan)
        self._name(plan, mapping.ids(decisions))
        return plan

    def _name(self, plan: Plan, decided: Collection[str]) -> None:
        """Return of what is absent where its name is declared; a person who gave an id meant that one."""
        written = settings_of(self.engine)
        for resource in plan.found:
            alone = (
                resource.status == "absent"
                and resource.decision == "import"
                and resource.target.urn not in decided
            )
            if alone and candidates.near(resource):
                resource.named_by = namer(resource.target, resource.id or "", written)

    def again(self, ids: Mapping[str, str]) -> Plan:
        """Read again what a rehearsal found, under the ids that it found.

        Nothing is listed: the rehearsal settled what is which and whose it is, and who imports needs no right
        to see the rest of the account.

        Args:
            ids: The rehearsal's, by URN.
        """
        plan, decisions = self._resolved(ids, lambda _listing, _within: ())
        self._settle(plan.found, decisions, Owners(self.location))
        return plan

    def _resolved(
        self, ids: Mapping[str, str], rows: Callable[[Listing, Mapping[str, str]], Iterable[Row]]
    ) -> tuple[Plan, list[Mapping[str, Any]]]:
        """Return everything that is declared with its id and what a person decided."""
        self.warnings = self.check()
        urns = [entry.urn for entry in self.targets if not entry.component] + [
            str(entry["urn"]) for entry in self.held
        ]
        decisions = mapping.read(self.mapping, urns, self.location.region)
        resources = Resolver(self.targets, self.location, rows).resolve({**ids, **mapping.ids(decisions)})
        mapping.decide(resources, decisions)
        return Plan(resources, adopted=imported(self.held)), decisions

    def _settle(self, resources: list[Found], decisions: list[Mapping[str, Any]], claims: Owners) -> None:
        """Read every id, mark what belongs to somebody else, and have created what a person said so of."""
        decided = mapping.ids(decisions)
        claimed = mapping.ours(decisions, [resource.target.urn for resource in resources])
        self._read(resources, decided.keys() | claimed)
        owned = {resource.target.urn for resource in resources if resource.status == "found"}
        claims.ask_stacks(self.engine, self.others, self.warnings)
        elsewhere = claims.elsewhere((resource for resource in resources if resource.id), claimed)
        for resource in resources:  # what a person gave the id of is ours
            if resource.target.urn in owned - decided.keys() and resource.id in elsewhere:
                resource.status, resource.detail = "managed elsewhere", elsewhere[resource.id]
        mapping.create_absent(resources, decisions)

    def _rows(self, listing: Listing, within: Mapping[str, str]) -> Iterable[Row]:
        return self.account.rows(listing, self.location.account, within)

    def _read(self, resources: Iterable[Found], decided: set[str]) -> None:
        """Read every id through the provider, all at once; what is to be created must not be there yet.

        Several of AWS's creations take what exists for theirs, and an update would then change it unseen.
        """
        readable = [
            resource for resource in resources if resource.id and resource.decision in ("import", "create")
        ]
        entries = [{**resource.target.entry, "id": resource.id} for resource in readable]
        with scratch_folder() as name, self.bars.bar("read", len(readable)) as progress:
            read = ProviderReads({}, {})
            if readable:
                read = read_all(self.engine, entries, Path(name), progress)
        self.inventory = read.inputs
        statuses.mark(readable, read, decided)
