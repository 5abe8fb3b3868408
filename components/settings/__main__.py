"""Write the page of settings, and the JSON Schema of `agentcore.yaml`: `python -m components.settings`."""

from pathlib import Path

from components.settings import reference
from components.settings.agentcore import schema
from components.settings.declarations import FOLDER

if __name__ == "__main__":
    root = Path(__file__).resolve().parents[2]
    (root / FOLDER / "agentcore.schema.json").write_text(schema(), encoding="utf-8")
    (root / "docs" / "settings.md").write_text(reference.page(), encoding="utf-8")
