"""`tms report` about what the real engine previews, opened in a real browser as people open it.

RECORD=1 before pytest takes the pictures of docs/images anew; look at them before you commit them.
"""

import json
import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from components.settings import read
from examples.estate.project import lay_out
from tests.support.adoption_report import example
from tests.support.browser import Theme, browser, viewing
from tests.support.engine import PACK, ROOT, Engine
from tests.support.stackfile import changed, stack_config, stack_file
from toolkit.permissions.source import of_folder
from toolkit.pull_request.summary import summarize
from toolkit.stack_report.context import Sources
from toolkit.stack_report.page import write

__all__ = ["browser"]  # a fixture

pytestmark = pytest.mark.engine
_LIMIT = 2_000_000
Open = Callable[..., Page]


def tms(engine: Engine, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(ROOT / "tms"), "report", "--stack", "local", *arguments],
        cwd=ROOT,
        env=engine.environment,
        check=False,
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
    )


@pytest.fixture(scope="module")
def made(engine: Engine, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the page of the local stack as the command writes it."""
    file = tmp_path_factory.mktemp("overview") / "report.html"
    done = tms(engine, "--output", str(file))
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == str(file)
    return file


@pytest.fixture(scope="module")
def events(engine: Engine, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the event stream of a preview in which a table has no point-in-time recovery."""
    folder = tmp_path_factory.mktemp("events")
    file = stack_file(
        folder, changed(stack_config("local"), "tables.exceptions.pointInTimeRecovery", value=False)
    )
    environment = {**engine.environment, "PULUMI_ENABLE_STREAMING_JSON_PREVIEW": "true"}
    command = [engine.command, "preview", "--stack", "local", "--config-file", file, "--json", *PACK]
    with (folder / "events.jsonl").open("wb") as out:
        subprocess.run(command, cwd=ROOT, env=environment, stdout=out, check=False)
    return folder / "events.jsonl"


@pytest.fixture
def opened(browser: Browser, made: Path) -> Iterator[Open]:
    """Give what opens a page."""
    with viewing(browser) as view:

        def show(file: Path = made, *, theme: Theme = "light", width: int = 1280) -> Page:
            return view(file, theme, width)

        yield show


def entries(page: Page) -> int:
    return page.locator("[data-entry]:not([hidden])").count()


def test_every_resource_is_there_with_its_protection_and_its_place_in_the_console(opened: Open) -> None:
    page = opened()
    table = page.locator("#resources tr[data-entry]", has_text="BankTradeData")
    expect(table.first).to_contain_text("protected")
    expect(table.first).to_contain_text("kept")
    address = table.first.get_by_role("link").get_attribute("href") or ""
    assert address.startswith("https://us-east-1.console.aws.amazon.com/dynamodbv2/")
    assert "BankTradeData" in address
    settings = read("local", ROOT)
    shown = page.locator("#resources").text_content() or ""
    for one in (*settings.tables.values(), *settings.queues.values()):
        assert one.name in shown


def test_the_permissions_are_those_of_the_matrix(opened: Open) -> None:
    page = opened()
    cells = of_folder(ROOT, "local")
    assert page.locator("#permissions thead th").count() == 1 + len({one.agent for one in cells})
    row = page.locator("#permissions tr[data-entry]", has=page.get_by_text("bank-trades", exact=True))
    agents = page.locator("#permissions thead th").all_inner_texts()
    for number, agent in enumerate(agents[1:]):
        mine = [one for one in cells if (one.agent, one.kind, one.target) == (agent, "table", "bank-trades")]
        title = row.locator("td").nth(number).get_attribute("title") or ""
        assert {action for one in mine for action in one.actions} == set(
            filter(None, title.partition(": ")[0].split(", "))
        )


def test_a_filter_is_reached_by_a_key_and_left_by_another(opened: Open) -> None:
    page = opened()
    every = entries(page)
    page.keyboard.press("/")
    expect(page.get_by_role("searchbox")).to_be_focused()
    page.keyboard.type("orchestrator lifecycle")
    expect(page.locator("#matches")).to_contain_text(" match")
    assert 0 < entries(page) < every
    page.keyboard.press("Escape")
    expect(page.locator("#matches")).to_be_empty()
    assert entries(page) == every


def test_the_map_tells_what_one_thing_is_joined_with(opened: Open) -> None:
    page = opened()
    page.locator("[data-node='pdf-adapter']").focus()
    own = page.locator(".way.own").evaluate_all("all => all.map(one => one.dataset.of)")
    assert own
    assert all("pdf-adapter" in one.split() for one in own)
    assert page.locator(".way:not(.own)").count()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_both_themes_are_there_and_the_button_changes_them(opened: Open, theme: Theme) -> None:
    page = opened(theme=theme)
    ground = "getComputedStyle(document.body).backgroundColor"
    before = page.evaluate(ground)
    page.get_by_role("button", name="theme").click()
    assert page.evaluate(ground) != before


@pytest.mark.parametrize("width", [360, 1280])
def test_the_page_itself_never_scrolls_sideways(opened: Open, width: int) -> None:
    assert not opened(width=width).evaluate("document.documentElement.scrollWidth > innerWidth")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_pictures_that_the_readme_shows_are_there(opened: Open, theme: Theme) -> None:
    picture = ROOT / "docs" / "images" / f"report-{theme}.png"
    if os.environ.get("RECORD"):
        opened(theme=theme).screenshot(path=picture)
    assert picture.stat().st_size > 10_000
    assert f"docs/images/{picture.name}" in (ROOT / "README.md").read_text()


def test_it_is_one_file_of_less_than_two_megabytes_that_names_no_other(made: Path) -> None:
    text = made.read_text(encoding="utf-8")
    assert len(text.encode()) < _LIMIT
    assert "src=" not in text
    assert "@import" not in text
    assert "url(" not in text.replace("url(#head)", "")


def test_what_nobody_looked_for_is_unknown_and_says_how_to_look(
    opened: Open, events: Path, tmp_path: Path
) -> None:
    file = write(tmp_path / "report.html", Sources(summarize(events), _project(tmp_path), tmp_path / "drift"))
    page = opened(file)
    for section, command in (("adoption", "./tms adopt run"), ("drift", "./tms pipeline drift")):
        expect(page.locator(f"#{section}")).to_contain_text("Unknown")
        expect(page.locator(f"#{section} code")).to_contain_text(command)


def test_what_the_pack_objects_to_is_said_first_and_with_its_remedy(
    opened: Open, events: Path, tmp_path: Path
) -> None:
    page = opened(write(tmp_path / "report.html", Sources(summarize(events), _project(tmp_path), tmp_path)))
    expect(page.get_by_role("heading", level=1)).to_contain_text("1 thing stands against an update")
    violation = page.locator("#policy tr[data-entry]")
    expect(violation).to_have_count(1)
    expect(violation).to_contain_text("dynamodb-table-point-in-time-recovery")
    expect(violation).to_contain_text('point_in_time_recovery={"enabled": True}')


def test_adoption_and_drift_are_told_as_they_were_found(opened: Open, events: Path, tmp_path: Path) -> None:
    project, drift = _project(tmp_path), tmp_path / "drift"
    found: dict[str, Any] = {**example(), "stack": "local"}
    (project / ".adopt" / "local").mkdir(parents=True)
    (project / ".adopt" / "local" / "report.json").write_text(json.dumps(found))
    drift.mkdir()
    (drift / "drift.json").write_text(json.dumps({"stack": "local", "differing": 1}))
    (drift / "drift.md").write_text("- `bank-trades` (dynamodb Table) `billingMode` is <b>other</b>")
    page = opened(write(tmp_path / "report.html", Sources(summarize(events), project, drift)))
    expect(page.locator("#adoption")).to_contain_text(str(found["verdict"]["text"]))
    expect(page.locator("#adoption")).to_contain_text(f"{found['coverage']['percent']} %")
    expect(page.locator("#drift")).to_contain_text("1 differ")
    expect(page.locator("#drift li")).to_have_text("bank-trades (dynamodb Table) billingMode is <b>other</b>")


def test_what_another_stack_left_is_not_taken_for_this_ones(
    opened: Open, events: Path, tmp_path: Path
) -> None:
    drift = tmp_path / "drift"
    drift.mkdir()
    (drift / "drift.json").write_text(json.dumps({"stack": "production", "differing": 0}))
    page = opened(write(tmp_path / "report.html", Sources(summarize(events), _project(tmp_path), drift)))
    expect(page.locator("#drift")).to_contain_text("Unknown")


def _project(folder: Path) -> Path:
    project = folder / "system"
    lay_out(project)
    shutil.copy(ROOT / "Pulumi.local.yaml", project)
    return project


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--events", "nowhere.jsonl"), "nowhere.jsonl"),
        (("--output", "no/such/folder/report.html"), "make it, or name another"),
        (("--stack", "nobody"), "nobody"),
    ],
)
def test_what_cannot_be_done_is_one_line(engine: Engine, arguments: tuple[str, ...], said: str) -> None:
    done = tms(engine, *arguments)
    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr
