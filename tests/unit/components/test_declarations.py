"""`agentcore.yaml`: what is wrong with one is a line that names the file and the key."""

import json
import shutil
from pathlib import Path

import pytest
import yaml

from components.settings import SettingsError
from components.settings.agentcore import Declaration, schema
from components.settings.load import assemble
from tests.support.stackfile import DIGEST, ROOT, changed, stack_config

FILE = "deployment/trade-matching/agentcore.yaml"
LONG = "x" * 5001
VPC_ONLY = "the stack has no network; write trade-matching-system:network"
WRONG = [
    ("modelid", "x", "modelid: is not a known key (did you mean model_id?); allowed here: description, "),
    ("system_prompt", ..., "system_prompt: is missing; write it"),
    ("system_prompt", " \n", "system_prompt: "),
    ("system_prompt", LONG, "allowed is a text of 1 to 5000 characters"),
    ("model_id", "anthropic.claude-v9", 'model_id: "anthropic.claude-v9" is refused; the stack allows us.anthro'),
    ("model_id", "anthropic.claude-3-5-sonnet-20241022-v2:0", "the stack allows us.anthropic.claude-3-5-sonnet"),
    ("image_digest", "latest", 'image_digest: "latest" is refused; allowed is an image\'s digest'),
    ("image_digest", "repo:v1@" + DIGEST, "allowed is an image's digest"),
    ("image_digest", DIGEST, f'network_mode: "VPC" is refused; {VPC_ONLY}'),
    ("name", "matching", 'name: "matching" is refused; allowed is trade-matching'),
    ("execution_role_arn", "arn:aws:iam::${account}:role/admin", "allowed is arn:${partition}:iam::${account}:role/tr"),
    ("timeout", 0, "timeout: 0 is refused; allowed is 1 to 900 seconds"),
    ("timeout", 301, "timeout: 301 is refused; allowed is up to 300, after which a message shows up again"),
    ("timeout", "30", 'timeout: "30" is refused; allowed is a whole number'),
    ("temperature", 1.5, "temperature: 1.5 is refused; allowed is 0 to 1"),
    ("tools", ["Load Text"], 'tools[0]: "Load Text" is refused; allowed is lower-case letters'),
    ("network_mode", "HOST", "network_mode: \"HOST\" is refused; allowed is 'VPC' or 'PUBLIC'"),
    ("memory", True, "memory: true is refused; the stack names no memory for it"),
    ("environment", {"lower": "x"}, "environment.lower: "),
    ("environment", {"SYSTEM_PROMPT": "x"}, "environment.SYSTEM_PROMPT: is refused; it is set from the declaration"),
    ("environment", {"T": "${tables.bank-trade}"}, "${tables.bank-trade} is not a known key (did you mean tables.bank-trades?)"),
    ("environment", {f"V{n}": "" for n in range(44)}, "44 variables are refused; allowed is up to 43"),
]  # fmt: skip


@pytest.fixture
def project(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "deployment", tmp_path / "deployment")
    return tmp_path


def refusal(project: Path) -> list[str]:
    with pytest.raises(SettingsError) as raised:
        assemble(stack_config("production"), "Pulumi.production.yaml", project)
    return raised.value.lines


@pytest.mark.parametrize(("key", "value", "said"), WRONG, ids=lambda part: str(part)[:30])
def test_a_wrong_declaration_is_one_line(project: Path, key: str, value: object, said: str) -> None:
    content = yaml.safe_load((project / FILE).read_text())
    content[key] = value
    if value is ...:
        del content[key]
    (project / FILE).write_text(yaml.safe_dump(content))
    (line,) = refusal(project)
    assert line.startswith(f"{FILE}: ")
    assert said in line


def test_a_missing_file_and_a_broken_one_are_named_beside_the_stacks_own_mistakes(
    project: Path,
) -> None:
    (project / FILE).unlink()
    (project / "deployment/orchestrator/agentcore.yaml").write_text("name: [")
    config = changed(stack_config("production"), "documents.name", "Upper")
    with pytest.raises(SettingsError) as raised:
        assemble(config, "Pulumi.production.yaml", project)
    text = "\n".join(raised.value.lines)
    assert f"{FILE}: is missing; write it" in text
    assert "deployment/orchestrator/agentcore.yaml: is not YAML" in text
    assert 'documents.name: "Upper" is refused' in text
    assert len(raised.value.lines) == 3


@pytest.mark.generated
def test_editors_are_told_what_the_program_takes() -> None:
    written = (ROOT / "deployment/agentcore.schema.json").read_text()
    assert written == schema(), "run `make docs`"
    assert json.loads(written)["required"] == [
        "name",
        "description",
        "model_id",
        "system_prompt",
        "tools",
        "execution_role_arn",
    ]


def test_what_the_guidelines_leave_out_has_their_defaults() -> None:
    least = dict.fromkeys(("name", "description", "model_id", "system_prompt", "execution_role_arn"), "x")
    declared = Declaration.model_validate({**least, "tools": []})
    assert (declared.timeout, declared.temperature, declared.network_mode) == (30, 0.1, "VPC")
