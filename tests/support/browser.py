"""A real browser, Debian's Chromium, for pages that people look at."""

import os
import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright

_NAMES = ("chromium", "chromium-browser", "google-chrome")
_NONE = f"none of {', '.join(_NAMES)} is on PATH: apt-get install chromium"
# Nothing of its own goes over the network, and it runs in containers
_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def _executable() -> str:
    """Give the browser's path; without one there is nothing to test, which CI must not overlook."""
    found = next(filter(None, map(shutil.which, _NAMES)), None)
    if found:
        return found
    if os.environ.get("CI"):
        pytest.fail(_NONE)
    pytest.skip(_NONE)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Give one for all tests of a module."""
    executable = _executable()
    with sync_playwright() as driver:
        running = driver.chromium.launch(executable_path=executable, args=_ARGUMENTS)
        yield running
        running.close()
