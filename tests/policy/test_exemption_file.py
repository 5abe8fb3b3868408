"""The exemptions file: what each defect says, and what an entry covers."""

import re
from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.support.engine import ROOT
from tests.support.exemptions import entry
from tests.support.policies import BY_ID
from tms_policies.exemptions.entries import Exemptions, covers
from tms_policies.exemptions.reading import DEFAULT, VARIABLE, found

TODAY = date(2027, 1, 31)
RULE, GUARD = "sqs-queue-encryption", "account-exemption-valid"


def read(folder: Path, text: str | bytes) -> Exemptions:
    (folder / DEFAULT).write_bytes(text if isinstance(text, bytes) else text.encode())
    return found({}, folder, BY_ID.keys(), TODAY)


DEFECTS: Mapping[str, tuple[str, str]] = {
    "no yaml": ("- rule: [", "policy-exemptions.yaml, line 1 is not YAML"),
    "deep": ("[" * 5000, "policy-exemptions.yaml is not YAML"),
    "two documents": (f"{entry()}---\n{entry()}", "is not YAML"),
    "no list": ("exemptions: []", "policy-exemptions.yaml is a mapping, and must be a list of exemptions"),
    "text": ("none so far", "policy-exemptions.yaml is 'none so far', and must be a list of exemptions"),
    "no mapping": (f"{entry()}- trades", "entry 2 (line 6) is 'trades', and must be a mapping"),
    "list in list": ("- - rule: a", "entry 1 (line 1) is a list, and must be a mapping"),
    "misspelt key": (entry(expiry="2027-02-01"), "entry 1 (line 1): 'expiry' is no key; allowed are rule, resource"),
    "list as key": (f"{entry()}  ? [a]\n  : b\n", "entry 1 (line 1): a list is no key"),
    "merged": (f"{entry()}  <<: {{a: b}}\n", "entry 1 (line 1): '<<' is no key"),
    "twice": (f"{entry()}  owner: nobody\n", "entry 1 (line 1): owner is written twice, again in line 6"),
    "no rule": (entry(rule=None), "entry 1 (line 1): rule is missing"),
    "no resource": (entry(resource=None), "entry 1 (line 1): resource is missing"),
    "no reason": (entry(reason=None), "entry 1 (line 1): reason is missing"),
    "no owner": (entry(owner=None), "entry 1 (line 1): owner is missing"),
    "no end": (entry(expires=None), "entry 1 (line 1): expires is missing"),
    "unknown rule": (entry(rule="sqs-queue-encryptoin"), "rule is 'sqs-queue-encryptoin', and must be the id of a rule of this pack, such as sqs-queue-encryption"),
    "own rule": (entry(rule=GUARD), f"rule is '{GUARD}', and must be another rule"),
    "name only": (entry(resource="trades"), "resource is 'trades', and must be a URN pattern, which starts with `urn:pulumi:` or `*`"),
    "short reason": (entry(reason="nineteen characters"), "reason is 'nineteen characters', and must be of 20 characters or more, and has 19"),
    "padded reason": (entry(reason='"too short            "'), "reason is 'too short', and must be of 20 characters or more, and has 9"),
    "list of reasons": (entry(reason="[because, it, is, so, and, always, was]"), "reason is a list, and must be a text"),
    "empty owner": (entry(owner='""'), "owner is '', and must be a text that is not empty"),
    "blank owner": (entry(owner='"  "'), "owner is '', and must be a text that is not empty"),
    "number as owner": (entry(owner="4711"), "owner is '4711', and must be a text that is not empty; quote what YAML reads otherwise"),
    "no words": (entry(finding='""'), "finding is '', and must be a text that is not empty"),
    "word as end": (entry(expires="soon"), "expires is 'soon', and must be a date that exists, written as year-month-day"),
    "no such day": (entry(expires="2027-02-30"), "expires is '2027-02-30', and must be a date that exists"),
    "week": (entry(expires="2027-W05-1"), "expires is '2027-W05-1', and must be a date that exists"),
    "time": (entry(expires="2027-02-01 10:00:00"), "expires is '2027-02-01 10:00:00', and must be a date that exists"),
    "no value": (entry(expires=""), "expires is '', and must be a date"),
    "over": (entry(expires="2027-01-30"), f"entry 1 (line 1): expires is 2027-01-30, which is over, so {RULE} counts again on *::trades; allowed is 2027-01-31 (today, in UTC) or later"),
    "duplicate": (entry() + entry(owner="another"), f"entry 2 (line 6) repeats policy-exemptions.yaml, entry 1 (line 1): {RULE} on *::trades"),
}  # fmt: skip


