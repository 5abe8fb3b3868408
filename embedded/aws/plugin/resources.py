"""The life of a resource in the embedded AWS: create, read, update, delete, the same way for every type."""

import re
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeVar, cast

from embedded.aws.plugin.clients import Aws
from embedded.aws.plugin.diffing import compare, is_zero
from embedded.aws.plugin.errors import PartlyCreatedError, RefusedError
from embedded.aws.plugin.inputs import TAGS_ALL, imported, refreshed, with_defaults
from embedded.aws.plugin.model import Model
from embedded.aws.plugin.schema import TypeSchema
from embedded.aws.plugin.tags import split_tags
from embedded.aws.plugin.values import UNKNOWN, Bag, without_internals

_AT_REGION = re.compile(r"^(?P<id>.+)@(?P<region>[a-z]{2}(-[a-z]+)+-\d)$")
T = TypeVar("T")


@dataclass(frozen=True)
class Resource:
    """One resource of the program, with all that is known about its type.

    Attributes:
        name: The resource's own name.
        schema: The type's schema.
        model: The type's description.
        aws: The AWS that the provider is configured for.
    """

    name: str
    schema: TypeSchema
    model: Model
    aws: Aws

    def create(self, inputs: Bag) -> tuple[str, Bag]:
        """Create the resource and return its id and its state.

        Args:
            inputs: Checked inputs.

        Raises:
            PartlyCreatedError: It is there, but a later step failed.
        """
        aws, desired = self._aws(inputs), self._named(self._wanted(inputs))
        resource_id = self._call(lambda: self.model.create(aws, desired))
        try:
            self._call(lambda: self.model.settle(aws, resource_id, {}, desired))
            return self._written(aws, resource_id, desired)
        except RefusedError as error:
            state = self._state(aws, resource_id, desired) or desired
            raise PartlyCreatedError(resource_id, str(error), state) from error

    def update(self, resource_id: str, old: Bag, inputs: Bag) -> Bag:
        """Update the resource to new inputs.

        Args:
            resource_id: The resource's id.
            old: Its state.
            inputs: Checked inputs.

        Returns:
            Its new state.
        """
        aws, desired = self._aws(old), self._wanted(inputs)
        self._call(lambda: self.model.update(aws, resource_id, old, desired))
        if self.model.retag:
            self._retag(aws, resource_id, old, desired)
        return self._written(aws, resource_id, desired)[1]

    def delete(self, resource_id: str, state: Bag) -> None:
        """Remove the resource; one that is gone already is fine.

        Args:
            resource_id: The resource's id.
            state: Its state.
        """
        self._call(lambda: self.model.delete(self._aws(state), resource_id, state), if_missing=None)

    def read(self, resource_id: str, old: Bag, inputs: Bag) -> tuple[str, Bag, Bag]:
        """Read the live state, to refresh a known resource or to import one.

        Args:
            resource_id: The resource's id, or the import id, which may end in `@region`.
            old: The former state, empty for an import.
            inputs: The former checked inputs, empty for an import.

        Returns:
            Id, state and inputs; an empty id when the resource is not there.
        """
        aws = self._aws(old)
        at_region = _AT_REGION.match(resource_id) if "region" in self.schema.inputs and not old else None
        if at_region:
            resource_id, aws = at_region["id"], aws.in_region(at_region["region"])
        state = self._state(aws, resource_id, {**old, **cast("Bag", without_internals(inputs))})
        if state is None:
            return "", {}, {}
        resource_id = str(state.pop("id", resource_id))
        if old or inputs:
            return resource_id, state, refreshed(self.model, inputs, state)
        return resource_id, state, imported(self.schema, self.model, state)

    def _aws(self, bag: Bag) -> Aws:
        """Return the AWS of the region that the resource lives in."""
        region = bag.get("region")
        return self.aws.in_region(str(region) if region and region != UNKNOWN else None)

    def _wanted(self, inputs: Bag) -> Bag:
        """Return the inputs for the type's functions, with defaults.

        Raises:
            RefusedError: The program sets a property that the embedded AWS does not model.
        """
        refused = sorted(name for name in self.model.refused if not is_zero(inputs.get(name)))
        if refused:
            raise RefusedError(
                f"{self._title}: property '{refused[0]}' is previewed but not modelled by the embedded AWS; "
                f"leave it out there, or add it in embedded/aws/plugin/types/"
            )
        return with_defaults(self.model, inputs)

    def _named(self, desired: Bag) -> Bag:
        """Return inputs with a physical name; a name prefix gets a unique suffix."""
        name = self.model.name
        if name is None or name in desired or not desired.get(f"{name}Prefix"):
            return desired
        unique = f"{desired[f'{name}Prefix']}{time.time_ns():026d}"
        return {**desired, name: self.model.style(unique, desired)}

    def _written(self, aws: Aws, resource_id: str, desired: Bag) -> tuple[str, Bag]:
        """Return id and state of a resource that was just written.

        Raises:
            RefusedError: The resource is missing, or differs from what was written.
        """
        state = self._state(aws, resource_id, desired)
        if state is None:
            raise RefusedError(f"{self._title}: {resource_id} is not there right after it was written")
        resource_id = str(state.pop("id", resource_id))
        differing = compare(self.model, {*self.schema.inputs, TAGS_ALL}, state, desired)
        if differing:
            raise RefusedError(
                f"{self._title}: property '{differing[0].path}' was written but reads back as "
                "something else; the embedded AWS does not model this value"
            )
        return resource_id, state

    def _state(self, aws: Aws, resource_id: str, prior: Bag) -> Bag | None:
        """Return the live state as outputs, or None; texts equivalent to the program's keep its spelling."""
        live = self._call(lambda: self.model.read(aws, resource_id), if_missing=None)
        if live is None:
            return None
        hidden = {name for name in self.model.mirrored if name not in prior} if prior else set[str]()
        state = {key: value for key, value in live.items() if value is not None and key not in hidden}
        for path, same in self.model.texts.items():
            if isinstance(prior.get(path), str) and path in state and same(prior[path], state[path]):
                state[path] = prior[path]
        state |= {key: prior[key] for key in (*self.model.unread, f"{self.model.name}Prefix") if key in prior}
        if "region" in self.schema.outputs:
            state.setdefault("region", aws.region)
        if self.schema.taggable:
            state |= split_tags(state.pop("tags", {}), aws.default_tags, prior.get("tags") or {})
        return state

    def _retag(self, aws: Aws, resource_id: str, old: Bag, desired: Bag) -> None:
        """Set and remove the tags that differ."""
        old_tags = cast("dict[str, str]", old.get(TAGS_ALL) or {})
        desired_tags = cast("dict[str, str]", desired.get(TAGS_ALL) or {})
        new_tags = {key: value for key, value in desired_tags.items() if old_tags.get(key) != value}
        removed_keys = [key for key in old_tags if key not in desired_tags]
        if (retag := self.model.retag) and (new_tags or removed_keys):
            self._call(lambda: retag(aws, resource_id, old, new_tags, removed_keys))

    @property
    def _title(self) -> str:
        return f"{self.schema.token} '{self.name}'"

    def _call(self, work: Callable[[], T], *, if_missing: T | type[Exception] = RefusedError) -> T:
        """Run a call of AWS; its errors become one line with type, resource, operation and code.

        Raises:
            RefusedError: AWS refused the call, or did not answer.
        """
        from botocore.exceptions import BotoCoreError, ClientError

        try:
            return work()
        except ClientError as error:
            details = cast("Mapping[str, str]", error.response.get("Error") or {})
            code = details.get("Code", "Unknown")
            if code in self.model.missing and if_missing is not RefusedError:
                return cast("T", if_missing)
            reason = f"{error.operation_name}: {code}: {details.get('Message', '')}"
            raise RefusedError(f"{self._title}: {reason}") from error
        except BotoCoreError as error:
            raise RefusedError(f"{self._title}: the embedded AWS does not answer: {error}") from error
