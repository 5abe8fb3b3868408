"""A report as one page that needs nothing else: no network, no file beside it, no storage."""

import base64
import functools
import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from markupsafe import Markup

from adopt.report.groups import grouped

_HERE = Path(__file__).parent


def _inline(name: str) -> tuple[Markup, str]:
    """Give a part of the page and the hash that lets it, and nothing else of its kind, run."""
    content = (_HERE / name).read_text(encoding="utf-8")
    digest = base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
    return Markup(content), f"'sha256-{digest}'"  # noqa: S704 - a file of this package


@functools.cache
def _template() -> Template:
    """Give the page without a report, compiled once."""
    environment = Environment(
        loader=FileSystemLoader(_HERE),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    style, style_hash = _inline("page.css")
    script, script_hash = _inline("page.js")
    policy = (
        f"default-src 'none'; style-src {style_hash}; script-src {script_hash}; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )
    return environment.get_template(
        "page.html.j2", globals={"style": style, "script": script, "policy": policy}
    )


def html(report: Mapping[str, Any]) -> str:
    """Give a report as an HTML page.

    Its Content-Security-Policy names the hashes of its own style and script
    (https://www.w3.org/TR/CSP3/#grammardef-hash-source): markup that came in with a value could load or run
    nothing, even if it were not escaped.
    """
    return _template().render(view=grouped(report))
