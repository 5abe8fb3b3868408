import os
from collections.abc import Iterator

import pytest
from moto import mock_aws

from components.settings import Settings, read
from operate.asking import Place
from operate.opening import opened
from tests.support.engine import ROOT


@pytest.fixture
def account(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Put moto's account, in this process, under boto3; commands run in the project's folder."""
    for name in [one for one in os.environ if one.startswith(("AWS_", "PULUMI_")) or one == "EMBEDDED"]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "testing")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "testing")
    monkeypatch.chdir(ROOT)
    with mock_aws():
        yield


@pytest.fixture
def settings() -> Settings:
    return read("local", ROOT)


@pytest.fixture
def place(account: None) -> Place:  # noqa: ARG001 - it is asked who calls
    return opened("local", ROOT)[0]
