"""How fast the policy pack is ready, and what one resource costs it, over the engine's own protocol."""

import json
import statistics
import subprocess
import sys
import time
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from typing import Any

import grpc
from google.protobuf import empty_pb2, struct_pb2
from pulumi.runtime.proto import analyzer_pb2, analyzer_pb2_grpc

from benchmarks.measure import ROOT

RESOURCES = 500


@contextmanager
def started_pack() -> Generator[tuple[float, analyzer_pb2_grpc.AnalyzerStub]]:
    """Start the pack as the engine does and give the seconds until it answers, and a client of it."""
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
        yield time.perf_counter() - begin, client
    finally:
        process.terminate()
        process.wait()


def planned_resources(environment: Mapping[str, str]) -> list[dict[str, Any]]:
    """Give the new state of every AWS resource in a preview of the local stack."""
    shown = subprocess.run(
        [str(ROOT / "pulumiw"), "preview", "--stack", "local", "--json"],
        check=True,
        cwd=ROOT,
        env=dict(environment),
        capture_output=True,
        text=True,
    )
    steps = json.loads(shown.stdout)["steps"]
    return [step["newState"] for step in steps if step.get("newState", {}).get("type", "").startswith("aws:")]


def request(resource: Mapping[str, Any]) -> analyzer_pb2.AnalyzeRequest:
    """Give what the engine sends for one resource."""
    properties = struct_pb2.Struct()
    properties.update(resource.get("inputs", {}))
    return analyzer_pb2.AnalyzeRequest(
        type=resource["type"],
        urn=resource["urn"],
        name=resource["urn"].rpartition("::")[2],
        properties=properties,
        options=analyzer_pb2.AnalyzerResourceOptions(protect=bool(resource.get("protect"))),
    )


def ready_and_cost(environment: Mapping[str, str]) -> tuple[float, float]:
    """Give the seconds until the pack answers, and the seconds that one of our resources costs it."""
    requests = [request(resource) for resource in planned_resources(environment)]
    sent = (requests * (RESOURCES // len(requests) + 1))[:RESOURCES]
    ready: list[float] = []
    cost: list[float] = []
    for _ in range(3):
        with started_pack() as (seconds, client):
            ready.append(seconds)
            for one in requests:
                client.Analyze(one)
            begin = time.perf_counter()
            for one in sent:
                client.Analyze(one)
            cost.append((time.perf_counter() - begin) / len(sent))
    return statistics.median(ready), statistics.median(cost)
