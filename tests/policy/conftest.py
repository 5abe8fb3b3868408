"""What the tests of the pack share."""

from collections.abc import Iterator

import pytest

from tests.support.served import Served


@pytest.fixture(scope="session")
def served() -> Iterator[Served]:
    """Run the pack in a process of its own, as the engine does."""
    pack = Served()
    yield pack
    pack.close()
