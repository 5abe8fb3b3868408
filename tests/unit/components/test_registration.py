"""Options, parents and outputs of what the program registers: its interface to the engine."""

from collections.abc import Iterator

import pytest
from pulumi.runtime.proto.resource_pb2 import RegisterResourceRequest

from components.agents import Agents
from components.audit import AuditTrail
from components.bucket import Bucket
from components.buckets import Buckets
from components.cost import Cost
from components.ingest import Ingest
from components.keys import Keys
from components.network import Network
from components.observability import Observability
from components.platform import Platform
from components.queues import Queues
from components.roles import Roles
from components.tables import Tables
from tests.support.stackfile import PROJECT, Monitor, everything, ran, stack_config
from tests.support.urns import CHANGED, EVERYTHING, SNAPSHOT, everything_urns, production_urns

COMPONENTS = {
    kind.__name__: kind
    for kind in (
        Agents,
        AuditTrail,
        Bucket,
        Buckets,
        Cost,
        Ingest,
        Keys,
        Network,
        Observability,
        Platform,
        Queues,
        Roles,
        Tables,
    )
}
STATEFUL = {
    "Table": True,
    "Bucket": True,
    "Queue": False,
    "Repository": True,
    "Key": True,
    "LogGroup": True,
    "Trail": True,
}
"""Types that hold data, and whether they stay when they leave the program."""


@pytest.fixture(scope="module")
def monitor() -> Monitor:
    """Watch the program register the production stack file."""
    return ran(stack_config("production"))[1]


@pytest.fixture(scope="module")
def complete_monitor() -> Monitor:
    """Watch the program register a stack with everything switched on."""
    return ran(everything("local"), "local")[1]


def of_provider(monitor: Monitor) -> Iterator[RegisterResourceRequest]:
    return (request for request in monitor.requests.values() if request.type.startswith("aws:"))


def test_the_urns_are_those_that_are_recorded() -> None:
    assert production_urns() == SNAPSHOT.read_text().split(), CHANGED


def test_the_urns_of_everything_are_those_that_are_recorded() -> None:
    """Runtimes, endpoints, the network and who is told are in no stack file, so production's do not hold them."""
    assert everything_urns() == EVERYTHING.read_text().split(), CHANGED


def test_what_holds_data_is_protected_and_tables_and_buckets_are_retained(monitor: Monitor) -> None:
    counts = dict.fromkeys(STATEFUL, 0)
    for request in of_provider(monitor):
        kind = request.type.rpartition(":")[2]
        if kind in STATEFUL:
            counts[kind] += 1
            assert request.protect, request.name
            assert request.retainOnDelete == STATEFUL[kind], request.name
    config = stack_config("production")
    tables, queues, agents = (len(config[f"{PROJECT}:{name}"]) for name in ("tables", "queues", "agents"))
    assert counts == {
        "Table": tables,
        "Bucket": 2,
        "Queue": 2 * queues,
        "Repository": agents,
        "Key": 1,
        "LogGroup": agents + 3,  # of an API, of a function, of the trail
        "Trail": 1,
    }


def test_every_resource_belongs_to_a_component(complete_monitor: Monitor) -> None:
    for request in of_provider(complete_monitor):
        assert request.parent.split("::")[2].split("$")[-1].startswith("tradematching:"), request.name


def test_every_component_registers_its_attributes_as_outputs(complete_monitor: Monitor) -> None:
    kinds: set[str] = set()
    for urn, request in complete_monitor.requests.items():
        if request.type.startswith("tradematching:"):
            kind = request.type.rpartition(":")[2]
            kinds.add(kind)
            assert complete_monitor.outputs[urn] == set(COMPONENTS[kind].__annotations__), urn
    assert kinds == set(COMPONENTS)


def test_what_computed_names_hide_from_the_engine_is_stated_as_a_dependency(monitor: Monitor) -> None:
    requests = {request.name: request for request in of_provider(monitor)}

    def waits_for(name: str) -> set[str]:
        return {urn.rpartition("::")[2] for urn in requests[name].dependencies}

    assert waits_for("matching-redrive") == {"matching", "matching-dlq"}
    assert waits_for("matching-redrive-allow") == {"matching", "matching-dlq"}
    assert waits_for("documents-logging") >= {"documents", "audit", "audit-policy"}
    assert waits_for("trail") >= {"audit-policy", "trail-logs", "trail-logs-permissions"}
    assert waits_for("documents-policy") >= {"documents", "documents-public-access-block"}


def test_an_endpoint_waits_for_its_log_group_which_was_with_what_is_watched(
    complete_monitor: Monitor,
) -> None:
    """AgentCore makes the group of an endpoint that has none; then ours cannot be made."""
    requests = {request.name: request for request in of_provider(complete_monitor)}
    waits = {urn.rpartition("::")[2] for urn in requests["pdf-adapter-endpoint"].dependencies}
    assert waits >= {"pdf-adapter-runtime", "pdf-adapter-live-logs", "pdf-adapter-default-logs"}
    (before,) = (alias.spec for alias in requests["pdf-adapter-live-logs"].aliases)
    assert before.name == "pdf-adapter-runtime-logs"
    assert before.parentUrn == next(
        urn for urn, request in complete_monitor.requests.items() if request.type.endswith(":Observability")
    )
