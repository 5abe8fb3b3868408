"""How the pack answers the engine: each request is read once, and the SDK does the rest.

The SDK decodes every property anew for each policy, and again for each stack policy. With a hundred rules
that is most of a preview's cost, and rules read properties from the session anyway. So the SDK is given each
request without properties; levels, configuration, reports and their form stay its own.
"""

from typing import Any

from pulumi.runtime.proto import analyzer_pb2
from pulumi_policy import Policy, PolicyPack, policy

from policy.session import Session

_Sdk = policy._PolicyAnalyzerServicer  # noqa: SLF001  # pyright: ignore[reportPrivateUsage] - the SDK has no public way to answer


def answering(session: Session) -> type[_Sdk]:
    """Give the SDK's servicer, reading requests into the session."""

    class Servicer(_Sdk):
        """Answers for a pack whose rules ask the session."""

        def Analyze(self, request: analyzer_pb2.AnalyzeRequest, context: Any) -> Any:  # noqa: ANN401, N802 - as the protocol has it
            """Judge one resource."""
            session.read(request)
            bare = analyzer_pb2.AnalyzeRequest(type=request.type, urn=request.urn, name=request.name)
            return super().Analyze(bare, context)

        def AnalyzeStack(self, request: analyzer_pb2.AnalyzeStackRequest, context: Any) -> Any:  # noqa: ANN401, N802 - as the protocol has it
            """Judge all resources together."""
            session.read_stack(request.resources)
            return super().AnalyzeStack(analyzer_pb2.AnalyzeStackRequest(), context)

    return Servicer


def serve(name: str, policies: list[Policy], session: Session) -> None:
    """Answer the engine until it ends this process; the port is the first line on standard output."""
    policy._PolicyAnalyzerServicer = answering(session)  # noqa: SLF001  # pyright: ignore[reportPrivateUsage] - PolicyPack takes no servicer
    PolicyPack(name, policies)
