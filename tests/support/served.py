"""The pack as a process of its own, asked over gRPC as the engine asks it."""

import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import grpc
from pulumi.runtime.proto import analyzer_pb2
from pulumi.runtime.proto.analyzer_pb2_grpc import AnalyzerStub

from policy.examples.model import Declared
from tests.support.engine import ROOT
from tests.support.policies import analyze_request, analyze_stack_request, message


class Served:
    """A running pack."""

    def __init__(self, folder: Path = ROOT / "policy") -> None:
        """Start it and connect."""
        command = [sys.executable, "-P", str(folder)]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT)
        assert self.process.stdout is not None
        self.channel = grpc.insecure_channel(f"127.0.0.1:{int(self.process.stdout.readline())}")
        self.stub: Any = AnalyzerStub(self.channel)

    def close(self) -> None:
        """End it."""
        self.channel.close()
        self.process.kill()
        self.process.communicate()

    def findings(
        self, rule: str, resources: Sequence[Declared], settings: Mapping[str, Any] | None = None
    ) -> list[str]:
        """Give one rule's messages about resources, each by itself and all together."""
        given = analyzer_pb2.PolicyConfig(
            enforcementLevel=analyzer_pb2.MANDATORY, properties=message(settings or {})
        )
        self.stub.Configure(analyzer_pb2.ConfigureAnalyzerRequest(policyConfig={rule: given}))
        answers = [self.stub.Analyze(analyze_request(one)) for one in resources]
        answers.append(self.stub.AnalyzeStack(analyze_stack_request(resources)))
        said = [one for answer in answers for one in answer.diagnostics if one.policyName == rule]
        assert all(one.enforcementLevel == analyzer_pb2.MANDATORY for one in said), said
        return [one.message.partition("\n")[2] for one in said]
