"""Exemptions in a run of the pack: what they do to findings, which are needed, and that none stops the pack."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, cast

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pulumi.runtime.proto import analyzer_pb2
from pulumi.runtime.proto.analyzer_pb2_grpc import AnalyzerServicer

from tests.support.exemptions import ENTRY, entry
from tests.support.policies import BY_ID, ask, diagnostics, servicer
from tms_policies.catalogue import RULES
from tms_policies.examples.model import Declared
from tms_policies.exemptions.reading import VARIABLE

RULE, STACK_RULE, GUARD = "sqs-queue-encryption", "sqs-queue-tls-only", "account-exemption-valid"
QUEUE = Declared("sqs/queue:Queue", {"name": "trades"}, name="trades")
ROOT_STACK = Declared("pulumi:pulumi:Stack", name="test-test")


def configured(
    folder: Path, monkeypatch: pytest.MonkeyPatch, text: str, *, preview: bool = True, **levels: int
) -> AnalyzerServicer:
    """Return the whole pack as a run of the engine begins with it."""
    (folder / "accepted.yaml").write_text(text)
    monkeypatch.setenv(VARIABLE, str(folder / "accepted.yaml"))
    pack = servicer(*RULES)
    config = {
        name.replace("_", "-"): analyzer_pb2.PolicyConfig(enforcementLevel=cast("Any", level))
        for name, level in levels.items()
    }
    cast("Any", pack).ConfigureStack(analyzer_pb2.AnalyzerStackConfigureRequest(dry_run=preview), None)
    cast("Any", pack).Configure(analyzer_pb2.ConfigureAnalyzerRequest(policyConfig=config), None)
    return pack


def of(rule: str, results: list[analyzer_pb2.AnalyzeDiagnostic]) -> list[tuple[int, str]]:
    """Return level and text of one rule's findings."""
    return [
        (result.enforcementLevel, result.message.partition("\n")[2])
        for result in results
        if result.policyName == rule
    ]


def test_an_exempt_finding_is_advisory_and_says_why(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    entries = entry() + entry(rule=STACK_RULE)
    results = diagnostics(configured(tmp_path, monkeypatch, entries), [QUEUE])
    for rule in (RULE, STACK_RULE):
        [(level, text)] = of(rule, results)
        assert level == analyzer_pb2.ADVISORY
        assert text.startswith(
            "exempt until 2099-03-31 by trade-platform team: the old consumer cannot decrypt before its release: "
        )
        assert ". Write: " in text
    assert of(GUARD, results) == []
    [(level, _)] = of("account-resource-protect", results)
    assert level == analyzer_pb2.MANDATORY


@pytest.mark.parametrize(
    ("phrase", "level"),
    [("kmsMasterKeyId is not set", analyzer_pb2.ADVISORY), ("other", analyzer_pb2.MANDATORY)],
)
def test_words_choose_among_the_findings_of_a_rule(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, phrase: str, level: int
) -> None:
    results = diagnostics(configured(tmp_path, monkeypatch, entry(finding=phrase)), [QUEUE])
    assert [reported for reported, _ in of(RULE, results)] == [level]
    assert len(of(GUARD, results)) == (level == analyzer_pb2.MANDATORY)


def test_an_end_that_is_over_makes_the_finding_count(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    yesterday = datetime.now(UTC).date() - timedelta(days=1)
    results = diagnostics(configured(tmp_path, monkeypatch, entry(expires=str(yesterday))), [QUEUE])
    assert [level for level, _ in of(RULE, results)] == [analyzer_pb2.MANDATORY]
    [(level, text)] = of(GUARD, results)
    assert level == analyzer_pb2.MANDATORY
    assert "which is over" in text


UNUSED = "accepted.yaml, entry 1 (line 1) exempts nothing"


@pytest.mark.parametrize(
    ("resource", "preview", "levels", "unused"),
    [
        ('"*::other"', True, {}, True),
        ('"urn:pulumi:test::*::other"', True, {}, True),
        ('"urn:pulumi:te*::other"', True, {}, True),
        ('"urn:pulumi:production::*::trades"', True, {}, False),
        ('"urn:pulumi:test::another::*::trades"', True, {}, False),
        ('"*::other"', False, {}, False),
        ('"*::other"', True, {"sqs_queue_encryption": analyzer_pb2.DISABLED}, False),
    ],
)
def test_an_entry_that_no_finding_needs_is_a_fault_where_that_is_certain(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    resource: str,
    preview: bool,
    levels: dict[str, int],
    unused: bool,
) -> None:
    pack = configured(tmp_path, monkeypatch, entry(resource=resource), preview=preview, **levels)
    results = of(GUARD, diagnostics(pack, [QUEUE]))
    assert [UNUSED in text for _, text in results] == [True] * unused


def test_each_run_starts_without_use(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pack = configured(tmp_path, monkeypatch, entry())
    assert of(GUARD, diagnostics(pack, [QUEUE])) == []
    cast("Any", pack).Configure(analyzer_pb2.ConfigureAnalyzerRequest(), None)
    mended = Declared(QUEUE.type, {"name": "trades", "sqsManagedSseEnabled": True}, name="trades")
    assert [UNUSED in text for _, text in of(GUARD, diagnostics(pack, [mended]))] == [True]


def test_a_finding_without_a_resource_is_the_stacks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "program"
    folder.mkdir()
    (folder / "needs.yaml").write_text("roles: none")
    monkeypatch.chdir(folder)
    text = entry(rule="iam-role-declared-needs", resource='"*::test-test"')
    results = diagnostics(configured(tmp_path, monkeypatch, text), [ROOT_STACK])
    assert {level for level, _ in of("iam-role-declared-needs", results)} == {analyzer_pb2.ADVISORY}


def test_exemptions_are_judged_last() -> None:
    assert RULES[-1].id == GUARD
    assert GUARD not in {result.policyName for result in ask(servicer(*RULES), QUEUE)}


SCALARS = st.text() | st.sampled_from(
    [*ENTRY.values(), "&a", "*a", "!!binary x", "\\ud800", '"\\uD800\\x1b"']
)
LINES = st.builds("{}: {}".format, st.sampled_from([*ENTRY, "finding", "<<", "?"]) | st.text(), SCALARS)
FILES = st.lists(st.lists(LINES, min_size=1).map("\n  ".join)).map(
    lambda entries: "".join(f"- {lines}\n" for lines in entries)
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(content=st.binary() | st.text().map(lambda result: result.encode("utf-8", "replace")) | FILES.map(
    lambda result: result.encode("utf-8", "surrogatepass")
))  # fmt: skip
def test_no_content_stops_the_pack(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: bytes) -> None:
    (tmp_path / "any.yaml").write_bytes(content)
    monkeypatch.setenv(VARIABLE, str(tmp_path / "any.yaml"))
    pack = servicer(BY_ID[RULE], BY_ID[GUARD])
    cast("Any", pack).Configure(analyzer_pb2.ConfigureAnalyzerRequest(), None)
    results = diagnostics(pack, [QUEUE])
    assert len(of(RULE, results)) == 1
    assert all("itself failed" not in text for _, text in of(GUARD, results))
    assert all(result.SerializeToString() for result in results)
