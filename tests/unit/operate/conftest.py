import pytest

from components.settings import Settings, read
from embedded.aws.moto_patches import bedrock
from tests.support.engine import ROOT
from toolkit.operate.context import StackAccount, open_stack


@pytest.fixture
def settings() -> Settings:
    return read("local", ROOT)


@pytest.fixture
def aws(account: None) -> StackAccount:  # noqa: ARG001 - the caller is looked up
    bedrock.tell_of_models()
    return open_stack("local", ROOT)[0]
