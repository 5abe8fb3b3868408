"""`agentcore.yaml`: what is wrong with one is a line that names the file and the key."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from components.settings import SettingsError
from components.settings.agentcore import Declaration, schema
from components.settings.load import assemble
from tests.support.stackfile import DIGEST, PROJECT, ROOT, changed, stack_config

EDITOR = Draft202012Validator(json.loads(schema()))
FILE = "deployment/trade-matching/agentcore.yaml"
LONG = "x" * 5001
STACK = "Pulumi.production.yaml"
KEYS = (
    "allowed here: description, environment, execution_role_arn, image_digest, memory, model_id, name, "
    "network_mode, system_prompt, temperature, timeout, tools"
)
CLAUDE = "us.anthropic.claude-3-5-sonnet-20241022-v2:0"
ROLE = "arn:${partition}:iam::${account}:role/trade-matching-system-agentcore-trade-matching-production"
TEXT = "without control characters"
DIGESTS = "allowed is an image's digest (sha256: and 64 hex digits); a tag can be moved"
TABLES = ", ".join(
    sorted(
        [
            *("account", "documents", "region"),
            *(
                f"{name}.{key}"
                for name in ("queues", "tables")
                for key in stack_config("production")[f"{PROJECT}:{name}"]
            ),
        ]
    )
)
WRONG = [
    ("modelid", "x", f"modelid: is not a known key (did you mean model_id?); {KEYS}"),
    ("system_prompt", ..., "system_prompt: is missing; write it"),
    ("system_prompt", " \n", f'system_prompt: " \\n" is refused; allowed is a text of 1 to 5000 characters, {TEXT}'),
    ("system_prompt", LONG, f'system_prompt: "{"x" * 76}... is refused; allowed is a text of 1 to 5000 characters, {TEXT}'),
    ("system_prompt", " " * 9 + LONG[9:], f'system_prompt: "         {"x" * 67}... is refused; allowed is a text of 1 to 5000 characters, {TEXT}'),
    ("system_prompt", "a\0b", f'system_prompt: "a\\u0000b" is refused; allowed is a text of 1 to 5000 characters, {TEXT}'),
    ("system_prompt", 7, "system_prompt: 7 is refused; allowed is text (in quotes, where it looks like a number)"),
    ("description", "", f'description: "" is refused; allowed is a text of 1 to 4096 characters, {TEXT}'),
    ("image_digest", "latest", f'image_digest: "latest" is refused; {DIGESTS}'),
    ("image_digest", "repo:v1@" + DIGEST, f'image_digest: "repo:v1@{DIGEST[:68]}... is refused; {DIGESTS}'),
    ("name", "Matching", 'name: "Matching" is refused; allowed is lower-case letters, digits and \'-\''),
    ("timeout", 0, "timeout: 0 is refused; allowed is 1 to 900 seconds"),
    ("timeout", 901, "timeout: 901 is refused; allowed is 1 to 900 seconds"),
    ("timeout", "30", 'timeout: "30" is refused; allowed is a whole number, without quotes'),
    ("temperature", 1.5, "temperature: 1.5 is refused; allowed is 0 to 1"),
    ("temperature", "low", 'temperature: "low" is refused; allowed is a number, without quotes'),
    ("tools", ["Load Text"], 'tools[0]: "Load Text" is refused; allowed is lower-case letters, digits and \'_\''),
    ("tools", "none", 'tools: "none" is refused; allowed is a list'),
    ("network_mode", "HOST", "network_mode: \"HOST\" is refused; allowed is 'VPC' or 'PUBLIC'"),
    ("memory", "yes", 'memory: "yes" is refused; allowed is true or false, without quotes'),
    ("environment", {"lower": "x"}, 'environment.lower: "lower" is refused; allowed is capital letters, digits and \'_\''),
    ("environment", {"N": 1}, "environment.N: 1 is refused; allowed is text (in quotes, where it looks like a number)"),
    ("environment", {"T": "\x1b"}, f'environment.T: "\\u001b" is refused; allowed is a text of 0 to 5000 characters, {TEXT}'),
    ("environment", {"SYSTEM_PROMPT": "x"}, "environment.SYSTEM_PROMPT: is refused; it is set from the declaration itself; leave it out"),
    ("environment", {f"V{n}": "" for n in range(44)}, "environment: 44 variables are refused; allowed is up to 43"),
]  # fmt: skip
"""What is wrong by itself, for the program and for editors."""
CONTRADICTING = [
    ("model_id", "anthropic.claude-v9", f'model_id: "anthropic.claude-v9" is refused; the stack allows {CLAUDE} (agents.trade-matching.models)'),
    ("model_id", CLAUDE[3:], f'model_id: "{CLAUDE[3:]}" is refused; the stack allows {CLAUDE} (agents.trade-matching.models)'),
    ("image_digest", DIGEST, 'network_mode: "VPC" is refused; the stack has no network; write trade-matching-system:network in its file, or PUBLIC here'),
    ("name", "matching", 'name: "matching" is refused; allowed is trade-matching, the name of its folder'),
    ("execution_role_arn", "arn:aws:iam::${account}:role/admin", f'execution_role_arn: "arn:aws:iam::${{account}}:role/admin" is refused; allowed is {ROLE}, the role that the stack makes for it (agents.trade-matching.roleName)'),
    ("timeout", 301, "timeout: 301 is refused; allowed is up to 300, after which a message shows up again (queues.matching.visibilityTimeoutSeconds)"),
    ("memory", True, "memory: true is refused; the stack names no memory for it (agents.trade-matching.memoryId)"),
    ("environment", {"T": "${tables.bank-trade}"}, f'environment.T: "${{tables.bank-trade}}" is refused; ${{tables.bank-trade}} is not a known key (did you mean tables.bank-trades?); allowed here: {TABLES}'),
]  # fmt: skip
"""What is wrong in this stack only, which no editor knows."""
UNREADABLE = [
    ("", "is empty; write the agent's keys (docs/agents.md)"),
    ("# later\n", "is empty; write the agent's keys (docs/agents.md)"),
    ("- a", '["a"] is refused; allowed is a mapping of keys (docs/agents.md)'),
    ("later", '"later" is refused; allowed is a mapping of keys (docs/agents.md)'),
    (
        "name: [",
        "is not YAML: while parsing a flow node expected the node content, but found '<stream end>' in \"<unicode string>\", line 1, column 8: name: [ ^",
    ),
    ("a: 1\nb: 2\na: 3", "a: is written twice, in lines 1 and 3; keep one of them"),
    ("{a: 1, a: 1}", "a: is written twice, in lines 1 and 1; keep one of them"),
    ("environment:\n  A: x\n  A: y", "environment.A: is written twice, in lines 2 and 3; keep one of them"),
    ("tools: [{b: 1, b: 2}]", "tools[0].b: is written twice, in lines 1 and 1; keep one of them"),
    ("&a [*a]", "line 1: *a is refused; write the value itself there"),
    ("a: &a x\nb: *a", "line 2: *a is refused; write the value itself there"),
    ("[" * 3000, "line 1: is refused; allowed are up to 20 levels"),
    ("{a: " * 3000, "line 1: is refused; allowed are up to 20 levels"),
    ("tools: 2026-99-99", "is refused; a date or a number in it is none, write it in quotes"),
    (
        "a: 1\n--- \nb: 1",
        'is not YAML: expected a single document in the stream in "<unicode string>", line 1, column 1: a: 1 ^ but found another document in "<unicode string>", line 2, column 1: --- ^',
    ),
]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "deployment", tmp_path / "deployment")
    return tmp_path


def refusal(project: Path) -> list[str]:
    with pytest.raises(SettingsError) as raised:
        assemble(stack_config("production"), STACK, project)
    return raised.value.lines


def wrong(project: Path, key: str, value: object) -> dict[str, Any]:
    content = yaml.safe_load((project / FILE).read_text())
    content[key] = value
    if value is ...:
        del content[key]
    (project / FILE).write_text(yaml.safe_dump(content))
    return content


@pytest.mark.parametrize(
    ("key", "value", "message"), [*WRONG, *CONTRADICTING], ids=lambda part: str(part)[:30]
)
def test_a_wrong_declaration_is_one_line(project: Path, key: str, value: object, message: str) -> None:
    wrong(project, key, value)
    assert refusal(project) == [f"{FILE}: {message}"]


@pytest.mark.parametrize(("text", "message"), UNREADABLE, ids=lambda part: str(part)[:30])
def test_a_file_that_is_no_declaration_is_one_line(project: Path, text: str, message: str) -> None:
    (project / FILE).write_text(text)
    assert refusal(project) == [f"{FILE}: {message}"]


def test_a_key_that_is_no_text_is_one_line(project: Path) -> None:
    with (project / FILE).open("a") as file:
        file.write("5: x\n")
    text = "text as a key (in quotes, where it looks like something else)"
    assert refusal(project) == [f"{FILE}: 5 is refused; allowed is {text}"]


@pytest.mark.parametrize(("key", "value", "message"), WRONG, ids=lambda part: str(part)[:30])
def test_editors_refuse_what_the_program_refuses(
    project: Path, key: str, value: object, message: str
) -> None:
    refused = list(EDITOR.iter_errors(wrong(project, key, value)))
    assert refused, message


@pytest.mark.parametrize(("key", "value", "message"), CONTRADICTING, ids=lambda part: str(part)[:30])
def test_editors_leave_to_the_program_what_the_stack_decides(
    project: Path, key: str, value: object, message: str
) -> None:
    assert not list(EDITOR.iter_errors(wrong(project, key, value))), message


@pytest.mark.parametrize(
    "file", sorted((ROOT / "deployment").glob("*/agentcore.yaml")), ids=lambda file: file.parent.name
)
def test_editors_accept_the_declarations_that_are_there(file: Path) -> None:
    assert not list(EDITOR.iter_errors(yaml.safe_load(file.read_text())))


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


def test_what_is_no_file_is_refused_by_its_name(project: Path) -> None:
    file = project / FILE
    file.unlink()
    file.mkdir()
    looped = project / "deployment/orchestrator/agentcore.yaml"
    looped.unlink()
    looped.symlink_to(looped.name)
    with pytest.raises(SettingsError) as raised:
        assemble(stack_config("production"), "Pulumi.production.yaml", project)
    allowed = "it must be a file that you may read"
    assert sorted(raised.value.lines) == [
        f"deployment/orchestrator/agentcore.yaml: cannot be read (Too many levels of symbolic links); {allowed}",
        f"{FILE}: cannot be read (Is a directory); {allowed}",
    ]


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
