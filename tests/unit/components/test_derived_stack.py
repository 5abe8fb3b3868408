"""A stack that is based on another one: what is in force, which file is named, and what is refused."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml

from components.settings import SettingsError, read
from components.settings.derived import derived
from components.settings.stackfile import config_of
from tests.support.stackfile import ACCOUNT, PROJECT, ROOT, stack_config
from toolkit.adopt.setting_of_property import Written, based_on

LOCAL = "Pulumi.local.yaml"
PRODUCTION = "Pulumi.production.yaml"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Return a folder with this project's stack files and declarations."""
    shutil.copytree(ROOT / "deployment", tmp_path / "deployment")
    for file in (LOCAL, PRODUCTION):
        shutil.copy(ROOT / file, tmp_path)
    return tmp_path


def differing(project: Path, **sections: object) -> dict[str, Any]:
    """Write sections into the local stack's file, and return its config."""
    file = project / LOCAL
    content = yaml.safe_load(file.read_text())
    content["config"] |= {f"{PROJECT}:{name}": value for name, value in sections.items()}
    file.write_text(yaml.safe_dump(content))
    return content["config"]


def refusal(project: Path) -> list[str]:
    with pytest.raises(SettingsError) as refused:
        read("local", project)
    return refused.value.lines


def test_local_is_production_but_for_its_account_and_its_environment() -> None:
    production = stack_config("production")
    environment = {**production[f"{PROJECT}:tags"], "Environment": "local"}
    assert stack_config("local") == {**production, f"{PROJECT}:tags": environment}
    written = yaml.safe_load((ROOT / LOCAL).read_text())["config"]
    assert set(written) == {
        "aws:region",
        "aws:allowedAccountIds",
        f"{PROJECT}:basedOn",
        f"{PROJECT}:tags",
    }
    assert written["aws:allowedAccountIds"] == [ACCOUNT]


def test_mappings_are_laid_over_each_other_and_anything_else_is_replaced(project: Path) -> None:
    queues = {"ops-desk": {"visibilityTimeoutSeconds": 60}, "orchestrator-monitoring": {"topics": ["other"]}}
    differing(project, queues=queues, cost={"services": None})
    settings, base = read("local", project), read("production", project, ACCOUNT)
    assert settings.queues["ops-desk"].visibility_timeout_seconds == 60
    assert settings.queues["ops-desk"].name == base.queues["ops-desk"].name
    assert settings.queues["orchestrator-monitoring"].topics == ["other"]
    assert list(settings.queues) == list(base.queues)
    assert settings.cost
    assert settings.cost.services == {}
    assert settings.cost.monthly_dollars == 1000


def test_what_the_engine_hands_on_as_texts_and_defaults_is_the_same(project: Path) -> None:
    config = differing(project, agents={"orchestrator": {"imageDigest": f"sha256:{'0' * 64}"}})
    texts = {key: value if isinstance(value, str) else json.dumps(value) for key, value in config.items()}
    defaults = {
        f"{PROJECT}:{name}": str(section["default"]) if section["default"] == "" else "{}"
        for name, section in yaml.safe_load((ROOT / "Pulumi.yaml").read_text())["config"].items()
    }
    assert derived({**defaults, **texts}, LOCAL, project).values == config_of("local", project).values


def test_every_section_may_be_left_out_of_a_stack_file() -> None:
    """The engine refuses a file that lacks a key without a default."""
    sections = yaml.safe_load((ROOT / "Pulumi.yaml").read_text())["config"]
    assert all(section["default"] in ({}, "") for section in sections.values())


def test_settings_of_the_provider_are_not_taken_over(project: Path) -> None:
    content = yaml.safe_load((project / LOCAL).read_text())
    del content["config"]["aws:region"]
    (project / LOCAL).write_text(yaml.safe_dump(content))
    (line,) = refusal(project)
    assert line == f"{LOCAL}: aws:region: null is refused; write a region, e.g. us-east-1"


def test_a_refusal_names_the_file_that_the_value_is_written_in(project: Path) -> None:
    text = (project / PRODUCTION).read_text()
    (project / PRODUCTION).write_text(text.replace("glacierAfterDays: 90}", "glacierAfterDays: 0}", 1))
    differing(project, tables={"exceptions": {"recoveryPeriodDays": 36}})
    assert refusal(project) == [
        f"{LOCAL}: {PROJECT}:tables.exceptions.recoveryPeriodDays: 36 is refused; allowed is 1 to 35 days",
        f"{PRODUCTION}: {PROJECT}:documents.prefixes.bank.glacierAfterDays: 0 is refused; allowed is 1 to 36500 days",
    ]


