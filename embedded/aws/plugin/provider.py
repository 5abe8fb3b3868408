"""The provider: checks and previews any `aws:*` type, and creates modelled types in the embedded AWS."""

import asyncio
from collections.abc import Iterable
from typing import cast

from pulumi.provider.experimental import provider as rpc

from embedded.aws.plugin import invokes, settings
from embedded.aws.plugin.checking import DEFAULTS_KEY
from embedded.aws.plugin.clients import Aws, ClientPool
from embedded.aws.plugin.diffing import Change, compare
from embedded.aws.plugin.errors import PartlyCreatedError, RefusedError
from embedded.aws.plugin.inputs import TAGS_ALL, checked, with_defaults
from embedded.aws.plugin.resources import Resource
from embedded.aws.plugin.schema import TypeSchema, schema_of
from embedded.aws.plugin.types import MODELS
from embedded.aws.plugin.values import UNKNOWN, Bag, secret_names, to_bag, to_wire_map, without_internals

_KINDS = {
    ("add", False): rpc.PropertyDiffKind.ADD,
    ("add", True): rpc.PropertyDiffKind.ADD_REPLACE,
    ("delete", False): rpc.PropertyDiffKind.DELETE,
    ("delete", True): rpc.PropertyDiffKind.DELETE_REPLACE,
    ("update", False): rpc.PropertyDiffKind.UPDATE,
    ("update", True): rpc.PropertyDiffKind.UPDATE_REPLACE,
}


# A logical name may hold `::`, at which the SDK's own `type` and `name` of a request come apart wrongly
def _token(urn: str) -> str:
    """Return a resource's own type, without those of its parents."""
    return urn.split("::", 3)[2].rpartition("$")[2]


def _name(urn: str) -> str:
    """Return a resource's logical name."""
    return urn.split("::", 3)[3]


