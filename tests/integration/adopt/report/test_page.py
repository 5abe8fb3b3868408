"""The page of a report in a real browser, opened from a file as people open it."""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.support.adoption_report import example, huge
from tests.support.browser import Theme, viewing
from toolkit.adopt import report

# WCAG 2.2, 1.4.3: the contrast of what is written on the first background under it that lets nothing through
_CONTRAST = """element => {
  const parts = colour => colour.match(/[\\d.]+/g).map(Number);
  const light = colour => parts(colour).slice(0, 3).map(one => one / 255)
    .map(one => one <= 0.04045 ? one / 12.92 : ((one + 0.055) / 1.055) ** 2.4)
    .reduce((sum, one, index) => sum + one * [0.2126, 0.7152, 0.0722][index], 0);
  let under = element;
  const clear = one => (parts(getComputedStyle(one).backgroundColor)[3] ?? 1) < 1;
  while (clear(under)) under = under.parentElement;
  const both = [getComputedStyle(element).color, getComputedStyle(under).backgroundColor].map(light);
  return (Math.max(...both) + 0.05) / (Math.min(...both) + 0.05);
}"""
_WIDE = "document.documentElement.scrollWidth > innerWidth"
_LONG = 60_000  # milliseconds that a busy machine may take
Open = Callable[..., Page]


@pytest.fixture
def opened(browser: Browser, tmp_path: Path) -> Iterator[Open]:
    """Give what opens a report."""
    with viewing(browser) as view:

        def show(
            given: Mapping[str, Any] | None = None, *, theme: Theme = "light", width: int = 1280
        ) -> Page:
            return view(report.write(tmp_path, given or example())[0], theme, width)

        yield show


def entries(page: Page) -> int:
    """Count the entries that a filter leaves."""
    return page.locator("[data-entry]:not([hidden])").count()


def test_the_verdict_is_the_first_thing_and_the_largest(opened: Open) -> None:
    page = opened()
    heading = page.get_by_role("heading", level=1)
    expect(heading).to_have_text(example()["verdict"]["text"])
    sizes = page.locator("body *").evaluate_all(
        "all => all.map(one => parseFloat(getComputedStyle(one).fontSize))"
    )
    assert heading.evaluate("one => parseFloat(getComputedStyle(one).fontSize)") == max(sizes)
    assert (
        page.locator("h1, h2, h3, h4, dl, input, button, table").first.evaluate("one => one.tagName") == "H1"
    )


def test_what_is_planted_neither_runs_nor_loads(opened: Open) -> None:
    planted = (
        '<img src="https://example.invalid/x" onerror="window.hurt = 1"><script>window.hurt = 1</script>'
    )
    given = example()
    given["verdict"]["text"] = given["unmanaged"][0]["name"] = given["differences"][0]["live"] = planted
    page = opened(given)
    expect(page.get_by_role("heading", level=1)).to_have_text(planted)
    assert page.locator("img").count() == 0
    assert page.evaluate("window.hurt") is None


def test_what_slips_past_escaping_is_stopped_by_the_policy(browser: Browser, tmp_path: Path) -> None:
    page = browser.new_page()
    page.goto(report.write(tmp_path, example())[0].as_uri())
    refused = page.evaluate(
        """async () => {
          const refused = [];
          document.addEventListener("securitypolicyviolation", event => refused.push(event.effectiveDirective));
          const script = document.createElement("script");
          script.textContent = "window.hurt = 1";
          document.body.append(script);
          document.body.append(Object.assign(new Image(), {src: "https://example.invalid/x"}));
          await fetch("https://example.invalid/x").catch(() => 0);
          await new Promise(done => setTimeout(done, 50));
          return refused.sort();
        }"""
    )
    assert refused == ["connect-src", "img-src", "script-src-elem"]
    assert page.evaluate("window.hurt") is None
    page.close()


