import pytest

from components.settings import Settings, read
from embedded.aws.corrections import bedrock
from operate.asking import Place
from operate.opening import opened
from tests.support.engine import ROOT


@pytest.fixture
def settings() -> Settings:
    return read("local", ROOT)


@pytest.fixture
def place(account: None) -> Place:  # noqa: ARG001 - it is asked who calls
    bedrock.tell_of_models()
    return opened("local", ROOT)[0]
