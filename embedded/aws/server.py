"""The embedded AWS as a process: a moto server on loopback that announces itself in a record file.

    python -m embedded.aws.server --record PATH --log PATH [--port N]

The record `{"pid", "port", "started"}` is written when the server answers, and removed when it ends. The
server ends on SIGTERM, and by itself when its record is gone or names another process, so that deleting the
folder that holds the record leaves no orphan.
"""

import argparse
import json
import logging
import os
import signal
import threading
import urllib.request
from datetime import UTC, datetime
from http import HTTPStatus
from pathlib import Path
from typing import Any

_WATCH_SECONDS = 1.0
_READY_URL = "http://127.0.0.1:{port}/moto-api/"


def _serve(port: int, record: Path) -> None:
    """Serve until told to end."""
    from moto.moto_server.werkzeug_app import DomainDispatcherApplication
    from werkzeug.serving import make_server

    from embedded.aws import moto_patches

    moto_patches.apply()
    server = make_server("127.0.0.1", port, DomainDispatcherApplication(_backend), threaded=True)
    ended = threading.Event()

    def end(_number: int, _frame: object) -> None:
        ended.set()

    signal.signal(signal.SIGTERM, end)
    signal.signal(signal.SIGINT, end)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    _announce(server.server_port, record)
    while not ended.wait(_WATCH_SECONDS) and _is_ours(record):
        pass
    server.shutdown()
    if _is_ours(record):
        record.unlink(missing_ok=True)


def _backend(service: str) -> Any:  # noqa: ANN401 - a Flask application
    """Return a service that answers 501 to missing operations: clients would retry moto's own 500."""
    from moto.moto_server.werkzeug_app import create_backend_app

    from embedded.aws import moto_patches

    moto_patches.apply_to(service)
    application = create_backend_app(service)  # pyright: ignore[reportArgumentType] - moto's list of names
    application.register_error_handler(NotImplementedError, _not_here)
    return application


def _not_here(_error: NotImplementedError) -> tuple[dict[str, str], int, dict[str, str]]:
    body = {"__type": "NotInEmbeddedAws", "message": "the embedded AWS does not have this operation"}
    return body, HTTPStatus.NOT_IMPLEMENTED, {"x-amzn-errortype": body["__type"]}


def _announce(port: int, record: Path) -> None:
    """Write the record once a request is answered, in one step, so that nobody reads half of it."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with opener.open(_READY_URL.format(port=port), timeout=30) as answer:
        answer.read()
    content = {"pid": os.getpid(), "port": port, "started": datetime.now(UTC).isoformat(timespec="seconds")}
    fresh = record.with_suffix(f".{os.getpid()}")
    fresh.write_text(json.dumps(content) + "\n")
    fresh.replace(record)


def _is_ours(record: Path) -> bool:
    """Return whether the record still names this process."""
    try:
        return bool(json.loads(record.read_text())["pid"] == os.getpid())
    except (OSError, ValueError, KeyError):
        return False


def main() -> None:
    """Read the command line and serve."""
    parser = argparse.ArgumentParser(description="The embedded AWS: moto on loopback.")
    parser.add_argument(
        "--record", type=Path, required=True, help="file that says pid and port while it runs"
    )
    parser.add_argument("--log", type=Path, required=True, help="file for the server's log")
    parser.add_argument("--port", type=int, default=0, help="port to bind on 127.0.0.1; 0 takes a free one")
    arguments = parser.parse_args()
    logging.basicConfig(
        filename=arguments.log, level=logging.INFO, format="%(asctime)s %(levelname)s %(message)s"
    )
    try:
        _serve(arguments.port, arguments.record)
    except Exception:
        logging.getLogger(__name__).exception("the embedded AWS ended")
        raise


if __name__ == "__main__":
    main()
