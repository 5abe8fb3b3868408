"""The page is what is declared, and a browser draws its diagrams."""

import base64
import hashlib
import re
import shutil
import subprocess
import tarfile
from pathlib import Path

import pytest
from filelock import FileLock
from playwright.sync_api import Browser

from tests.support.browser import browser
from tests.support.stackfile import ROOT
from toolkit.permissions.architecture import TARGET, page

__all__ = ["browser"]
VERSION = "11.12.0"
SHA512 = "ZudVx73BwrMJfCFmSSJT84y6u5brEoV8DOItdHomNLz32uBjNrelm7mg95X7g+C6UoQH/W6mBLGDEDv73JdxBg=="
DIAGRAMS = re.findall(r"```mermaid\n(.*?)```", TARGET.read_text(), re.DOTALL)


@pytest.fixture(scope="module")
def mermaid() -> str:
    """Give Mermaid's own code, of a pinned version, from the package registry of JavaScript."""
    npm = shutil.which("npm")
    if npm is None:
        pytest.skip("npm is not on PATH: diagrams are not drawn here")
    folder = ROOT / ".tools" / "mermaid"
    archive = folder / f"mermaid-{VERSION}.tgz"
    folder.mkdir(parents=True, exist_ok=True)
    with FileLock(folder / ".lock"):
        if not archive.exists():
            command = [npm, "pack", "--silent", f"mermaid@{VERSION}"]
            fetched = subprocess.run(command, cwd=folder, check=False, capture_output=True, text=True)
            if fetched.returncode:
                pytest.skip(
                    f"diagrams are not drawn here, npm cannot fetch mermaid: {fetched.stderr.strip()}"
                )
    assert base64.b64encode(hashlib.sha512(archive.read_bytes()).digest()).decode() == SHA512
    with tarfile.open(archive) as packed:
        code = packed.extractfile("package/dist/mermaid.min.js")
        assert code is not None
        return code.read().decode()


@pytest.mark.generated
def test_the_page_is_what_is_declared() -> None:
    assert TARGET.read_text() == page(), "make docs"


def test_every_diagram_is_drawn(browser: Browser, mermaid: str, tmp_path: Path) -> None:
    tab = browser.new_page(viewport={"width": 1400, "height": 1000})
    tab.set_content("<main></main>")
    tab.add_script_tag(content=mermaid)
    for index, text in enumerate(DIAGRAMS):
        nodes = tab.evaluate(
            """async ([id, text]) => {
                mermaid.initialize({startOnLoad: false});
                const {svg} = await mermaid.render(id, text);
                document.querySelector("main").innerHTML = svg;
                return document.querySelectorAll("main .node").length;
            }""",
            [f"d{index}", text],
        )
        names = set(re.findall(r"^ *(?:\w+ --> )?(\w+)(?:\[|\(|\{)", text, re.MULTILINE))
        assert nodes == len(names), text
        picture = tmp_path / f"{index}.png"
        tab.locator("main svg").screenshot(path=picture)
        assert picture.stat().st_size > 1000
    tab.close()
