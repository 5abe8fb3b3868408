"""A report as a self-contained page: it needs no network, no other file, no storage."""

import base64
import functools
import hashlib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from markupsafe import Markup

from toolkit.adopt.report.groups import grouped

_HERE = Path(__file__).parent


def _inline(files: Iterable[Path]) -> tuple[Markup, str]:
    """Return files joined for a page, and the source hash that allows exactly this content in a CSP."""
    content = "".join(file.read_text(encoding="utf-8") for file in files)
    digest = base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
    return Markup(content), f"'sha256-{digest}'"  # noqa: S704 - files of these packages


@functools.cache
def template(folder: Path) -> Template:
    """Return `page.html.j2` of a folder, compiled once, with the reports' style and script in it.

    Its Content-Security-Policy names the hashes of its own style and script
    (https://www.w3.org/TR/CSP3/#grammardef-hash-source): markup that came in with a value could load or run
    nothing, even if it were not escaped.

    Args:
        folder: Has the template, and for another page the additional `page.css` and `page.js`.
    """
    environment = Environment(
        loader=FileSystemLoader(folder),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    folders = dict.fromkeys((_HERE, folder))
    style, style_hash = _inline(folder_of_page / "page.css" for folder_of_page in folders)
    script, script_hash = _inline(folder_of_page / "page.js" for folder_of_page in folders)
    policy = (
        f"default-src 'none'; style-src {style_hash}; script-src {script_hash}; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )
    return environment.get_template(
        "page.html.j2", globals={"style": style, "script": script, "policy": policy}
    )


def html(report: Mapping[str, Any]) -> str:
    """Return a report as an HTML page."""
    return template(_HERE).render(view=grouped(report))
