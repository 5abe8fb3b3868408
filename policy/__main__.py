"""The pack's start, as the engine runs it; the SDK's server takes the process over and prints its port."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from policy.adapter import registered
from policy.catalogue import RULES
from policy.serving import serve
from policy.session import Session

SESSION = Session()
serve("trade-matching-policies", [registered(rule, SESSION) for rule in RULES], SESSION)
