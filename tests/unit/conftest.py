from collections.abc import Generator
from copy import deepcopy
from functools import cache
from pathlib import Path

import pytest

from components.settings import yamlfile
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


@pytest.fixture(scope="session", autouse=True)
def parsed_once() -> Generator[None]:
    """Parse each text of YAML once; the settings of a stack are seven, and half of the tests read them."""
    parse = cache(yamlfile.read)

    def read(text: str, *, aliases: bool = False) -> object:
        return deepcopy(parse(text, aliases=aliases))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(yamlfile, "read", read)
        yield
