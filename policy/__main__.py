"""The pack's start, as the engine runs it; the SDK's server takes the process over and prints its port."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from pulumi_policy import PolicyPack

from policy.adapter import registered
from policy.catalogue import RULES
from policy.session import Session

SESSION = Session()
PolicyPack("trade-matching-policies", [registered(rule, SESSION) for rule in RULES])
