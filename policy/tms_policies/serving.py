"""How the pack answers the engine: each request is read once, and the SDK does the rest.

The SDK decodes every property anew for each policy, and again for each stack policy. With a hundred rules
that is most of a preview's cost, and rules read properties from the session anyway. So the SDK is given each
request without properties; levels, configuration, reports and their form stay its own.
"""

import os
from collections.abc import Collection, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from google.protobuf import json_format
from grpc import StatusCode
from pulumi.runtime.proto import analyzer_pb2
from pulumi_policy import EnforcementLevel, Policy, PolicyPack, ReportViolation, policy

from tms_policies.adapter import registered
from tms_policies.catalogue import RULES
from tms_policies.configuration import faults
from tms_policies.exemptions.entries import Exemptions
from tms_policies.exemptions.reading import found
from tms_policies.model import Rule
from tms_policies.session import Session

_Sdk = policy._PolicyAnalyzerServicer  # noqa: SLF001  # pyright: ignore[reportPrivateUsage] - the SDK has no public way to answer


def _exemptions(
    request: analyzer_pb2.ConfigureAnalyzerRequest, rules: Collection[str], *, settled: bool
) -> Exemptions:
    """Return today's exemptions, without those from rules that are disabled.

    Args:
        request: The levels of the rules.
        rules: Ids of the pack's rules.
        settled: Whether an exemption that nothing needed is a fault.
    """
    off = {
        name for name, item in request.policyConfig.items() if item.enforcementLevel == analyzer_pb2.DISABLED
    }
    exemptions = found(os.environ, Path.cwd(), rules, datetime.now(UTC).date())
    exemptions.settled = settled
    exemptions.entries = [item for item in exemptions.entries if item.rule not in off]
    return exemptions


def answering(session: Session, rules: Sequence[Rule]) -> type[_Sdk]:
    """Return the SDK's servicer, reading requests into the session and exempting findings."""
    by_id = {rule.id: rule for rule in rules}

    class Servicer(_Sdk):
        """Answers for a pack whose rules ask the session."""

        preview = False

        def ConfigureStack(self, request: analyzer_pb2.AnalyzerStackConfigureRequest, context: Any) -> Any:  # noqa: ANN401, N802 - as the protocol has it
            """Learn whether this is a preview; a recorded state is judged without this request."""
            self.preview = request.dry_run
            return super().ConfigureStack(request, context)

        def Configure(self, request: analyzer_pb2.ConfigureAnalyzerRequest, context: Any) -> Any:  # noqa: ANN401, N802 - as the protocol has it
            """Take levels and settings, and read the exemptions; every run of the engine begins with this."""
            configured = request.policyConfig
            value = {name: json_format.MessageToDict(item.properties) for name, item in configured.items()}
            if wrong := sorted(faults(value, by_id)):
                context.abort(StatusCode.INVALID_ARGUMENT, "\n".join(wrong))
            session.exemptions = _exemptions(request, by_id, settled=self.preview)
            return super().Configure(request, context)

        def Analyze(self, request: analyzer_pb2.AnalyzeRequest, context: Any) -> Any:  # noqa: ANN401, N802 - as the protocol has it
            """Check one resource."""
            session.read(request)
            bare = analyzer_pb2.AnalyzeRequest(type=request.type, urn=request.urn, name=request.name)
            return super().Analyze(bare, context)

        def AnalyzeStack(self, request: analyzer_pb2.AnalyzeStackRequest, context: Any) -> Any:  # noqa: ANN401, N802 - as the protocol has it
            """Check all resources together."""
            session.read_stack(request.resources)
            return super().AnalyzeStack(analyzer_pb2.AnalyzeStackRequest(), context)

        def _create_report_violation(
            self,
            response: Any,  # noqa: ANN401 - as the SDK has it
            policy_name: str,
            policy_description: str,
            enforcement_level: EnforcementLevel,
            severity: Any = None,  # noqa: ANN401 - as the SDK has it
        ) -> ReportViolation:
            """Report what is exempt as advisory: the SDK gives all of a policy's findings the policy's level.

            An SDK that calls this by another name would leave every finding at its level.
            """
            reporter = super()._create_report_violation
            alone = by_id[policy_name].scope == "resource"

            def report(message: str, urn: str | None) -> None:
                about = session.resource.urn if alone else urn or session.stack.root
                exemption = session.exemptions.of(policy_name, about, message)
                level = EnforcementLevel.ADVISORY if exemption else enforcement_level
                text = exemption.said_of(message) if exemption else message
                reporter(response, policy_name, policy_description, level, severity)(text, urn)

            return report

    return Servicer


def serve(name: str, rules: Sequence[Rule], policies: list[Policy], session: Session) -> None:
    """Answer the engine until it ends this process; the port is the first line on standard output."""
    policy._PolicyAnalyzerServicer = answering(session, rules)  # noqa: SLF001  # pyright: ignore[reportPrivateUsage] - PolicyPack takes no servicer
    PolicyPack(name, policies)


def main() -> None:
    """Serve the pack: every rule of the catalogue, all of them asking one session."""
    session = Session()
    serve("trade-matching-policies", RULES, [registered(rule, session) for rule in RULES], session)
