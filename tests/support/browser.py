"""A real browser, Debian's Chromium, for pages that people look at."""

import os
import shutil
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

Theme = Literal["light", "dark"]
View = Callable[[Path, Theme, int], Page]
"""Opens a file in a theme and a window of some width."""

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


@contextmanager
def viewing(browser: Browser) -> Generator[View]:
    """Give what opens pages from files; nothing may go wrong in one, and nothing may leave it."""
    contexts = []
    wrong: list[str] = []

    def view(file: Path, theme: Theme, width: int) -> Page:
        context = browser.new_context(color_scheme=theme, viewport={"width": width, "height": 900})
        contexts.append(context)
        page, address = context.new_page(), file.as_uri()
        page.on("console", lambda said: wrong.append(f"console: {said.text}"))
        page.on("pageerror", lambda error: wrong.append(f"error: {error}"))
        page.on(
            "request", lambda asked: None if asked.url in (address, "data:,") else wrong.append(asked.url)
        )
        page.goto(address)
        return page

    yield view
    for context in contexts:
        context.close()
    assert wrong == []
