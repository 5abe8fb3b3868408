import hashlib
from pathlib import Path

import pytest

from embedded.aws import stacks
from embedded.aws.stacks import Request, project_file, read, selected_stack, shadow

HERE = Path.cwd()


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("preview", Request("preview", HERE, None, config_file=False)),
        ("preview --stack dev", Request("preview", HERE, "dev", config_file=False)),
        ("up -s dev --yes", Request("up", HERE, "dev", config_file=False)),
        ("--stack=dev up", Request("up", HERE, "dev", config_file=False)),
        ("-C /srv up", Request("up", Path("/srv"), None, config_file=False)),
        ("--cwd=/srv -v 9 --color never preview", Request("preview", Path("/srv"), None, config_file=False)),
        ("preview --config-file x.yaml", Request("preview", HERE, None, config_file=True)),
        ("preview --config-file=x.yaml", Request("preview", HERE, None, config_file=True)),
        ("config set a b", Request("config", HERE, None, config_file=False)),
        ("", Request(None, HERE, None, config_file=False)),
        ("up --", Request("up", HERE, None, config_file=False)),
    ],
)
def test_a_command_line_is_read_as_the_engine_reads_it(line: str, expected: Request) -> None:
    assert read(line.split()) == expected


def test_the_project_is_found_upwards(tmp_path: Path) -> None:
    (tmp_path / "Pulumi.yaml").write_text("name: x\n")
    inner = tmp_path / "a" / "b"
    inner.mkdir(parents=True)
    assert project_file(inner) == tmp_path / "Pulumi.yaml"
    assert project_file(Path("/")) is None


def test_a_stack_file_is_copied_without_its_secrets_provider_and_never_written(tmp_path: Path) -> None:
    original = tmp_path / "Pulumi.production.yaml"
    text = 'secretsprovider: awskms://alias/state\nencryptedkey: abc\nconfig:\n  # why\n  a:b: "012"\n'
    original.write_text(text)
    copy = shadow(tmp_path / "aws", "demo", "production", original)
    assert copy.read_text() == 'config:\n  # why\n  a:b: "012"\n'
    assert original.read_text() == text


def test_the_copy_keeps_its_own_salt_and_follows_the_original(tmp_path: Path) -> None:
    original = tmp_path / "Pulumi.dev.yaml"
    original.write_text("config:\n  a:b: 1\n")
    copy = shadow(tmp_path / "aws", "demo", "dev", original)
    copy.write_text(copy.read_text() + "encryptionsalt: v1:embedded\n")
    original.write_text("config:\n  a:b: 2\nencryptionsalt: v1:other\n")
    assert shadow(tmp_path / "aws", "demo", "dev", original) == copy
    assert copy.read_text() == "config:\n  a:b: 2\nencryptionsalt: v1:embedded\n"


def test_a_selected_stack_is_known_for_its_own_project_only(tmp_path: Path) -> None:
    project = Path("/x/Pulumi.yaml")
    environment = {"PULUMI_HOME": str(tmp_path), "PULUMI_BACKEND_URL": "file:///embedded"}
    assert selected_stack(environment, "demo", project) is None
    digest = hashlib.sha1(b"/x/Pulumi.yaml", usedforsecurity=False).hexdigest()
    (tmp_path / "workspaces").mkdir()
    choices = tmp_path / "workspaces" / f"demo-{digest}-workspace.json"
    choices.write_text('{"stacks": {"file:///embedded": "organization/demo/dev"}}')
    assert selected_stack(environment, "demo", project) == "dev"
    assert selected_stack(environment, "demo", Path("/y/Pulumi.yaml")) is None
    assert selected_stack({**environment, "PULUMI_BACKEND_URL": "s3://x"}, "demo", project) is None


def test_a_stack_is_known_by_a_file_of_its_own_or_by_the_one_that_is_given(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    created: list[str] = []

    def create(_engine: str, _copy: Path, _name: str, stack: str, _environment: dict[str, str]) -> None:
        created.append(stack)

    monkeypatch.setattr(stacks, "create", create)
    (tmp_path / "Pulumi.yaml").write_text("name: demo\nruntime: python\n")
    (tmp_path / "Pulumi.production.yaml").write_text("config: {}\n")
    environment = {"PULUMI_HOME": str(tmp_path), "PULUMI_BACKEND_URL": "file://x"}

    def settle(*arguments: str) -> dict[str, str]:
        return stacks.ready(
            "pulumi", tmp_path / "home", environment, ["-C", str(tmp_path), "preview", *arguments]
        )

    assert settle("--stack", "misspelt") == environment
    assert created == []
    assert settle("--stack", "local", "--config-file", "other.yaml")["PULUMI_STACK"] == "local"
    assert settle("--stack", "production")["PULUMI_OPTION_CONFIG_FILE"].endswith("Pulumi.production.yaml")
    assert created == ["local", "production"]
