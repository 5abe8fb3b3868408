"""A stand-in for `./pulumiw` that gives what the real engine was recorded to give."""

import shlex
from dataclasses import dataclass
from pathlib import Path

from tests.support.recorded import RECORDED


@dataclass(frozen=True)
class FakeEngine:
    """Plays a recording, and remembers the command line that it was given.

    Attributes:
        folder: Where its `pulumiw` is.
    """

    folder: Path

    def plays(self, recording: str = "", *, stderr: str = "", code: int = 1, stdout: str = "") -> None:
        """Set what the next commands give."""
        played = (RECORDED / recording).read_text() if recording else stdout
        (self.folder / "stdout").write_text(played)
        (self.folder / "stderr").write_text(stderr)
        here = shlex.quote(str(self.folder))
        script = self.folder / "pulumiw"
        script.write_text(
            f'#!/bin/sh\nprintf "%s\\n" "$@" > {here}/arguments\n'
            f"cat {here}/stdout; cat {here}/stderr >&2; exit {code}\n"
        )
        script.chmod(0o755)

    @property
    def arguments(self) -> list[str]:
        """The last command line."""
        return (self.folder / "arguments").read_text().splitlines()
