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
from toolkit.adopt.report.values import shown, visible

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


def of_page(given: dict[str, Any]) -> Seen:
    return Seen(page.html(given))


def of_markdown(given: dict[str, Any]) -> Seen:
    return Seen(MarkdownIt("commonmark").enable("table").render(text.markdown(given)))


FORMS = pytest.mark.parametrize("seen", [of_page, of_markdown])
See = Callable[[dict[str, Any]], Seen]


def packed(text: str) -> str:
    """Leave out white space and the size of letters, which each form sets in its own way."""
    return re.sub(r"\s+", "", text).lower()


def leaves(value: Any, key: str = "") -> Iterator[str]:  # noqa: ANN401 - any JSON
    """Give every text of a report as it has to be seen."""
    if key in ("live", "declared", "default") and not isinstance(value, int):
        yield "" if value is None else shown(value)
    elif isinstance(value, dict):
        for name, one in value.items():
            if key == "unlisted":
                yield visible(name)
            yield from leaves(one, name)
    elif isinstance(value, list):
        for one in value:
            yield from leaves(one)
    elif isinstance(value, str):
        yield visible(value)


def hidden(given: dict[str, Any], seen: Seen) -> list[str]:
    """Give what a report has and a reader does not see."""
    said = packed(seen.text)
    return [one for one in leaves(given) if packed(one) not in said]


def planted(what: str) -> dict[str, Any]:
    """Give a short example with something planted wherever AWS or a person has the word."""
    given = example()
    del given["resources"][2:], given["differences"][2:]
    given["verdict"]["text"] += what
    given["warnings"].append(what)
    given["next"] += [what, f"./tms {what}"]
    given["unlisted"][f"aws:x{what}"] = what
    given["unmanaged"].append({"type": f"aws:y{what}", "name": what, "owner": what})
    given["resources"].append(
        {
            **given["resources"][0],
            **dict.fromkeys(("urn", "type", "name", "id", "status", "decision", "detail"), what),
            "candidates": [{"id": what, "detail": what}],
        }
    )
    given["differences"].append(
        {
            **given["differences"][0],
            **dict.fromkeys(
                ("urn", "path", "live", "cause", "consequence", "agreed", "fix", "effect", "remedy"), what
            ),
            "declared": {what: [what]},
            "default": what,
        }
    )
    return given


def test_the_first_line_of_markdown_is_the_verdict() -> None:
    given = example()
    assert text.markdown(given).splitlines()[0] == f"# {given['verdict']['text']}"


@FORMS
def test_parts_come_in_the_order_in_which_they_are_acted_on(seen: See) -> None:
    said = seen(example()).text
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
        "Counts by" if seen is of_page else "Declared resources",
        "More than one live resource could be it",
        "Could not be read",
        "Another tool owns it",
        "Looked for, and not there",
        "Live, and its id is known",
        "Live, and declared by nothing",
        "Could not be listed",
        "Warnings",
    ]
    places = [said.index(one) for one in order]
    assert places == sorted(places)


def test_what_nobody_agreed_to_stands_before_what_somebody_did() -> None:
    updated = next(one for one in grouped(example()).differences if one.title == "Updated in place")
    assert [(one.name, [bool(change.agreed) for change in one.changes]) for one in updated.resources] == [
        ("bank-trades", [False, False, True]),
        ("documents-lifecycle", [False]),
        ("agent-registry", [True]),
    ]
    assert (updated.count, updated.agreed) == (5, 2)


@FORMS
def test_a_stop_is_told_with_what_is_lost_and_where_it_is_mended(seen: See) -> None:
    said = packed(seen(example()).text)
    for one in example()["differences"][:2]:
        assert one["stops"]
        parts = [packed(one[key]) for key in ("effect", "remedy", "fix")]
        places = [said.index(part, said.index("stop:replaced")) for part in parts]
        assert places == sorted(places)


def test_an_edit_of_the_program_is_marked_as_python() -> None:
    said = text.markdown(example())
    assert "```python\n# in the program, on orchestrator\npath='/legacy/'\n```" in said
    assert "```yaml\ntrade-matching-system:tables:" in said


def test_a_remedy_without_an_edit_is_told() -> None:
    given = example()
    given["differences"] = [given["differences"][0] | {"fix": "", "remedy": "mend the other first"}]
    assert "Fix for `hashKey`: mend the other first" in text.markdown(given)
    assert "mend the other first" in of_page(given).text


