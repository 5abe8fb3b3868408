"""A report as one page that needs nothing else: no network, no file beside it, no storage."""

import base64
import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from adopt.report.groups import grouped

_HERE = Path(__file__).parent


def _inline(name: str) -> tuple[Markup, str]:
    """Give a part of the page and the hash that lets it, and nothing else of its kind, run."""
    content = (_HERE / name).read_text(encoding="utf-8")
    digest = base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
    return Markup(content), f"'sha256-{digest}'"  # noqa: S704 - a file of this package


def html(report: Mapping[str, Any]) -> str:
    """Give a report as an HTML page.

    Its Content-Security-Policy names the hashes of its own style and script
    (https://www.w3.org/TR/CSP3/#grammardef-hash-source): markup that came in with a value could load or run
    nothing, even if it were not escaped.
    """
    style, style_hash = _inline("page.css")
    script, script_hash = _inline("page.js")
    environment = Environment(
        loader=FileSystemLoader(_HERE),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    return environment.get_template("page.html.j2").render(
        view=grouped(report),
        style=style,
        script=script,
        policy=(
            f"default-src 'none'; style-src {style_hash}; script-src {script_hash}; img-src data:; "
            "base-uri 'none'; form-action 'none'"
        ),
    )
