import pytest

from components.settings import Settings, read
from embedded.aws.moto_patches import bedrock
from tests.support.engine import ROOT
from toolkit.operate.context import StackAccount, opened


@pytest.fixture
def settings() -> Settings:
    return read("local", ROOT)


@pytest.fixture
def place(account: None) -> StackAccount:  # noqa: ARG001 - it is asked who calls
    bedrock.tell_of_models()
    return opened("local", ROOT)[0]
