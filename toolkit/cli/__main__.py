"""`python -m toolkit.cli`: the command line, or one line that says why this checkout cannot be loaded."""

import sys
import traceback

from toolkit.cli import output


def main() -> int:
    """Run one command and return its exit code."""
    try:
        from toolkit.cli import app  # noqa: PLC0415 - what it imports is edited by users: components/grants.py
    except Exception as error:  # noqa: BLE001 - whatever a module raises while it is loaded
        output.begin()
        return output.end(
            2, [f"{_position(error)}: {_description(error)}; mend that, then run this again"], sys.argv[1:]
        )
    return app.main()


def _position(error: Exception) -> str:
    if isinstance(error, SyntaxError):
        return f"{error.filename}:{error.lineno}"
    last = traceback.extract_tb(error.__traceback__)[-1]
    return f"{last.filename}:{last.lineno}"


def _description(error: Exception) -> str:
    message = error.msg if isinstance(error, SyntaxError) else " ".join(str(error).split())
    return f"{type(error).__name__}: {message}"


if __name__ == "__main__":
    sys.exit(main())
