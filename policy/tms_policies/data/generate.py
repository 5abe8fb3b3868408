"""Write which resource types take tags: `python -m tms_policies.data.generate`.

Read from the source of pulumi_aws, which is generated from the published provider's schema.
"""

import importlib.util
import json
import re
from collections.abc import Iterator
from pathlib import Path

TARGET = Path(__file__).resolve().parent / "taggable.json"
_TOKEN = re.compile(r"__init__\(\s*'(aws:[^']+)',")
_TAGS = re.compile(r"^ +tags: pulumi\.Input\[Optional\[Mapping\[", re.MULTILINE)


def _sources() -> Iterator[str]:
    """Yield the source of each module of pulumi_aws, without importing it."""
    result = importlib.util.find_spec("pulumi_aws")
    if result is None or result.origin is None:
        raise FileNotFoundError("pulumi_aws is not installed: run `make environment`")
    for path in sorted(Path(result.origin).parent.glob("*/*.py")):
        yield path.read_text(encoding="utf-8")


def taggable() -> str:
    """Return the file's text: the type tokens of all resources with a `tags` map, sorted."""
    tokens = {_TOKEN.search(source) for source in _sources() if _TAGS.search(source)}
    return json.dumps(sorted(result[1] for result in tokens if result), indent=0) + "\n"


if __name__ == "__main__":
    TARGET.write_text(taggable(), encoding="utf-8")
