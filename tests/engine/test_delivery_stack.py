"""The delivery's own stack comes up under the pack, and a second preview has nothing to do."""

from pathlib import Path

import pytest

from tests.support.engine import ROOT, Engine

pytestmark = pytest.mark.engine
_STACK = ("-C", "stacks/delivery", "--stack", "local")
_PACK = ("--policy-pack", "../../policy")


def test_provider_roles_state_and_key_come_up_and_stay(engine: Engine) -> None:
    made = engine.succeed(*_STACK, "up", "--yes", "--skip-preview", *_PACK)
    assert "PULUMI_BACKEND_URL" in made
    assert ":role/trade-matching-delivery-deploy" in made
    engine.succeed(*_STACK, "preview", "--expect-no-changes", *_PACK)
    engine.succeed(*_STACK, "refresh", "--yes", "--skip-preview")
    engine.succeed(*_STACK, "preview", "--expect-no-changes", *_PACK)
    refused = engine.run(*_STACK, "destroy", "--yes", "--skip-preview")
    assert refused.returncode != 0
    assert "protect" in refused.stdout
    assert not (Path(ROOT) / "stacks" / "delivery" / ".pulumi").exists()