def test_search_narrows_all_lists_and_escape_brings_all_back(opened: Open) -> None:
    page = opened()
    total = entries(page)
    before = page.locator("main").inner_text()
    page.get_by_role("searchbox").fill("DLQ absent")
    expect(page.locator("#matches")).to_have_text(f"6 of {total} match")
    assert entries(page) == 6
    expect(page.get_by_role("heading", name="Warnings")).to_be_hidden()
    page.get_by_role("searchbox").fill("administratoraccess")
    expect(page.locator("#matches")).to_have_text(f"1 of {total} match")
    page.keyboard.press("Escape")
    expect(page.locator("#matches")).to_be_empty()
    assert entries(page) == total
    assert page.locator("main").inner_text() == before


def test_an_entry_is_found_by_what_stands_over_it(opened: Open) -> None:
    page = opened()
    page.get_by_role("searchbox").fill("s3/bucket:bucket cf-templates")
    expect(page.locator("#matches")).to_contain_text("1 of ")
    expect(page.get_by_text("cf-templates-1x9k2m-us-east-1")).to_be_visible()


def test_a_folded_group_opens_for_what_matches_in_it(opened: Open) -> None:
    page = opened()
    group = page.locator("details[data-status=found]")
    row = group.locator("tr[data-entry]", has_text="counterparty-trades aws:dynamodb")
    expect(row).to_be_hidden()
    page.get_by_role("searchbox").fill("counterparty-trades aws:dynamodb")
    expect(row).to_be_visible()
    expect(group.locator("summary")).to_contain_text("1 of ")
    page.keyboard.press("Escape")
    expect(row).to_be_hidden()


def test_one_status_alone_can_be_shown(opened: Open) -> None:
    page = opened()
    total = entries(page)
    page.get_by_label("Show one status").select_option("absent")
    expect(page.locator("#matches")).to_have_text(f"7 of {total} match")
    page.get_by_role("searchbox").fill("policy")
    expect(page.locator("#matches")).to_have_text(f"3 of {total} match")
    page.keyboard.press("Escape")
    assert entries(page) == total


def test_nothing_that_matches_is_told_as_such(opened: Open) -> None:
    page = opened()
    page.get_by_role("searchbox").fill("no such thing")
    expect(page.locator("#matches")).to_contain_text("0 of ")
    expect(page.get_by_role("heading", level=1)).to_be_visible()


@pytest.mark.parametrize("code", [0, 5, 7])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_all_text_can_be_read_in_both_themes(opened: Open, theme: Theme, code: int) -> None:
    given = example()
    given["verdict"]["code"] = code
    page = opened(given, theme=theme)
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    written = "body, h1, h2, h3, h4, p, dt, dd, th, td, li, code, summary, button, input, select, output, span, .badge"
    poor = page.locator(written).evaluate_all(
        f"all => all.map(one => [one.outerHTML.slice(0, 80), ({_CONTRAST})(one)]).filter(one => one[1] < 4.5)"
    )
    assert poor == []
    kinds = page.locator(".badge").evaluate_all("all => all.map(one => one.className.split(' ').pop())")
    assert {"stop", "attention", "change", "good", "quiet"} == set(kinds)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_theme_is_the_systems_until_it_is_changed(opened: Open, theme: Theme) -> None:
    page = opened(theme=theme)
    colours = "[getComputedStyle(document.body).color, getComputedStyle(document.body).backgroundColor]"
    first = page.evaluate(colours)
    page.get_by_role("button", name="Light theme" if theme == "dark" else "Dark theme").click()
    assert set(page.evaluate(colours)).isdisjoint(first)
    page.get_by_role("button", name="Dark theme" if theme == "dark" else "Light theme").click()
    assert page.evaluate(colours) == first