@pytest.mark.parametrize(("text", "says"), DEFECTS.values(), ids=DEFECTS)
def test_a_defect_is_named_with_its_place_and_the_next_step(tmp_path: Path, text: str, says: str) -> None:
    exemptions = read(tmp_path, text)
    assert [fault for fault in exemptions.faults if says in fault.message and fault.remedy], exemptions.faults
    assert len(exemptions.entries) == ("entry 2" in says)  # the one before it counts


@pytest.mark.parametrize("text", ["", "# none yet\n", "[]\n", "\ufeff[]\n"])
def test_a_file_may_hold_nothing(tmp_path: Path, text: str) -> None:
    exemptions = read(tmp_path, text)
    assert not exemptions.entries
    assert not exemptions.faults


@pytest.mark.parametrize(
    "text", [entry(), entry(expires='"2099-03-31"'), entry(finding="sqsManagedSseEnabled")]
)
def test_a_right_entry_counts(tmp_path: Path, text: str) -> None:
    exemptions = read(tmp_path, text)
    assert (len(exemptions.entries), exemptions.faults) == (1, [])


def test_the_documented_entry_is_right(tmp_path: Path) -> None:
    blocks = re.findall(r"```yaml\n(.*?)```", (ROOT / "docs" / "configuring.md").read_text(), re.DOTALL)
    assert [(len(parsed.entries), parsed.faults) for parsed in (read(tmp_path, text) for text in blocks)] == [
        (1, [])
    ]


def test_an_exemption_counts_on_its_last_day(tmp_path: Path) -> None:
    text = entry(expires=str(TODAY))
    assert read(tmp_path, text).entries
    assert not found({}, tmp_path, BY_ID.keys(), TODAY + timedelta(days=1)).entries


def test_the_variable_names_another_file_from_the_programs_folder(tmp_path: Path) -> None:
    (tmp_path / "accepted.yaml").write_text(entry())
    for name in ("accepted.yaml", str(tmp_path / "accepted.yaml")):
        exemptions = found({VARIABLE: name}, tmp_path, BY_ID.keys(), TODAY)
        assert exemptions.entries[0].place == f"{name}, entry 1 (line 1)"


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("nowhere.yaml", "POLICY_EXEMPTIONS is 'nowhere.yaml', and there is no such file in "),
        (".", "'.' cannot be read (IsADirectoryError)"),
        ("x" * 5000, "cannot be read (OSError)"),
    ],
)  # fmt: skip
def test_a_file_that_is_named_and_cannot_be_read_is_a_fault(tmp_path: Path, name: str, says: str) -> None:
    [fault] = found({VARIABLE: name}, tmp_path, BY_ID.keys(), TODAY).faults
    assert fault.message.startswith(says) or says in fault.message


def test_bytes_that_are_no_text_are_a_fault(tmp_path: Path) -> None:
    [fault] = read(tmp_path, b"\xff\xfe").faults
    assert fault.message == "'policy-exemptions.yaml' cannot be read (UnicodeDecodeError)"


@pytest.mark.parametrize(
    ("pattern", "text", "fits"),
    [
        ("*", "anything", True),
        ("*", "", True),
        ("a", "a", True),
        ("a", "ab", False),
        ("a*", "ab", True),
        ("*::trades", "urn:pulumi:s::p::t::trades", True),
        ("*::trades", "urn:pulumi:s::p::t::bank-trades", False),
        ("urn:*::trades", "urn:pulumi:s::p::t::trades", True),
        ("a*a", "a", False),
        ("a*b*c", "a-b-b-c", True),
        ("a*b*c", "a-c", False),
        ("ab*bc", "abc", False),
        ("[a]?", "a?", False),
        ("*a" * 40, "a" * 39 + "b", False),
    ],
)
def test_a_star_stands_for_any_text_and_nothing_else_does(pattern: str, text: str, fits: bool) -> None:
    assert covers(pattern, text) == fits


@pytest.mark.parametrize(
    "reason", ['"a\\uD800 reason of twenty characters"', '"\\x1b[31m red for twenty characters"']
)
def test_what_a_terminal_would_obey_is_left_out(tmp_path: Path, reason: str) -> None:
    [exemption] = read(tmp_path, entry(reason=reason)).entries
    assert exemption.reason.isprintable()
