"""The diagrams show what is declared."""

import re

from tests.support.stackfile import ROOT
from toolkit.permissions.architecture import TARGET

DIAGRAMS = re.findall(r"```mermaid\n(.*?)```", TARGET.read_text(), re.DOTALL)


def test_the_flow_says_who_reads_and_who_writes() -> None:
    flow = DIAGRAMS[0]
    assert "prefix_bank --> agent_pdf_adapter" in flow
    assert "agent_trade_matching --> prefix_reports" in flow
    assert "queue_extraction --> agent_trade_extraction" in flow
    assert "agent_orchestrator --> agent_" in flow


def test_every_resource_of_production_is_counted_once() -> None:
    urns = (ROOT / "tests" / "engine" / "production.urns").read_text().split()
    resources = [urn for urn in urns if "aws:" in urn.split("::")[2]]
    assert sum(map(int, re.findall(r": (\d+)\"\]", DIAGRAMS[1]))) == len(resources)
    assert sum(int(count) for text in DIAGRAMS[2:] for count in re.findall(r"\"(\d+) x ", text)) == len(
        resources
    )
