"""What a change of grants, settings or code gives and takes, against a commit."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.commands import tms
from tests.support.project import Project
from toolkit.errors import CommandError
from toolkit.permissions import source

GRANTS, MATRIX, STACK = "components/grants.py", "components/matrix.py", "Pulumi.local.yaml"
SCAN = """Need("table", "bank-trades", ("dynamodb:Scan", *LOOK_UP), "compares the bank's trades")"""


@pytest.fixture(scope="module")
def copied(tmp_path_factory: pytest.TempPathFactory) -> Project:
    return Project(tmp_path_factory.mktemp("copied") / "project")


@pytest.fixture
def project(copied: Project, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Project]:
    """Give a copy that the command line works in, and whose temporary files can be looked at."""
    before = copied.git("rev-parse", "HEAD").strip()
    monkeypatch.setattr("toolkit.cli.permissions.ROOT", copied.folder)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    yield copied
    assert list(tmp_path.iterdir()) == []
    assert copied.git("worktree", "list").count("\n") == 1
    copied.restore(before)


Said = pytest.CaptureFixture[str]


def lines(monkeypatch: pytest.MonkeyPatch, capsys: Said, *arguments: str, code: int = 0) -> list[str]:
    assert tms(monkeypatch, "permissions", "--diff", *arguments) == code
    told = capsys.readouterr()
    assert told.err == ""
    return told.out.splitlines()


@pytest.mark.usefixtures("project")
def test_a_commit_does_not_differ_from_itself(monkeypatch: pytest.MonkeyPatch, capsys: Said) -> None:
    assert lines(monkeypatch, capsys, "HEAD", "--exit-code") == ["no difference"]


def test_an_action_more_and_an_action_less_are_a_line_each(
    project: Project, monkeypatch: pytest.MonkeyPatch, capsys: Said
) -> None:
    project.edit(GRANTS, SCAN, SCAN.replace('("dynamodb:Scan", *', '("dynamodb:DeleteItem", *'))
    expected = [
        "+ trade-matching: dynamodb:DeleteItem on BankTradeData (compares the bank's trades)",
        "- trade-matching: dynamodb:Scan on BankTradeData (compares the bank's trades)",
    ]
    assert lines(monkeypatch, capsys, "HEAD") == expected
    assert lines(monkeypatch, capsys, "main", "--exit-code", code=1) == expected


def test_as_json_a_change_has_its_arns(
    project: Project, monkeypatch: pytest.MonkeyPatch, capsys: Said
) -> None:
    project.edit(
        GRANTS, SCAN, SCAN.replace('("dynamodb:Scan", *', '("dynamodb:Scan", "dynamodb:DeleteItem", *')
    )
    found = json.loads("\n".join(lines(monkeypatch, capsys, "HEAD", "--json")))
    assert (found["against"], found["removed"]) == (project.git("rev-parse", "HEAD").strip(), [])
    (added,) = found["added"]
    assert (added["agent"], added["action"]) == ("trade-matching", "dynamodb:DeleteItem")
    assert added["resources"] == ["arn:aws:dynamodb:us-east-1:123456789012:table/BankTradeData"]


def test_a_reason_in_other_words_is_no_difference(
    project: Project, monkeypatch: pytest.MonkeyPatch, capsys: Said
) -> None:
    project.edit(GRANTS, "compares the bank's trades", "looks at the bank's trades")
    assert lines(monkeypatch, capsys, "HEAD") == ["no difference"]


def test_another_prefix_is_also_listed(
    project: Project, monkeypatch: pytest.MonkeyPatch, capsys: Said
) -> None:
    project.edit(GRANTS, f"{SCAN},", f'{SCAN},\n        Need("prefix", "bank", READ, "reads along"),')
    bucket = "trade-matching-system-agentcore-production"
    reason = "lists its own prefixes; without it a missing object reads as forbidden"
    assert lines(monkeypatch, capsys, "HEAD") == [
        f"+ trade-matching: s3:GetObject on {bucket}/BANK/ (reads along)",
        f"+ trade-matching: s3:ListBucket on {bucket} where s3:prefix StringLike BANK/* ({reason})",
    ]


def test_a_setting_that_names_another_thing_counts(
    project: Project, monkeypatch: pytest.MonkeyPatch, capsys: Said
) -> None:
    project.edit("Pulumi.production.yaml", "name: ExceptionsTable", "name: ExceptionsTable2")
    found = lines(monkeypatch, capsys, "HEAD")
    assert {one[:26] for one in found} == {"+ exception-management: dy", "- exception-management: dy"}
    assert (
        sum("on ExceptionsTable2 (" in one for one in found)
        == sum("on ExceptionsTable (" in one for one in found)
        == 6
    )


def test_code_that_makes_more_of_the_same_grants_counts_and_is_told_by_arns(
    project: Project, monkeypatch: pytest.MonkeyPatch, capsys: Said
) -> None:
    project.edit(MATRIX, "(naming.objects(bucket, path),)", "(naming.objects(bucket),)")
    found = lines(monkeypatch, capsys, "HEAD")
    whole = "arn:aws:s3:::trade-matching-system-agentcore-production/*"
    assert f"+ trade-matching: s3:PutObject on {whole} (writes matching reports)" in found
    assert f"- trade-matching: s3:PutObject on {whole[:-1]}reports/* (writes matching reports)" in found


def test_a_commit_is_computed_by_its_own_code(
    project: Project, monkeypatch: pytest.MonkeyPatch, capsys: Said
) -> None:
    project.edit(MATRIX, "(naming.objects(bucket, path),)", "(naming.objects(bucket),)")
    wider = project.commit()
    project.edit(MATRIX, "(naming.objects(bucket),)", "(naming.objects(bucket, path),)")
    assert any("production/* (" in one for one in lines(monkeypatch, capsys, wider) if one.startswith("-"))


def test_without_diff_the_whole_matrix_is_printed(
    project: Project, monkeypatch: pytest.MonkeyPatch, capsys: Said
) -> None:
    assert tms(monkeypatch, "permissions") == 0
    text = capsys.readouterr().out
    assert "\ntrade-matching\n  dynamodb:Scan, dynamodb:GetItem, " in text
    assert tms(monkeypatch, "permissions", "--json") == 0
    cells = source.read(capsys.readouterr().out)
    assert cells == source.of_folder(project.folder, "local")


def refused(monkeypatch: pytest.MonkeyPatch, capsys: Said, *arguments: str) -> str:
    assert tms(monkeypatch, "permissions", *arguments) == 2
    told = capsys.readouterr()
    assert (told.out, told.err.count("\n")) == ("", 1)
    return told.err


@pytest.mark.usefixtures("project")
@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--diff", "no-such"), "tms: --diff no-such: git knows no such commit; give a branch"),
        (("--diff", "--all"), "tms: --diff --all: git knows no such commit; give a branch"),
        (("--exit-code",), "tms: --exit-code goes with --diff only"),
        (
            ("--stack", "nowhere"),
            "tms: Pulumi.nowhere.yaml: there is no such file; stacks here: local, production",
        ),
    ],
)
def test_a_wrong_argument_is_one_line(
    monkeypatch: pytest.MonkeyPatch, capsys: Said, arguments: tuple[str, ...], said: str
) -> None:
    assert refused(monkeypatch, capsys, *arguments).startswith(said)


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        (STACK, "config:", "confik:", "Pulumi.local.yaml: config: is missing"),
        (
            GRANTS,
            "GRANTS: dict",
            "raise ValueError('no')\nGRANTS: dict",
            "its code fails: ValueError: no; mend that",
        ),
        (MATRIX, "asdict(cell)", "cell.agent", "its matrix has another form than today's"),
    ],
)
def test_a_commit_that_cannot_be_computed_is_one_line(
    project: Project, monkeypatch: pytest.MonkeyPatch, capsys: Said, file: str, old: str, new: str, said: str
) -> None:
    before = project.git("rev-parse", "HEAD").strip()
    project.edit(file, old, new)
    broken = project.commit()
    project.restore(before)
    assert refused(monkeypatch, capsys, "--diff", broken).startswith(f"tms: --diff {broken}: {said}")


def test_a_commit_from_before_the_matrix_is_one_line(
    project: Project, monkeypatch: pytest.MonkeyPatch, capsys: Said
) -> None:
    before = project.git("rev-parse", "HEAD").strip()
    project.git("rm", "--quiet", MATRIX)
    older = project.commit()
    project.restore(before)
    said = refused(monkeypatch, capsys, "--diff", older)
    assert f"it has no {MATRIX}, so it is older than the matrix" in said


def test_outside_of_a_repository_and_without_git_it_is_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(CommandError, match=r"^git says: not a git repository .*; run this in a clone$"):
        source.of_commit("HEAD", "local", tmp_path)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(CommandError, match=r"^git is not on PATH; install it$"):
        source.of_commit("HEAD", "local", tmp_path)