class AwsProvider(rpc.Provider):
    """The provider of the embedded AWS."""

    def __init__(self) -> None:
        """Start unconfigured; nothing is done before the engine configures the provider."""
        self._aws: Aws | None = None

    async def check_config(self, request: rpc.CheckRequest) -> rpc.CheckResponse:
        """Refuse a configuration that is incomplete, or that could reach a real account."""
        _, problems = settings.parse(to_bag(request.new_inputs))
        failures = [rpc.CheckFailure(key, reason) for key, reason in problems]
        return rpc.CheckResponse(inputs=request.new_inputs, failures=failures)

    async def configure(self, request: rpc.ConfigureRequest) -> rpc.ConfigureResponse:
        """Configure the provider, after the same checks."""
        parsed, problems = settings.parse(to_bag(request.args))
        if problems:
            raise RefusedError("; ".join(reason for _, reason in problems))
        pool = ClientPool(parsed.account, parsed.endpoints)
        self._aws = Aws(parsed.account, parsed.region, pool, parsed.default_tags)
        return rpc.ConfigureResponse(accept_secrets=True, supports_preview=True)

    async def invoke(self, request: rpc.InvokeRequest) -> rpc.InvokeResponse:
        """Answer the few data sources that need no AWS."""
        return rpc.InvokeResponse(to_wire_map(invokes.answer(self.aws, request.tok, to_bag(request.args))))

    async def check(self, request: rpc.CheckRequest) -> rpc.CheckResponse:
        """Check a resource's inputs against pulumi_aws."""
        schema, model = _schema(_token(request.urn)), MODELS.get(_token(request.urn))
        old, new = to_bag(request.old_inputs), to_bag(request.new_inputs)
        inputs, problems = checked(
            schema, model, _name(request.urn), new, old, request.random_seed, self.aws.default_tags
        )
        failures = [rpc.CheckFailure("", problem) for problem in problems]
        secrets = secret_names(request.new_inputs)
        return rpc.CheckResponse(inputs=to_wire_map(inputs, secrets), failures=failures)

    async def diff(self, request: rpc.DiffRequest) -> rpc.DiffResponse:
        """Compare a resource's inputs with its state."""
        resource = self._resource(_token(request.urn), _name(request.urn))
        old, inputs = to_bag(request.old_state), to_bag(request.new_inputs)
        new = with_defaults(resource.model, inputs)
        if "region" in resource.schema.inputs:
            new.setdefault("region", self.aws.region)
        changes = compare(resource.model, {*resource.schema.inputs, TAGS_ALL}, old, new)
        return rpc.DiffResponse(
            changes=bool(changes),
            replaces=_tops(change for change in changes if change.replaces),
            diffs=_tops(changes),
            detailed_diff={
                c.path: rpc.PropertyDiff(_KINDS[c.kind, c.replaces], input_diff=False) for c in changes
            },
            delete_before_replace=_name_is_taken(resource, old, inputs, changes),
        )

    async def create(self, request: rpc.CreateRequest) -> rpc.CreateResponse:
        """Create a resource, or return its planned outputs in a preview."""
        inputs, secrets = to_bag(request.properties), secret_names(request.properties)
        if request.preview:
            planned = self._planned(_schema(_token(request.urn)), inputs)
            return rpc.CreateResponse("", to_wire_map(planned, secrets))
        resource = self._resource(_token(request.urn), _name(request.urn))
        try:
            resource_id, state = await asyncio.to_thread(resource.create, inputs)
        except PartlyCreatedError as error:
            error.secrets = secrets
            raise
        return rpc.CreateResponse(resource_id, to_wire_map(state, secrets))

    async def read(self, request: rpc.ReadRequest) -> rpc.ReadResponse:
        """Read a resource's live state."""
        resource = self._resource(_token(request.urn), _name(request.urn))
        old, inputs = to_bag(request.properties), to_bag(request.inputs)
        live_id, state, live = await asyncio.to_thread(resource.read, request.resource_id, old, inputs)
        secrets = secret_names(request.properties, request.inputs)
        return rpc.ReadResponse(live_id, to_wire_map(state, secrets), to_wire_map(live, secrets))

    async def update(self, request: rpc.UpdateRequest) -> rpc.UpdateResponse:
        """Change a resource, or say what is known of the change."""
        resource = self._resource(_token(request.urn), _name(request.urn))
        old, inputs = to_bag(request.olds), to_bag(request.news)
        secrets = secret_names(request.olds, request.news)
        if request.preview:
            settable = resource.schema.inputs.keys() - resource.model.computed
            computed = {name: value for name, value in old.items() if name not in settable}
            renewed = dict.fromkeys(resource.model.renewed, UNKNOWN)
            planned = {**computed, **renewed, **cast("Bag", without_internals(inputs))}
            return rpc.UpdateResponse(to_wire_map(planned, secrets))
        state = await asyncio.to_thread(resource.update, request.resource_id, old, inputs)
        return rpc.UpdateResponse(to_wire_map(state, secrets))

    async def delete(self, request: rpc.DeleteRequest) -> None:
        """Remove a resource."""
        resource = self._resource(_token(request.urn), _name(request.urn))
        await asyncio.to_thread(resource.delete, request.resource_id, to_bag(request.properties))

    @property
    def aws(self) -> Aws:
        """Return the AWS that the provider is configured for."""
        if self._aws is None:
            raise RefusedError("the embedded AWS plugin is not configured; set aws:region and run it again")
        return self._aws

    def _resource(self, token: str, name: str) -> Resource:
        """Return a resource of a modelled type.

        Raises:
            RefusedError: The embedded AWS does not model the type.
        """
        schema, model = _schema(token), MODELS.get(token)
        if model is None:
            raise RefusedError(
                f"{token} '{name}': the embedded AWS previews this type but does not model it, "
                f"so it cannot be created, read or changed; modelled are {', '.join(sorted(MODELS))}; "
                "add it in embedded/aws/plugin/types/"
            )
        return Resource(name, schema, model, self.aws)

    def _planned(self, schema: TypeSchema, inputs: Bag) -> Bag:
        """Return the outputs of a planned resource: its inputs, and unknown where AWS decides."""
        model = MODELS.get(schema.token)
        outputs = {
            name: UNKNOWN
            for name in schema.outputs
            if model is None or name not in schema.inputs or name in model.computed
        }
        if "region" in schema.outputs:
            outputs["region"] = self.aws.region
        return {**outputs, **cast("Bag", without_internals(inputs))}


def _schema(token: str) -> TypeSchema:
    """Return the schema of a type.

    Raises:
        RefusedError: pulumi_aws has no such type.
    """
    schema = schema_of(token)
    if schema is None:
        raise RefusedError(
            f"{token}: pulumi_aws has no such type; see https://www.pulumi.com/registry/packages/aws"
        )
    return schema


def _tops(changes: Iterable[Change]) -> list[str]:
    """Return the top-level properties of changes, each once."""
    return list(dict.fromkeys(change.path.partition(".")[0].partition("[")[0] for change in changes))


def _name_is_taken(resource: Resource, old: Bag, new: Bag, changes: list[Change]) -> bool:
    """Return whether the old resource must be deleted first: the new one has the same, declared name."""
    physical = resource.model.name
    if physical is None or not any(change.replaces for change in changes):
        return False
    return physical not in new.get(DEFAULTS_KEY, []) and new.get(physical) == old.get(physical) is not None
