"""The pack's start, as the engine runs it; the SDK's server takes the process over and prints its port."""

import importlib.util
import sys
from pathlib import Path

# The folder is the package `policy`, whatever another project calls it and whatever stands beside it
_HERE = Path(__file__).resolve().parent
_SPEC = importlib.util.spec_from_file_location(
    "policy", _HERE / "__init__.py", submodule_search_locations=[str(_HERE)]
)
if _SPEC is None or _SPEC.loader is None:
    raise ImportError(f"{_HERE}/__init__.py is missing: copy the whole folder")
sys.modules["policy"] = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(sys.modules["policy"])

from policy.adapter import registered  # noqa: E402 - only now there is such a package
from policy.catalogue import RULES  # noqa: E402
from policy.serving import serve  # noqa: E402
from policy.session import Session  # noqa: E402

SESSION = Session()
serve("trade-matching-policies", RULES, [registered(rule, SESSION) for rule in RULES], SESSION)