@pytest.mark.parametrize(
    ("base", "line"),
    [
        ("prod", '"prod" is refused; allowed is another stack of this project: production'),
        ("local", '"local" is refused; allowed is another stack of this project: production'),
        (7, "7 is refused; allowed is another stack of this project: production"),
    ],
)
def test_a_base_that_is_none_is_one_line(project: Path, base: object, line: str) -> None:
    differing(project, basedOn=base)
    assert refusal(project) == [f"{LOCAL}: {PROJECT}:basedOn: {line}"]


def test_a_base_has_no_base_and_nothing_encrypted(project: Path) -> None:
    text = (project / PRODUCTION).read_text()
    (project / PRODUCTION).write_text(f"{text}\n  {PROJECT}:basedOn: local\n")
    assert refusal(project) == [
        f'{LOCAL}: {PROJECT}:basedOn: "production" is refused; it is based on another stack itself, name that one'
    ]
    (project / PRODUCTION).write_text(f"{text}\n  {PROJECT}:permissionsBoundaryArn: {{secure: v1}}\n")
    assert refusal(project) == [
        f"{PRODUCTION}: {PROJECT}:permissionsBoundaryArn: is encrypted; only the program itself can read it"
    ]


def test_adoption_sees_the_same_settings_as_the_program(project: Path) -> None:
    over = {"cost": {"services": None}, "tags": {"Owner": "desk"}, "agents": {"orchestrator": {"models": []}}}
    config = differing(project, **over)
    base = yaml.safe_load((project / PRODUCTION).read_text())["config"]
    assert based_on(base, config, PROJECT) == config_of("local", project).values


@pytest.mark.parametrize(
    ("setting", "file"),
    [
        (("tables", "exceptions", "name"), PRODUCTION),
        (("tags", "Project"), PRODUCTION),
        (("tags", "Environment"), LOCAL),
        (("queues", "matching", "topics", 0), LOCAL),
    ],
)
def test_adoption_names_the_file_in_which_a_setting_is_written(
    project: Path, setting: tuple[str | int, ...], file: str
) -> None:
    config = differing(project, queues={"matching": {"topics": ["other"]}})
    written = Written(LOCAL, config_of("local", project).values, base=PRODUCTION, differing=config)
    section, *inside = setting
    assert written.file_of((f"{PROJECT}:{section}", *inside)) == file


@pytest.mark.parametrize(("file", "first"), [(LOCAL, 11), (PRODUCTION, None)])
def test_a_key_that_stands_twice_is_refused_with_both_lines(
    project: Path, file: str, first: int | None
) -> None:
    key = f"{PROJECT}:permissionsBoundaryArn"
    text = (project / file).read_text().rstrip("\n")
    line = first or text.count("\n") + 2
    arns = [f"arn:aws:iam::{ACCOUNT}:policy/{name}" for name in ("one", "two")]
    (project / file).write_text(f"{text}\n  {key}: {arns[0]}\n  {key}: {arns[1]}\n")
    assert refusal(project) == [
        f"{file}: config.{key}: is written twice, in lines {line} and {line + 1}; keep one of them"
    ]


def test_an_alias_in_a_stack_file_is_what_it_stands_for(project: Path) -> None:
    (project / "Pulumi.x.yaml").write_text("config:\n  a: &a {k: [1]}\n  b: *a\n")
    assert config_of("x", project).values == {"a": {"k": [1]}, "b": {"k": [1]}}


def test_what_a_stack_takes_from_its_base_is_in_the_order_in_which_the_engine_hands_it_over(
    project: Path,
) -> None:
    config = {f"{PROJECT}:basedOn": "production", f"{PROJECT}:tags": '{"Environment": "local"}'}
    whole = derived(config, LOCAL, project, by_engine=True).values
    written_out = {key: value for key, value in stack_config("production").items() if key.startswith(PROJECT)}
    by_key = json.loads(json.dumps(written_out, sort_keys=True))
    by_key[f"{PROJECT}:tags"] |= {"Environment": "local"}
    assert json.dumps({key: whole[key] for key in sorted(whole)}) == json.dumps(by_key)
