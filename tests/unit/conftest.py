from collections.abc import Generator
from pathlib import Path

import pytest

from tests.support.fixtures import account
from tests.support.in_process import check_in_process, in_process

__all__ = ["account"]  # a fixture
HERE = Path(__file__).parent


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """Keep each test of this folder, with its fixtures, in this process; pytest calls this for all folders."""
    if HERE not in item.path.parents:
        return (yield)
    with in_process():
        return (yield)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call() -> Generator[None, object, object]:
    """Fail a test also when its code swallowed the refusal."""
    result = yield
    check_in_process()
    return result
