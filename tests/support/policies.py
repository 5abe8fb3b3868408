"""The policy pack for tests, through the SDK's own servicer: what the engine would be told."""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, cast

from google.protobuf import struct_pb2
from pulumi.runtime.proto import analyzer_pb2
from pulumi.runtime.proto.analyzer_pb2_grpc import AnalyzerServicer
from pulumi_policy import EnforcementLevel

from tms_policies.adapter import registered
from tms_policies.catalogue import RULES
from tms_policies.examples.model import UNKNOWN, Declared
from tms_policies.model import Rule
from tms_policies.serving import answering
from tms_policies.session import Session

__all__ = ["UNKNOWN", "Declared"]
BY_ID = {rule.id: rule for rule in RULES}


def message(bag: Mapping[str, Any]) -> struct_pb2.Struct:
    """Give a property bag as it travels."""
    struct = struct_pb2.Struct()
    struct.update(dict(bag))
    return struct


def _common(resource: Declared) -> dict[str, Any]:
    options = analyzer_pb2.AnalyzerResourceOptions(
        protect=resource.protect,
        ignoreChanges=list(resource.ignore),
        deleteBeforeReplace=resource.delete_first,
        deleteBeforeReplaceDefined=resource.delete_first,
    )
    return {
        "type": resource.token,
        "urn": resource.urn,
        "name": resource.name,
        "properties": message(resource.props),
        "options": options,
        "provider": None
        if resource.provider is None
        else analyzer_pb2.AnalyzerProviderResource(
            type="pulumi:providers:aws", urn="p", name="p", properties=message(resource.provider)
        ),
    }


def analyze_request(resource: Declared) -> analyzer_pb2.AnalyzeRequest:
    """Give what the engine sends to ask about one resource."""
    return analyzer_pb2.AnalyzeRequest(**_common(resource))


def analyze_stack_request(resources: Sequence[Declared]) -> analyzer_pb2.AnalyzeStackRequest:
    """Give what the engine sends to ask about all resources together."""
    urns = {one.name: one.urn for one in resources}
    return analyzer_pb2.AnalyzeStackRequest(
        resources=[
            analyzer_pb2.AnalyzerResource(
                **_common(one),
                propertyDependencies={
                    name: analyzer_pb2.AnalyzerPropertyDependencies(urns=[urns[other] for other in used])
                    for name, used in one.uses.items()
                },
            )
            for one in resources
        ]
    )


def servicer(*rules: Rule) -> AnalyzerServicer:
    """Give the SDK's servicer for rules."""
    session = Session()
    policies = [registered(rule, session) for rule in rules]
    return answering(session, rules)("pack", "1.0.0", policies, EnforcementLevel.ADVISORY)


@cache
def _of_rule(rule: str) -> AnalyzerServicer:
    return servicer(BY_ID[rule])


def ask(pack: AnalyzerServicer, resource: Declared) -> list[analyzer_pb2.AnalyzeDiagnostic]:
    """Give all that a pack says of one resource by itself."""
    return list(cast("Any", pack).Analyze(analyze_request(resource), None).diagnostics)


def ask_stack(pack: AnalyzerServicer, *resources: Declared) -> list[analyzer_pb2.AnalyzeDiagnostic]:
    """Give all that a pack says of resources together."""
    return list(cast("Any", pack).AnalyzeStack(analyze_stack_request(resources), None).diagnostics)


def diagnostics(
    pack: AnalyzerServicer, resources: Sequence[Declared]
) -> list[analyzer_pb2.AnalyzeDiagnostic]:
    """Give all that a pack says of resources, each by itself and all together."""
    return [*(said for one in resources for said in ask(pack, one)), *ask_stack(pack, *resources)]


def findings(rule: str, *resources: Declared, config: Mapping[str, Any] | None = None) -> list[str]:
    """Give one rule's messages, all of which must be mandatory."""
    pack = _of_rule(rule)
    given = analyzer_pb2.PolicyConfig(
        enforcementLevel=analyzer_pb2.MANDATORY, properties=message(config or {})
    )
    cast("Any", pack).Configure(analyzer_pb2.ConfigureAnalyzerRequest(policyConfig={rule: given}), None)
    found = diagnostics(pack, resources)
    assert all(one.enforcementLevel == analyzer_pb2.MANDATORY for one in found), found
    return [one.message.partition("\n")[2] for one in found]


def findings_later(rule: str, inputs: Declared, outputs: Declared, *others: Declared) -> list[str]:
    """Give a stack rule's messages on a later preview, when a resource shows what AWS filled in."""
    pack = servicer(BY_ID["account-resource-protect"], BY_ID[rule])
    for one in (inputs, *others):
        ask(pack, one)
    return [one.message for one in ask_stack(pack, outputs, *others)]


def check(
    rule: str, expected: str | None, *resources: Declared, config: Mapping[str, Any] | None = None
) -> None:
    """Assert that a rule says nothing, or that one of its messages holds the expected words and a remedy."""
    found = findings(rule, *resources, config=config)
    if expected is None:
        assert found == []
    else:
        assert any(expected in one for one in found), found
        assert all(". Write: " in one for one in found)
