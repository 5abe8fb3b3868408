"""The system with all that is optional switched on: it comes up, stays as it is, and is adopted."""

import json
from collections.abc import Iterator

import pytest

from tests.support.engine import PACK, end
from tests.support.estate import Estate
from tests.support.stackfile import everything

pytestmark = pytest.mark.engine


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Estate]:
    """Give a hand-made estate of everything."""
    home = tmp_path_factory.mktemp("everything")
    estate = Estate(home, tmp_path_factory.mktemp("project") / "system", everything("local"))
    yield estate
    end(estate.environment)


def test_everything_is_adopted_as_it_is_and_a_preview_under_the_pack_shows_no_change(whole: Estate) -> None:
    whole.reset()
    found = json.loads(whole.expect(0, "run", "--json").partition("\nready:")[0])
    assert found["coverage"]["found"] == found["coverage"]["declared"]
    assert not found["differences"]
    whole.expect(0, "apply", "--yes")
    whole.expect(0, "prove")
    at = ("--stack", "local", "--config-file", whole.settings)
    whole.engine.succeed("preview", *at, "--expect-no-changes", *PACK)
    whole.engine.succeed("refresh", *at, "--yes", "--skip-preview")
    whole.engine.succeed("preview", *at, "--expect-no-changes")
