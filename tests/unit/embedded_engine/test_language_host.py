import sys
from pathlib import Path

import pulumi
import pytest

from embedded.engine.language_host import run_program


def write(folder: Path, **files: str) -> Path:
    for name, content in files.items():
        (folder / f"{name}.py").write_text(content)
    return folder


@pytest.fixture(autouse=True)
def here(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "argv", ["test"])


def test_a_program_runs_as_main_in_its_own_folder(tmp_path: Path) -> None:
    program = "import os, pathlib\npathlib.Path('seen').write_text(__name__ + ' ' + os.getcwd())"
    run_program(write(tmp_path, __main__=program), ".")
    assert (tmp_path / "seen").read_text() == f"__main__ {tmp_path}"


def test_a_second_run_imports_the_programs_modules_afresh(tmp_path: Path) -> None:
    write(
        tmp_path,
        state_of_program="seen = []",
        __main__="import state_of_program as s; s.seen.append(1); assert s.seen == [1]",
    )
    run_program(tmp_path, ".")
    run_program(tmp_path, ".")


def test_an_error_shows_the_programs_own_frames_only(tmp_path: Path) -> None:
    with pytest.raises(pulumi.RunError) as raised:
        run_program(write(tmp_path, __main__="def f():\n    1 / 0\nf()"), ".")
    message = str(raised.value)
    assert "ZeroDivisionError" in message
    assert "language_host.py" not in message
    assert "runpy" not in message


def test_a_run_error_passes_as_it_is(tmp_path: Path) -> None:
    with pytest.raises(pulumi.RunError, match=r"^one line$"):
        run_program(write(tmp_path, __main__="import pulumi\nraise pulumi.RunError('one line')"), ".")


@pytest.mark.parametrize(("code", "fails"), [("0", False), ("None", False), ("3", True), ("'why'", True)])
def test_an_exit_code_decides(tmp_path: Path, code: str, fails: bool) -> None:
    program = write(tmp_path, __main__=f"import sys\nsys.exit({code})")
    if fails:
        with pytest.raises(pulumi.RunError, match=r"ended with sys\.exit"):
            run_program(program, ".")
    else:
        run_program(program, ".")


def test_a_folder_without_a_program_is_named(tmp_path: Path) -> None:
    with pytest.raises(pulumi.RunError, match=r"__main__\.py does not exist"):
        run_program(tmp_path, ".")
