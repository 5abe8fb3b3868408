"""AWS that cannot be reached, or is asked too often: said at once, given up soon, and told as what it is."""

from typing import Any

import pytest
from botocore.awsrequest import AWSResponse
from botocore.retries.bucket import TokenBucket
from botocore.retries.standard import ThrottledRetryableChecker

from tests.support.commands import tms
from tests.support.engine import ROOT
from toolkit.aws.calls import AwsError
from toolkit.aws.retries import ATTEMPTS, TIMEOUTS, TOO_OFTEN
from toolkit.errors import IDENTITY, UNABLE, CommandError
from toolkit.operate.context import StackAccount, open_stack

NETWORK = "check network, proxy (HTTPS_PROXY) or endpoint (AWS_ENDPOINT_URL), then run this again"


@pytest.fixture
def patient(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Give the seconds that botocore would have slept; it does not sleep."""

    def unlimited(*_: object, **__: object) -> bool:
        return True

    slept: list[float] = []
    monkeypatch.setattr("botocore.endpoint.time.sleep", slept.append)
    # the adaptive mode's own limit on how often it asks waits on a condition, up to 20 seconds a test
    monkeypatch.setattr(TokenBucket, "acquire", unlimited)
    return slept


@pytest.mark.usefixtures("patient")
@pytest.mark.parametrize("form", [(), ("--json",)])
def test_an_endpoint_that_is_down_is_the_network_and_is_tried_a_few_times(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], form: tuple[str, ...]
) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:9")
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "a")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "b")
    monkeypatch.delenv("EMBEDDED", raising=False)
    monkeypatch.chdir(ROOT)
    assert tms(monkeypatch, "queues", "--stack", "local", *form) == UNABLE
    captured = capsys.readouterr()
    waiting, line = captured.err.splitlines()
    assert waiting == "tms: GetCallerIdentity: EndpointConnectionError; waiting, and trying again"
    assert line.startswith("tms: sts:GetCallerIdentity on the caller: EndpointConnectionError: ")
    assert line.endswith(NETWORK)
    assert bool(captured.out) is bool(form)


def test_the_network_is_given_up_after_a_few_attempts(
    monkeypatch: pytest.MonkeyPatch, patient: list[float]
) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:9")
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "a")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "b")
    with pytest.raises(AwsError, match="EndpointConnectionError"):
        open_stack("local", ROOT)
    assert len(patient) == ATTEMPTS - 1
    assert TIMEOUTS["connect_timeout"] <= 10


def test_a_profile_that_is_not_there_is_one_of_credentials(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_PROFILE", "nobody")
    with pytest.raises(CommandError, match=r"ProfileNotFound: .*nobody.*; sign in again") as caught:
        open_stack("local", ROOT)
    assert caught.value.exit_code == IDENTITY


def answering(stack: StackAccount, service: str, code: str, status: int, times: int) -> list[int]:
    """Have a service fail the next calls, before they are sent."""
    calls: list[int] = []

    def answer(request: Any, **_arguments: object) -> AWSResponse | None:  # noqa: ANN401 - botocore's request
        calls.append(1)
        if len(calls) > times:
            return None
        body = f'{{"__type": "{code}", "message": "no"}}'.encode()

        class Raw:
            def stream(self, **_kwargs: object) -> list[bytes]:
                return [body]

        headers = {"x-amzn-errortype": code, "content-type": "application/x-amz-json-1.0"}
        return AWSResponse(request.url, status, headers, Raw())

    stack.account.client(service).meta.events.register_first("before-send", answer)
    return calls


@pytest.mark.usefixtures("account", "patient")
@pytest.mark.parametrize(("code", "status"), [("ThrottlingException", 400), ("RequestThrottled", 400)])
def test_throttling_is_waited_for_and_said_once(code: str, status: int) -> None:
    messages: list[str] = []
    stack, _ = open_stack("local", ROOT, messages.append)
    calls = answering(stack, "dynamodb", code, status, 2)
    assert stack.ask("dynamodb", "list_tables", "tables")["TableNames"] == []
    assert (len(calls), messages) == (3, [f"ListTables: {code}; waiting, and trying again"])


@pytest.mark.usefixtures("account", "patient")
@pytest.mark.parametrize(
    ("code", "status", "step"),
    [
        *((code, 400, "AWS is asked too often: wait a minute, then run this again") for code in ("RequestThrottled", "ThrottlingException", "SlowDown", "TooManyRequestsException")),
        ("ServiceUnavailable", 503, "AWS fails on its own side: wait a minute, then run this again"),
        ("503", 503, "AWS fails on its own side: wait a minute, then run this again"),
        ("InternalServerError", 500, "AWS fails on its own side: wait a minute, then run this again"),
        ("ExpiredTokenException", 400, "sign in again, for instance `aws sso login`"),
    ],
)  # fmt: skip
def test_what_does_not_end_is_told_by_name(code: str, status: int, step: str) -> None:
    stack, _ = open_stack("local", ROOT)
    answering(stack, "dynamodb", code, status, 100)
    with pytest.raises(AwsError) as caught:
        stack.ask("dynamodb", "list_tables", "tables")
    assert caught.value.name == code
    assert caught.value.next_step == step


def test_every_code_that_botocore_backs_off_from_is_known() -> None:
    codes = set(ThrottledRetryableChecker._THROTTLED_ERROR_CODES)  # pyright: ignore[reportPrivateUsage]  # noqa: SLF001 - there is no other list
    assert codes <= TOO_OFTEN
