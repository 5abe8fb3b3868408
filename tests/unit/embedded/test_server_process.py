from pathlib import Path

import pytest

from embedded.aws.server_process import engine_environment, running_server, set_state_aside


def test_an_embedded_run_carries_nothing_of_the_callers_identity(tmp_path: Path) -> None:
    inherited = {
        "PATH": "/bin",
        "AWS_PROFILE": "bank-admin",
        "AWS_SESSION_TOKEN": "t",
        "AWS_ENDPOINT_URL_S3": "http://example.com",
        "PULUMI_ACCESS_TOKEN": "t",
        "PULUMI_BACKEND_URL": "s3://bank-state",
        "PULUMI_CONFIG_PASSPHRASE_FILE": "/secret",
    }
    environment = engine_environment(tmp_path, 4321, inherited)
    assert environment["AWS_ENDPOINT_URL"] == "http://127.0.0.1:4321"
    assert environment["PULUMI_BACKEND_URL"] == f"file://{tmp_path}/state"
    assert environment["PATH"].endswith(":/bin")
    foreign = ("AWS_PROFILE", "AWS_SESSION_TOKEN", "AWS_ENDPOINT_URL_S3", "PULUMI_ACCESS_TOKEN")
    assert not set(foreign) & set(environment)
    assert "PULUMI_CONFIG_PASSPHRASE_FILE" not in environment


@pytest.mark.parametrize("content", [None, "{", "{}", '{"pid": 1}', '{"pid": 999999999, "port": 1}'])
def test_a_record_of_a_server_that_is_gone_is_no_server(tmp_path: Path, content: str | None) -> None:
    if content is not None:
        (tmp_path / "server.json").write_text(content)
    assert running_server(tmp_path) is None


def test_the_state_of_a_server_that_is_gone_is_kept_aside(tmp_path: Path) -> None:
    stacks = tmp_path / "state" / ".pulumi" / "stacks" / "demo"
    stacks.mkdir(parents=True)
    set_state_aside(tmp_path)
    assert stacks.exists(), "there was nothing to set aside"
    (stacks / "dev.json").write_text("state")
    set_state_aside(tmp_path)
    assert not stacks.exists()
    aside = list((tmp_path / "set-aside").glob("*/.pulumi/stacks/demo/dev.json"))
    assert [path.read_text() for path in aside] == ["state"]
