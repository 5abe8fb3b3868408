"""The pack as a process of its own, asked over gRPC as the engine asks it."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import grpc
from pulumi.runtime.proto import analyzer_pb2
from pulumi.runtime.proto.analyzer_pb2_grpc import AnalyzerStub

from tests.support.engine import ROOT
from tests.support.policies import analyze_request, analyze_stack_request, message
from tms_policies.examples.model import Declared


class Served:
    """A running pack."""

    def __init__(self, folder: Path = ROOT / "policy") -> None:
        """Start it and connect."""
        self.folder = tempfile.TemporaryDirectory()
        self.exemptions = Path(self.folder.name) / "policy-exemptions.yaml"
        self.process = subprocess.Popen(
            [sys.executable, "-P", str(folder)],
            stdout=subprocess.PIPE,
            text=True,
            cwd=ROOT,
            env={**os.environ, "POLICY_EXEMPTIONS": str(self.exemptions)},
        )
        assert self.process.stdout is not None
        self.channel = grpc.insecure_channel(f"127.0.0.1:{int(self.process.stdout.readline())}")
        self.stub: Any = AnalyzerStub(self.channel)

    def close(self) -> None:
        """End it."""
        self.channel.close()
        self.process.kill()
        self.process.communicate()
        self.folder.cleanup()

    def findings(
        self,
        rule: str,
        resources: Sequence[Declared],
        settings: Mapping[str, Any] | None = None,
        exemptions: str = "",
    ) -> list[str]:
        """Give one rule's messages about resources in a preview, each by itself and all together."""
        self.exemptions.write_text(exemptions)
        given = analyzer_pb2.PolicyConfig(
            enforcementLevel=analyzer_pb2.MANDATORY, properties=message(settings or {})
        )
        self.stub.ConfigureStack(analyzer_pb2.AnalyzerStackConfigureRequest(dry_run=True))
        self.stub.Configure(analyzer_pb2.ConfigureAnalyzerRequest(policyConfig={rule: given}))
        answers = [self.stub.Analyze(analyze_request(one)) for one in resources]
        answers.append(self.stub.AnalyzeStack(analyze_stack_request(resources)))
        said = [one for answer in answers for one in answer.diagnostics if one.policyName == rule]
        assert all(one.enforcementLevel == analyzer_pb2.MANDATORY for one in said), said
        return [one.message.partition("\n")[2] for one in said]