def test_everything_can_be_used_by_keyboard(opened: Open) -> None:
    page = opened()
    reached: list[str] = []
    for _ in range(8):
        page.keyboard.press("Tab")
        reached.append(page.evaluate("document.activeElement.id || document.activeElement.className"))
    assert reached[:5] == ["skip", "search", "status", "theme", "copy"]
    page.locator("#theme").focus()
    page.keyboard.press("Enter")
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"
    page.locator("details[data-status=found] > summary").focus()
    page.keyboard.press("Enter")
    expect(page.locator("details[data-status=found] table")).to_be_visible()


def test_a_fix_is_copied_as_it_is_by_keyboard(opened: Open) -> None:
    page = opened()
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    button = page.get_by_role("button", name="Copy fix for processing-status hashKey")
    button.focus()
    page.keyboard.press("Enter")
    expect(button).to_have_text("Copied")
    expect(page.locator("#said")).to_have_text("Copied")
    assert page.evaluate("navigator.clipboard.readText()") == example()["differences"][0]["fix"]


@pytest.mark.parametrize("width", [390, 768, 1280])
def test_no_width_makes_the_page_scroll_sideways(opened: Open, width: int) -> None:
    given = example()
    given["unmanaged"].append({"type": "aws:s3/bucket:Bucket", "name": "x" * 300, "owner": "y" * 300})
    given["warnings"].append("z" * 500)
    given["differences"][0]["path"] = "w" * 200
    page = opened(given, width=width)
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    assert not page.evaluate(_WIDE)


def test_print_shows_what_is_folded_and_no_controls(opened: Open) -> None:
    page = opened(theme="dark")
    folded = page.locator("details[data-status=found] table")
    expect(folded).to_be_hidden()
    page.emulate_media(media="print")
    expect(folded).to_be_visible()
    assert page.locator("input:visible, button:visible, select:visible").count() == 0
    assert page.locator("details:not([open])").count() == 0
    assert page.evaluate("getComputedStyle(document.querySelector('h1')).colorScheme") == "light"
    page.emulate_media(media="screen")
    expect(folded).to_be_hidden()


def test_paper_cuts_nothing_off(opened: Open) -> None:
    given = example()
    for one, status in zip(given["resources"], ("open", "adopted", "ambiguous"), strict=False):
        one["status"] = status
    page = opened(given, width=688)  # A4 within its margins
    page.emulate_media(media="print")
    assert page.locator(".matrix thead th").count() == 9
    assert not page.evaluate(_WIDE)
    cut = page.locator(".matrix, details").evaluate_all(
        "all => all.filter(one => one.scrollWidth > one.clientWidth).map(one => one.outerHTML.slice(0, 80))"
    )
    assert cut == []


def test_a_huge_report_stays_usable(opened: Open) -> None:
    page = opened(huge(2000, 10000))
    total = entries(page)
    assert total > 12000
    assert page.locator("summary", has_text="aws:sqs/queue:Queue").locator(".count").inner_text() == "2,500"
    page.get_by_role("searchbox").fill("left-behind-777")
    expect(page.locator("#matches")).to_have_text(f"11 of {total:,} match", timeout=_LONG)
    expect(page.get_by_text("left-behind-7777", exact=True)).to_be_visible(timeout=_LONG)
    page.get_by_role("searchbox").fill("")
    page.locator("#status").select_option("unknown")
    expect(page.locator("#matches")).to_have_text(f"100 of {total:,} match", timeout=_LONG)


def test_without_scripts_all_is_there_and_no_control_is(browser: Browser, tmp_path: Path) -> None:
    page = browser.new_page(java_script_enabled=False)
    page.goto(report.write(tmp_path, example())[0].as_uri())
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert page.locator("input:visible, button:visible, select:visible").count() == 0
    page.emulate_media(media="print")
    expect(page.locator("details[data-status=found] table")).to_be_visible()
    page.close()


def test_landmarks_lead_through_the_page(opened: Open) -> None:
    page = opened()
    for role in ("main", "search", "banner"):
        assert page.get_by_role(role).count() == 1
    assert page.get_by_role("region", name="Differences").count() == 1
