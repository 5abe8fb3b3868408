"""What is secret stays so on its way from a preview to the comment of its pull request."""

import subprocess
from pathlib import Path

import pytest

from tests.support.cases.case import project
from tests.support.engine import PACK, ROOT, Engine

pytestmark = pytest.mark.engine
_WORDS = ("first-and-secret", "second-and-secret")
_PROGRAM = """
import json
from pathlib import Path
import pulumi
from pulumi_aws import iam, sqs

word = pulumi.Output.secret((Path(__file__).parent / "word").read_text())
sqs.Queue("queue", name="told", tags={"Word": word, "Open": "yes"})
role = iam.Role("role", name="reader", assume_role_policy=json.dumps({
    "Version": "2012-10-17",
    "Statement": [{"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"Service": "ec2.amazonaws.com"}}],
}))
iam.RolePolicy("policy", name="reads", role=role.name, policy=word.apply(lambda text: json.dumps({
    "Version": "2012-10-17",
    "Statement": [{"Effect": "Allow", "Action": "s3:GetObject", "Resource": f"arn:aws:s3:::{text}/*"}],
})))
"""


def test_no_secret_is_in_what_is_said_of_a_change_to_it(engine: Engine, tmp_path: Path) -> None:
    folder = project(tmp_path, "secrets", [])
    (folder / "__main__.py").write_text(_PROGRAM)
    at = ("-C", str(folder), "--stack", "one")
    (folder / "word").write_text(_WORDS[0])
    engine.succeed(*at, "up", "--yes", "--skip-preview")
    (folder / "word").write_text(_WORDS[1])
    streaming = Engine({**engine.environment, "PULUMI_ENABLE_STREAMING_JSON_PREVIEW": "true"})
    shown = streaming.run(*at, "preview", "--json", PACK[0], str(ROOT / PACK[1]))
    events = tmp_path / "events.jsonl"
    events.write_text(shown.stdout)
    outputs = {kind: tmp_path / kind for kind in ("comment", "full", "sarif", "junit")}
    told = subprocess.run(
        [ROOT / "tms", "preview-summary", events, *(f"--{kind}={path}" for kind, path in outputs.items())],
        env=engine.environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert told.returncode == 1, told.stderr  # the pack has much to say of such a program
    said = outputs["full"].read_text()
    assert "`tags.Word`" in said
    assert "`queue` (sqs Queue): `tags.Word`, which is secret" in said
    assert "### Permissions" in said
    for text in (shown.stdout, told.stderr, *(path.read_text() for path in outputs.values())):
        assert not any(word in text for word in _WORDS)
    engine.succeed(*at, "destroy", "--yes", "--skip-preview")