@FORMS
def test_what_is_absent_is_told_with_what_it_may_be(seen: See) -> None:
    said = seen(example()).text
    alike = "trade-matching-system-agentcore-production-production called alike"
    assert packed(alike) in packed(said[said.index("Looked for, and not there") :])


def test_what_is_decided_is_not_told_as_to_decide() -> None:
    # One pool, one bucket, one managed elsewhere, one unknown, three policies; three queues are to be created
    assert dict(grouped(example()).figures)["to decide"] == 7


def test_the_matrix_counts_every_resource_once() -> None:
    matrix = grouped(example()).matrix
    assert sum(matrix.totals) == len(example()["resources"])
    assert dict(matrix.rows)["aws:sqs/queue:Queue"] == [0, 0, 0, 3, 17]
    assert matrix.columns == ["ambiguous", "unknown", "managed elsewhere", "absent", "found"]


@FORMS
def test_all_of_a_report_is_told(seen: See) -> None:
    assert hidden(example(), seen(example())) == []


@FORMS
@pytest.mark.parametrize(
    "what",
    [NASTY, "|", "`", "``` |", "a\n````\n# b", "\\|", " ", "\t", "1. x", "# x", "    x", "---", *HIDDEN],
)
def test_what_looks_like_markup_is_read_as_it_is(seen: See, what: str) -> None:
    plain, other = seen(planted("plain")), seen(planted(what))
    assert hidden(planted(what), other) == []
    kinds = {"script", "a", "img", "h1", "strong", "em", "td", "th", "tr", "li", "pre", "hr", "s"}
    tags = [[tag for tag, _ in one.elements if tag in kinds] for one in (plain, other)]
    assert tags[0] == tags[1]


@FORMS
@pytest.mark.parametrize("what", HIDDEN)
def test_characters_that_cannot_be_seen_are_written_out(seen: See, what: str) -> None:
    said = seen(planted(f"a{what}b")).text
    assert f"a{HIDDEN[what]}b" in said
    assert what not in said


@FORMS
@settings(max_examples=BUDGET)
@given(what=st.text(max_size=20))
def test_any_text_comes_through(seen: See, what: str) -> None:
    given = planted(f"x{what}y")
    assert hidden(given, seen(given)) == []


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)


@FORMS
@settings(max_examples=BUDGET)
@given(live=JSON, declared=JSON, default=JSON)
def test_any_value_comes_through(seen: See, live: object, declared: object, default: object) -> None:
    given = example()
    given["differences"] = [
        {**given["differences"][0], "live": live, "declared": declared, "default": default}
    ]
    said = packed(seen(given).text)
    assert all(packed(shown(one)) in said for one in (live, declared, default) if one is not None)


@FORMS
def test_a_secret_and_the_engines_placeholders_are_not_shown(seen: See) -> None:
    given = example()
    given["differences"][0]["live"] = {
        "password": {
            "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
            "plaintext": "hunter2",
        }
    }
    given["differences"][0]["declared"] = ["04da6b54-80e4-46f7-96ec-b56ff0331ba9"]
    said = seen(given).text
    assert "hunter2" not in said
    assert "(secret)" in said
    assert "(known after the update)" in said


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
    seen: See, step: str, code: int, says: str
) -> None:
    empty = {key: [] for key in ("differences", "resources", "unmanaged", "warnings", "next")}
    given = {**example(), **empty, "unlisted": {}, "step": step, "verdict": {"code": code, "text": ""}}
    said = seen(given).text
    assert says in said
    assert "None were looked for." in said
    assert "None were seen." in said
    assert "No listing was refused." in said
    assert "Warnings" not in said
    assert "What to do next" not in said


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
    assert (view.badge, view.severity, view.verdict) == (f"{badge} · exit code {code}", severity, "so it is")


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
    assert sorted(one.name for one in folder.iterdir()) == ["report.html", "report.md"]
    assert html.read_text(encoding="utf-8") == page.html(example())


def test_a_file_that_cannot_be_put_in_place_leaves_nothing_beside_it(tmp_path: Path) -> None:
    (tmp_path / "report.html").mkdir()
    with pytest.raises(OSError, match=re.escape("report.html")):
        report.write(tmp_path, example())
    assert [one.name for one in tmp_path.iterdir()] == ["report.html"]


def test_the_example_is_json() -> None:
    assert json.loads(json.dumps(example())) == example()
