"""What page and Markdown say, in which order, and that no value of AWS becomes markup in either."""

import json
import re
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from tests.support.adoption_report import example
from toolkit.adopt import report
from toolkit.adopt.report import page, text
from toolkit.adopt.report.groups import grouped
from toolkit.adopt.report.values import value_text, visible

NASTY = "<script>alert(1)</script> | `x` ``` **b** _i_ [l](http://e) &amp; $m$ ~~s~~ \\| 'q' \"d\"\n# h\n- i"
BUDGET = settings().max_examples // 4
"""Examples of a property; each renders a whole report, and MarkdownIt reads it."""
HIDDEN = {
    "\u202e": "\\u202e",
    "\u200f": "\\u200f",
    "\u0000": "\\u0000",
    "\ud800": "\\ud800",
    "\u2028": "\\u2028",
}


class Seen(HTMLParser):
    """What a reader of HTML sees, with the elements and attributes that it is made of."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.text = ""
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self._silent = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        self._silent = tag if tag in ("style", "script") else ""

    def handle_endtag(self, tag: str) -> None:
        self._silent = "" if tag == self._silent else self._silent

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.text += data


def of_page(content: dict[str, Any]) -> Seen:
    return Seen(page.html(content))


def of_markdown(content: dict[str, Any]) -> Seen:
    return Seen(MarkdownIt("commonmark").enable("table").render(text.markdown(content)))


FORMS = pytest.mark.parametrize("render", [of_page, of_markdown])
Render = Callable[[dict[str, Any]], Seen]


def packed(text: str) -> str:
    """Leave out white space and the size of letters, which each form sets in its own way."""
    return re.sub(r"\s+", "", text).lower()


def leaves(value: Any, key: str = "") -> Iterator[str]:  # noqa: ANN401 - any JSON
    """Give every text of a report as it has to be seen."""
    if key in ("live", "declared", "default") and not isinstance(value, int):
        yield "" if value is None else value_text(value)
    elif isinstance(value, dict):
        for name, item in value.items():
            if key == "unlisted":
                yield visible(name)
            yield from leaves(item, name)
    elif isinstance(value, list):
        for item in value:
            yield from leaves(item)
    elif isinstance(value, str):
        yield visible(value)


def hidden(content: dict[str, Any], rendered: Seen) -> list[str]:
    """Give what a report has and a reader does not see."""
    visible_text = packed(rendered.text)
    return [leaf for leaf in leaves(content) if packed(leaf) not in visible_text]


def planted(snippet: str) -> dict[str, Any]:
    """Give a short example with something planted wherever AWS or a person has the word."""
    content = example()
    del content["resources"][2:], content["differences"][2:]
    content["verdict"]["text"] += snippet
    content["warnings"].append(snippet)
    content["next"] += [snippet, f"./tms {snippet}"]
    content["unlisted"][f"aws:x{snippet}"] = snippet
    content["unmanaged"].append({"type": f"aws:y{snippet}", "name": snippet, "owner": snippet})
    content["resources"].append(
        {
            **content["resources"][0],
            **dict.fromkeys(("urn", "type", "name", "id", "status", "decision", "detail"), snippet),
            "candidates": [{"id": snippet, "detail": snippet}],
        }
    )
    content["differences"].append(
        {
            **content["differences"][0],
            **dict.fromkeys(
                ("urn", "path", "live", "cause", "consequence", "agreed", "fix", "effect", "remedy"), snippet
            ),
            "declared": {snippet: [snippet]},
            "default": snippet,
        }
    )
    return content


def test_the_first_line_of_markdown_is_the_verdict() -> None:
    content = example()
    assert text.markdown(content).splitlines()[0] == f"# {content['verdict']['text']}"


@FORMS
def test_parts_come_in_the_order_in_which_they_are_acted_on(render: Render) -> None:
    visible_text = render(example()).text
    order = [
        "which would replace it: its items would be lost",
        "111111111111",
        "What to do next",
        "of what is live and listed",
        "Stop: replaced",
        "Created",
        "Updated in place",
        "Cannot be read back",
        "Nothing sent to AWS",
        "Counts by" if render is of_page else "Declared resources",
        "More than one live resource could be it",
        "Could not be read",
        "Another tool owns it",
        "Looked for, and not there",
        "Live, and its id is known",
        "Live, and declared by nothing",
        "Could not be listed",
        "Warnings",
    ]
    positions = [visible_text.index(phrase) for phrase in order]
    assert positions == sorted(positions)


def test_what_nobody_agreed_to_stands_before_what_somebody_did() -> None:
    updated = next(group for group in grouped(example()).differences if group.title == "Updated in place")
    assert [
        (resource.name, [bool(change.agreed) for change in resource.changes])
        for resource in updated.resources
    ] == [
        ("bank-trades", [False, False, True]),
        ("documents-lifecycle", [False]),
        ("agent-registry", [True]),
    ]
    assert (updated.count, updated.agreed) == (5, 2)


@FORMS
def test_a_stop_is_told_with_what_is_lost_and_where_it_is_mended(render: Render) -> None:
    visible_text = packed(render(example()).text)
    for difference in example()["differences"][:2]:
        assert difference["stops"]
        parts = [packed(difference[key]) for key in ("effect", "remedy", "fix")]
        positions = [visible_text.index(part, visible_text.index("stop:replaced")) for part in parts]
        assert positions == sorted(positions)


def test_an_edit_of_the_program_is_marked_as_python() -> None:
    visible_text = text.markdown(example())
    assert "```python\n# in the program, on orchestrator\npath='/legacy/'\n```" in visible_text
    assert "```yaml\ntrade-matching-system:tables:" in visible_text


def test_a_remedy_without_an_edit_is_told() -> None:
    content = example()
    content["differences"] = [content["differences"][0] | {"fix": "", "remedy": "mend the other first"}]
    assert "Fix for `hashKey`: mend the other first" in text.markdown(content)
    assert "mend the other first" in of_page(content).text


@FORMS
def test_what_is_absent_is_told_with_what_it_may_be(render: Render) -> None:
    visible_text = render(example()).text
    alike = "trade-matching-system-agentcore-production-production called alike"
    assert packed(alike) in packed(visible_text[visible_text.index("Looked for, and not there") :])


def test_what_is_decided_is_not_told_as_to_decide() -> None:
    # One pool, one bucket, one managed elsewhere, one unknown, three policies; three queues are to be created
    assert dict(grouped(example()).figures)["to decide"] == 7


def test_the_matrix_counts_every_resource_once() -> None:
    matrix = grouped(example()).matrix
    assert sum(matrix.totals) == len(example()["resources"])
    assert dict(matrix.rows)["aws:sqs/queue:Queue"] == [0, 0, 0, 3, 17]
    assert matrix.columns == ["ambiguous", "unknown", "managed elsewhere", "absent", "found"]


@FORMS
def test_all_of_a_report_is_told(render: Render) -> None:
    assert hidden(example(), render(example())) == []


@FORMS
@pytest.mark.parametrize(
    "snippet",
    [NASTY, "|", "`", "``` |", "a\n````\n# b", "\\|", " ", "\t", "1. x", "# x", "    x", "---", *HIDDEN],
)
def test_what_looks_like_markup_is_read_as_it_is(render: Render, snippet: str) -> None:
    plain, nasty = render(planted("plain")), render(planted(snippet))
    assert hidden(planted(snippet), nasty) == []
    kinds = {"script", "a", "img", "h1", "strong", "em", "td", "th", "tr", "li", "pre", "hr", "s"}
    tags = [[tag for tag, _ in page_read.elements if tag in kinds] for page_read in (plain, nasty)]
    assert tags[0] == tags[1]


@FORMS
@pytest.mark.parametrize("snippet", HIDDEN)
def test_characters_that_cannot_be_seen_are_written_out(render: Render, snippet: str) -> None:
    visible_text = render(planted(f"a{snippet}b")).text
    assert f"a{HIDDEN[snippet]}b" in visible_text
    assert snippet not in visible_text


@FORMS
@settings(max_examples=BUDGET)
@given(snippet=st.text(max_size=20))
def test_any_text_comes_through(render: Render, snippet: str) -> None:
    content = planted(f"x{snippet}y")
    assert hidden(content, render(content)) == []


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)


@FORMS
@settings(max_examples=BUDGET)
@given(live=JSON, declared=JSON, default=JSON)
def test_any_value_comes_through(render: Render, live: object, declared: object, default: object) -> None:
    content = example()
    content["differences"] = [
        {**content["differences"][0], "live": live, "declared": declared, "default": default}
    ]
    visible_text = packed(render(content).text)
    assert all(
        packed(value_text(value)) in visible_text for value in (live, declared, default) if value is not None
    )


@FORMS
def test_a_secret_and_the_engines_placeholders_are_not_shown(render: Render) -> None:
    content = example()
    content["differences"][0]["live"] = {
        "password": {
            "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
            "plaintext": "hunter2",
        }
    }
    content["differences"][0]["declared"] = ["04da6b54-80e4-46f7-96ec-b56ff0331ba9"]
    visible_text = render(content).text
    assert "hunter2" not in visible_text
    assert "(secret)" in visible_text
    assert "(known after the update)" in visible_text


@FORMS
@pytest.mark.parametrize(
    ("step", "code", "says"),
    [
        ("discover", 0, "Not compared: discover does not look at properties; rehearse does."),
        ("run", 0, "None: an update would change nothing."),
        ("run", 4, "None are recorded; the step ended before it could say that there are none."),
    ],
)
def test_only_a_step_that_compared_says_that_nothing_differs(
    render: Render, step: str, code: int, says: str
) -> None:
    empty = {key: [] for key in ("differences", "resources", "unmanaged", "warnings", "next")}
    content = {**example(), **empty, "unlisted": {}, "step": step, "verdict": {"code": code, "text": ""}}
    visible_text = render(content).text
    assert says in visible_text
    assert "None were looked for." in visible_text
    assert "None were seen." in visible_text
    assert "No listing was refused." in visible_text
    assert "Warnings" not in visible_text
    assert "What to do next" not in visible_text


@pytest.mark.parametrize(
    ("code", "badge", "severity"),
    [
        (0, "Clean", "good"),
        (4, "To decide", "attention"),
        (5, "Stop", "stop"),
        (7, "Differences", "attention"),
        (9, "Moved", "attention"),
        (10, "Partial", "attention"),
        (1, "Failed", "stop"),
    ],
)
def test_an_exit_code_has_a_name_and_a_severity(code: int, badge: str, severity: str) -> None:
    view = grouped({**example(), "verdict": {"code": code, "text": "so it is"}})
    assert (view.badge, view.severity, view.outcome) == (f"{badge} · exit code {code}", severity, "so it is")


def test_headings_go_down_one_level_at_a_time() -> None:
    levels = [int(tag[1]) for tag, _ in of_page(example()).elements if re.fullmatch("h[1-6]", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_every_head_of_a_table_has_a_scope_and_every_table_a_caption() -> None:
    elements = of_page(example()).elements
    assert all(attributes.get("scope") in ("col", "row") for tag, attributes in elements if tag == "th")
    tags = [tag for tag, _ in elements]
    assert tags.count("caption") == tags.count("table") > 5


def test_a_report_is_written_as_a_whole_or_not_at_all(tmp_path: Path) -> None:
    folder = tmp_path / "made" / "by it"
    html, markdown = report.write(folder, example())
    assert html.read_text(encoding="utf-8") == page.html(example())
    assert markdown.read_text(encoding="utf-8") == text.markdown(example())
    broken = example()
    del broken["verdict"]
    with pytest.raises(KeyError):
        report.write(folder, broken)
    assert sorted(file.name for file in folder.iterdir()) == ["report.html", "report.md"]
    assert html.read_text(encoding="utf-8") == page.html(example())


def test_a_file_that_cannot_be_put_in_place_leaves_nothing_beside_it(tmp_path: Path) -> None:
    (tmp_path / "report.html").mkdir()
    with pytest.raises(OSError, match=re.escape("report.html")):
        report.write(tmp_path, example())
    assert [file.name for file in tmp_path.iterdir()] == ["report.html"]


def test_the_example_is_json() -> None:
    assert json.loads(json.dumps(example())) == example()
