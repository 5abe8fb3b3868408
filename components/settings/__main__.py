"""Write the JSON Schema of `agentcore.yaml` for editors: `python -m components.settings`."""

from pathlib import Path

from components.settings.agentcore import schema
from components.settings.declarations import FOLDER

if __name__ == "__main__":
    root = Path(__file__).resolve().parents[2]
    (root / FOLDER / "agentcore.schema.json").write_text(schema(), encoding="utf-8")
