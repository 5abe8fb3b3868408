"""Calls to AWS, whose failures are one line with code, call, resource and next step."""

from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, TypeVar

from botocore.exceptions import BotoCoreError, ClientError

from toolkit.aws.account import AT_ONCE, Account
from toolkit.aws.retries import TOO_OFTEN
from toolkit.console import printable
from toolkit.errors import IDENTITY, UNABLE, CommandError

_Item = TypeVar("_Item")
_Answer = TypeVar("_Answer")
OPERATIONS = (
    *("bedrock:GetFoundationModel", "bedrock:GetInferenceProfile"),
    *("bedrock-agentcore-control:GetAgentRuntime", "bedrock-agentcore-control:ListAgentRuntimeEndpoints"),
    *("bedrock-agentcore-control:ListAgentRuntimes", "cloudwatch:GetMetricData"),
    *("dynamodb:BatchGetItem", "dynamodb:DescribeTable", "dynamodb:GetResourcePolicy"),
    *("dynamodb:Query", "dynamodb:Scan"),
    *("iam:GetPolicy", "iam:GetPolicyVersion", "iam:GetRole", "iam:GetRolePolicy"),
    *("iam:ListAttachedRolePolicies", "iam:ListRolePolicies", "kms:GetKeyPolicy"),
    *("logs:DescribeLogGroups", "logs:DescribeLogStreams", "logs:FilterLogEvents"),
    *("s3:GetBucketPolicy", "s3:GetBucketVersioning", "s3:HeadBucket"),
    *("sqs:GetQueueAttributes", "sqs:GetQueueUrl"),
)
"""Every operation that the commands which look call; any other is refused before it is sent."""
PERMISSIONS = "toolkit/operate/read-only-policy.json"
DENIED = frozenset(["AccessDenied", "AccessDeniedException", "UnauthorizedOperation", "403"])
ABSENT = frozenset(
    [
        *("ResourceNotFoundException", "NoSuchEntity", "NoSuchBucket", "NotFoundException", "404"),
        *("AWS.SimpleQueueService.NonExistentQueue", "QueueDoesNotExist"),
    ]
)
_SIGNED_OUT = frozenset(
    [
        *("ExpiredToken", "ExpiredTokenException", "InvalidClientTokenId", "InvalidToken"),
        *("UnrecognizedClientException", "SignatureDoesNotMatch", "RequestExpired"),
    ]
)
_NO_CREDENTIALS = frozenset(
    [
        *("NoCredentialsError", "PartialCredentialsError", "CredentialRetrievalError", "ProfileNotFound"),
        *("SSOTokenLoadError", "UnauthorizedSSOTokenError", "TokenRetrievalError", "NoAuthTokenError"),
    ]
)
_UNREACHABLE = frozenset(
    [
        *("EndpointConnectionError", "ConnectTimeoutError", "ReadTimeoutError", "ConnectionClosedError"),
        *("ProxyConnectionError", "SSLError", "HTTPClientError", "ConnectionError"),
    ]
)
_FAILS = frozenset(
    [
        *("500", "502", "503", "504", "InternalError", "InternalFailure", "InternalServerError"),
        *("InternalServerException", "InternalServiceError", "ServiceFailure", "ServiceUnavailable"),
        *("ServiceUnavailableException", "RequestTimeout", "RequestTimeoutException"),
    ]
)
# boto3's name of a service, where IAM has another
_SERVICES = {"bedrock-agentcore-control": "bedrock-agentcore"}
# An operation whose action has another name: service authorization reference, Amazon S3
_ACTIONS = {"s3:HeadBucket": "s3:ListBucket"}


class AwsError(CommandError):
    """A call failed.

    Attributes:
        name: The error's code, such as `ResourceNotFoundException`, or the name of boto3's own error.
    """

    def __init__(self, name: str, message: str, next_step: str) -> None:
        """Keep the parts; expired or missing credentials have an exit code of their own."""
        signed_out = name in _SIGNED_OUT | _NO_CREDENTIALS
        super().__init__(IDENTITY if signed_out else UNABLE, message, next_step)
        self.name = name


_STEPS: tuple[tuple[frozenset[str], str], ...] = (
    (ABSENT, "see that it exists, and is named so in the stack's file"),
    (_SIGNED_OUT | _NO_CREDENTIALS, "sign in again, for instance `aws sso login`"),
    (_UNREACHABLE, "check network, proxy (HTTPS_PROXY) or endpoint (AWS_ENDPOINT_URL), then run this again"),
    (TOO_OFTEN | {"UnprocessedKeys"}, "AWS is asked too often: wait a minute, then run this again"),
    (_FAILS, "AWS fails on its own side: wait a minute, then run this again"),
)


def _next_step(name: str, call: str) -> str:
    """Return what to do about an error of a name."""
    if name in DENIED:
        return f"let who calls have {_ACTIONS.get(call, call)}, as {PERMISSIONS} does"
    return next((step for names, step in _STEPS if name in names), "mend what AWS names, then run this again")


def failed(name: str, call: str, about: str, message: str) -> AwsError:
    """Return the error of a call.

    Args:
        name: The error's code, or the name of boto3's own error.
        call: What was called, such as `sqs:GetQueueUrl`.
        about: How a message names what the call is about.
        message: The text of the error.
    """
    text = printable(" ".join(message.split())).rstrip(".")
    return AwsError(name, f"{call} on {about}: {name}{f': {text}' if text else ''}", _next_step(name, call))


@dataclass(frozen=True)
class AwsCalls:
    """Calls to one account, each of which raises an `AwsError` where it fails.

    Attributes:
        account: Clients that only read.
    """

    account: Account

    @contextmanager
    def _client(self, service: str, operation: str, about: str) -> Generator[Any]:
        """Yield a client; whatever a call with it raises becomes an `AwsError`."""
        try:
            client = self.account.client(service)
            action = client.meta.method_to_api_mapping[operation]
        except BotoCoreError as error:
            raise failed(type(error).__name__, service, about, str(error)) from error
        call = f"{_SERVICES.get(service, service)}:{action}"
        try:
            yield client
        except ClientError as error:
            details = error.response["Error"]
            raise failed(str(details.get("Code")), call, about, str(details.get("Message", ""))) from error
        except BotoCoreError as error:
            raise failed(type(error).__name__, call, about, str(error)) from error

    def ask(self, service: str, operation: str, about: str, **arguments: Any) -> Mapping[str, Any]:  # noqa: ANN401 - the operation's own
        """Make one call.

        Args:
            service: boto3's name of the service.
            operation: boto3's name of the operation.
            about: How a message names what the call is about.
            arguments: Those of the operation.

        Raises:
            AwsError: It failed.
        """
        with self._client(service, operation, about) as client:
            return getattr(client, operation)(**arguments)

    def pages(
        self,
        service: str,
        operation: str,
        about: str,
        **arguments: Any,  # noqa: ANN401 - as above
    ) -> Iterator[Mapping[str, Any]]:
        """Yield all pages of an answer; takes and raises what `ask` does."""
        with self._client(service, operation, about):
            yield from self.account.pages(service, operation, **arguments)


def in_parallel(ask: Callable[[_Item], _Answer], items: Iterable[_Item]) -> list[_Answer]:
    """Return the answer for each item, in order; a few are asked at once, within the services' limits."""
    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(ask, items))
