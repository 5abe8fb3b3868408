"""How fast the policy pack is ready, what it costs and what it holds, over the engine's own protocol."""

import json
import statistics
import subprocess
import sys
import time
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import grpc
import psutil
from google.protobuf import empty_pb2, struct_pb2
from pulumi.runtime.proto import analyzer_pb2, analyzer_pb2_grpc

from benchmarks.measure import ROOT

RESOURCES = 500


@dataclass(frozen=True)
class Cost:
    """Medians of what the pack takes.

    Attributes:
        ready: Seconds from its start to its first answer.
        resource: Seconds per resource, analyzed one by one.
        stack: Seconds for all resources of the stack, analyzed together.
        memory: Bytes of its process after that (resident set).
        rules: How many rules it has.
    """

    ready: float
    resource: float
    stack: float
    memory: float
    rules: int


@contextmanager
def started_pack() -> Generator[tuple[float, analyzer_pb2_grpc.AnalyzerStub, psutil.Process]]:
    """Start the pack as the engine does; yield the seconds until it answered, a client and its process."""
    begin = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-u", "-m", "pulumi.policy", "127.0.0.1:1", str(ROOT / "policy")],
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        port = process.stdout.readline().strip() if process.stdout else ""
        client = analyzer_pb2_grpc.AnalyzerStub(grpc.insecure_channel(f"127.0.0.1:{port}"))
        client.GetAnalyzerInfo(empty_pb2.Empty())
        yield time.perf_counter() - begin, client, psutil.Process(process.pid)
    finally:
        process.terminate()
        process.wait()


def planned_resources(environment: Mapping[str, str]) -> list[dict[str, Any]]:
    """Return the new state of every AWS resource in a preview of the local stack."""
    preview = subprocess.run(
        [str(ROOT / "pulumiw"), "preview", "--stack", "local", "--json"],
        check=True,
        cwd=ROOT,
        env=dict(environment),
        capture_output=True,
        text=True,
    )
    steps = json.loads(preview.stdout)["steps"]
    return [step["newState"] for step in steps if step.get("newState", {}).get("type", "").startswith("aws:")]


def analyze_request(resource: Mapping[str, Any]) -> analyzer_pb2.AnalyzeRequest:
    """Return the request that the engine sends for one resource."""
    properties = struct_pb2.Struct()
    properties.update(resource.get("inputs", {}))
    return analyzer_pb2.AnalyzeRequest(
        type=resource["type"],
        urn=resource["urn"],
        name=resource["urn"].rpartition("::")[2],
        properties=properties,
        options=analyzer_pb2.AnalyzerResourceOptions(protect=bool(resource.get("protect"))),
    )


def stack_request(requests: list[analyzer_pb2.AnalyzeRequest]) -> analyzer_pb2.AnalyzeStackRequest:
    """Return the request that the engine sends for all resources together."""
    return analyzer_pb2.AnalyzeStackRequest(
        resources=[
            analyzer_pb2.AnalyzerResource(
                type=request.type,
                urn=request.urn,
                name=request.name,
                properties=request.properties,
                options=request.options,
            )
            for request in requests
        ]
    )


def cost(environment: Mapping[str, str]) -> Cost:
    """Return the medians of three runs, each with a newly started pack."""
    requests = [analyze_request(resource) for resource in planned_resources(environment)]
    sent = (requests * (RESOURCES // len(requests) + 1))[:RESOURCES]
    costs: list[Cost] = []
    for _ in range(3):
        with started_pack() as (ready, client, process):
            rules = len(client.GetAnalyzerInfo(empty_pb2.Empty()).policies)
            for request in requests:
                client.Analyze(request)
            begin = time.perf_counter()
            for request in sent:
                client.Analyze(request)
            per_resource = (time.perf_counter() - begin) / len(sent)
            begin = time.perf_counter()
            client.AnalyzeStack(stack_request(requests))
            stack = time.perf_counter() - begin
            costs.append(Cost(ready, per_resource, stack, process.memory_info().rss, rules))
    return Cost(
        ready=statistics.median(run.ready for run in costs),
        resource=statistics.median(run.resource for run in costs),
        stack=statistics.median(run.stack for run in costs),
        memory=statistics.median(run.memory for run in costs),
        rules=costs[0].rules,
    )
