"""A configuration that the engine would pass over is refused, with the file and what is allowed."""

from pathlib import Path

import pytest

from tms_policies.catalogue import RULES
from toolkit.errors import CommandError
from toolkit.policy_check.pack_config import disabled


def written(folder: Path, content: str) -> Path:
    path = folder / "config.json"
    path.write_text(content)
    return path


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("{", r"is not JSON \(.*\); write an object such as"),
        ("[]", "holds no object of rules by name; write"),
        (
            '{"sqs-queue-encyption": "advisory"}',
            "no rule is named 'sqs-queue-encyption'; did you mean 'sqs-queue-enc",
        ),
        ('{"qqq": "advisory"}', "no rule is named 'qqq'; `.venv/bin/python -m tms_policies.catalogue` lists"),
        ('{"all": "off"}', 'all is "off"; write one of mandatory, advisory, disabled'),
        ('{"sqs-queue-encryption": 4}', "sqs-queue-encryption is 4; write one of .* or an object"),
        (
            '{"sqs-queue-encryption": {"enforcementLevel": null}}',
            r"enforcementLevel is null; write one of mandatory",
        ),
        (
            '{"sqs-queue-encryption": {"level": "x"}}',
            r"encryption\.level: no such setting; write one of enforcementL",
        ),
        ('{"sqs-queue-dead-letter": {"maximumReceives": "5"}}', "'5' is not of type 'integer'"),
    ],
)
def test_a_wrong_entry_is_refused_with_its_place(tmp_path: Path, content: str, message: str) -> None:
    path = written(tmp_path, content)
    with pytest.raises(CommandError, match=message) as refusal:
        disabled(path)
    assert str(refusal.value).startswith(f"--config {path}")
    assert "\n" not in str(refusal.value)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=r"nothing\.json: No such file or directory; give a JSON file"):
        disabled(tmp_path / "nothing.json")


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("{}", set[str]()),
        ('{"all": "advisory", "sqs-queue-encryption": "disabled"}', {"sqs-queue-encryption"}),
        ('{"sqs-queue-encryption": {"enforcementLevel": "disabled"}}', {"sqs-queue-encryption"}),
        ('{"sqs-queue-dead-letter": {"maximumReceives": 5}}', set[str]()),
        ('{"all": "disabled"}', {rule.id for rule in RULES}),
    ],
)
def test_rules_that_are_turned_off_are_known(tmp_path: Path, content: str, expected: set[str]) -> None:
    assert disabled(written(tmp_path, content)) == expected
