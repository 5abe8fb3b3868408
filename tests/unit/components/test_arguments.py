"""Components as a library: each takes arguments of its own, all of them described."""

import dataclasses
import importlib
import inspect
import pkgutil
import re
from collections.abc import Iterator
from typing import Any, get_type_hints

import pulumi
import pytest

import components
from components.delivery.component import Delivery
from components.naming import Naming
from components.platform import Platform
from components.queues import Queues, QueuesArgs
from components.settings import Queue
from tests.support.stackfile import ACCOUNT, Recorder


def classes() -> Iterator[type[Any]]:
    for module in pkgutil.walk_packages(components.__path__, "components."):
        if not module.name.endswith("__main__"):
            for _, kind in inspect.getmembers(importlib.import_module(module.name), inspect.isclass):
                if kind.__module__ == module.name:
                    yield kind


ARGUMENTS = [kind for kind in classes() if kind.__name__.endswith("Args")]
COMPONENTS = [kind for kind in classes() if issubclass(kind, pulumi.ComponentResource)]
STACKS = (Platform, Delivery)
"""What maps the settings of a stack to components."""


@pytest.mark.parametrize("kind", ARGUMENTS, ids=lambda kind: kind.__name__)
def test_every_argument_is_described(kind: type[Any]) -> None:
    described = re.findall(r"^    (\w+): \S", inspect.getdoc(kind) or "", re.MULTILINE)
    assert described == [field.name for field in dataclasses.fields(kind)]


@pytest.mark.parametrize("kind", COMPONENTS, ids=lambda kind: kind.__name__)
def test_a_component_takes_arguments_of_its_own(kind: type[Any]) -> None:
    parameters = get_type_hints(kind.__init__)
    if kind not in STACKS:
        assert parameters["args"].__name__ == f"{kind.__name__}Args"
        assert list(parameters)[:3] == ["name", "args", "opts"]


def test_no_two_classes_have_one_name() -> None:
    names = [kind.__name__ for kind in classes() if not kind.__name__.startswith("_")]
    assert sorted(names) == sorted(set(names))


def test_queues_are_declared_without_the_settings_of_this_project() -> None:
    queue = Queue.model_validate({"name": "in.fifo", "deadLetterName": "in-dlq.fifo", "purpose": "orders"})
    recorder = Recorder()
    pulumi.runtime.set_mocks(recorder, project="another", stack="dev")

    @pulumi.runtime.test
    def declare() -> None:
        Queues(
            "queues",
            QueuesArgs(
                queues={"orders": queue},
                senders={},
                encryption="sqs-managed",
                stack_key=None,
                naming=Naming("eu-west-1", ACCOUNT),
                tags={"Team": "orders"},
            ),
        )

    declare()
    names = {resource.name: resource.inputs for resource in recorder.seen}
    assert names["orders"]["tags"] == {"Team": "orders", "Purpose": "orders"}
    assert f"arn:aws:sqs:eu-west-1:{ACCOUNT}:in-dlq.fifo" in names["orders-redrive"]["redrivePolicy"]
