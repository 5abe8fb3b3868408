"""The live account, read only: who we are, and what is there.

Every client refuses, before it is sent, any call that could change something.
"""

import os
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from adopt.model import IDENTITY, Stop

_READS = re.compile(r"(Get|List|Describe|Head|BatchGet)[A-Z]\w*")
_DENIED = frozenset(
    ["AccessDenied", "AccessDeniedException", "UnauthorizedOperation", "AuthorizationError", "403"]
)
_AT_ONCE = 4


class ForbiddenError(Exception):
    """A call that could change AWS was about to be made."""


def _only_reads(model: Any, **_rest: object) -> None:  # noqa: ANN401 - botocore's operation model
    if _READS.fullmatch(model.name) is None:
        raise ForbiddenError(
            f"{model.service_model.service_name}:{model.name} is not a read; adoption only reads"
        )


@dataclass(frozen=True)
class Listing:
    """How resources of a type are listed.

    Attributes:
        type: Type token.
        service: boto3's name of the service.
        operation: The operation, in boto3's spelling; it can be paged unless `paged` is false.
        key: Where the answer holds them.
        name: The field that names one; empty if the answer holds names.
        action: The IAM action that it takes.
        paged: Whether there is a paginator.
        page: How many to ask for at once, where a service gives one page and no more unless it is said.
    """

    type: str
    service: str
    operation: str
    key: str
    name: str
    action: str
    paged: bool = True
    page: int | None = None


LISTINGS = (
    Listing("aws:dynamodb/table:Table", "dynamodb", "list_tables", "TableNames", "", "dynamodb:ListTables"),
    Listing("aws:s3/bucket:Bucket", "s3", "list_buckets", "Buckets", "Name", "s3:ListAllMyBuckets"),
    # https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ListQueues.html: MaxResults
    Listing("aws:sqs/queue:Queue", "sqs", "list_queues", "QueueUrls", "", "sqs:ListQueues", page=1000),
    Listing("aws:iam/role:Role", "iam", "list_roles", "Roles", "RoleName", "iam:ListRoles"),
    Listing(
        "aws:cloudwatch/logGroup:LogGroup",
        "logs",
        "describe_log_groups",
        "logGroups",
        "logGroupName",
        "logs:DescribeLogGroups",
    ),
    Listing(
        "aws:cloudwatch/metricAlarm:MetricAlarm",
        "cloudwatch",
        "describe_alarms",
        "MetricAlarms",
        "AlarmName",
        "cloudwatch:DescribeAlarms",
    ),
    Listing("aws:sns/topic:Topic", "sns", "list_topics", "Topics", "TopicArn", "sns:ListTopics"),
    Listing(
        "aws:lambda/function:Function",
        "lambda",
        "list_functions",
        "Functions",
        "FunctionName",
        "lambda:ListFunctions",
    ),
    Listing(
        "aws:ecr/repository:Repository",
        "ecr",
        "describe_repositories",
        "repositories",
        "repositoryName",
        "ecr:DescribeRepositories",
    ),
    Listing(
        "aws:cloudtrail/trail:Trail",
        "cloudtrail",
        "list_trails",
        "Trails",
        "TrailARN",
        "cloudtrail:ListTrails",
    ),
)
# What AWS makes by itself: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
_OF_AWS = re.compile(r"AWSServiceRoleFor\w+|AWSReservedSSO_.+|OrganizationAccountAccessRole")


class Account:
    """An AWS account, through clients that only read."""

    def __init__(self, region: str) -> None:
        """Use the default credential chain in a region."""
        self.region = region
        retries = {"mode": "adaptive", "max_attempts": 10}
        self._config = Config(retries=retries, max_pool_connections=_AT_ONCE * 2)  # pyright: ignore[reportArgumentType]
        self._session = boto3.Session(region_name=region)
        self._session.events.register("before-call", _only_reads)

    def client(self, service: str) -> Any:  # noqa: ANN401 - boto3 makes clients at run time
        """Give a client that only reads."""
        return self._session.client(service, config=self._config)  # pyright: ignore[reportCallIssue,reportArgumentType]

    def identity(self) -> tuple[str, str]:
        """Give (account id, ARN of who we are).

        Raises:
            Stop: There are no credentials, or AWS does not answer.
        """
        try:
            who = self.client("sts").get_caller_identity()
        except (BotoCoreError, ClientError) as error:
            raise Stop(
                IDENTITY,
                f"AWS does not say who we are ({_words(error)}); sign in, for instance `aws sso login`",
            ) from error
        return str(who["Account"]), str(who["Arn"])

    def static_keys(self) -> str | None:
        """Name the source of credentials if they are long-lived keys."""
        found = self._session.get_credentials()
        if found is None or found.token or os.environ.get("AWS_ENDPOINT_URL", "").startswith("http://127."):
            return None
        return (
            f"profile {self._session.profile_name}"
            if found.method == "shared-credentials-file"
            else found.method
        )

    def listed(self) -> dict[str, set[str] | str]:
        """Give, by type, the names of all that is there; or why they are not known."""
        with ThreadPoolExecutor(_AT_ONCE) as pool:
            return dict(zip((one.type for one in LISTINGS), pool.map(self._names, LISTINGS), strict=True))

    def _names(self, listing: Listing) -> set[str] | str:
        try:
            return {one for one in self._pages(listing) if not _OF_AWS.fullmatch(one)}
        except ClientError as error:
            code = str(error.response["Error"]["Code"])
            return f"{listing.action} is refused ({code})" if code in _DENIED else f"{listing.action}: {code}"
        except BotoCoreError as error:
            return f"{listing.action}: {_words(error)}"

    def _pages(self, listing: Listing) -> Iterator[str]:
        client = self.client(listing.service)
        if client.can_paginate(listing.operation):
            pages = client.get_paginator(listing.operation).paginate(
                PaginationConfig={"PageSize": listing.page}
            )
        else:
            pages = [getattr(client, listing.operation)()]
        for page in pages:
            for one in page.get(listing.key, ()):
                yield str(one[listing.name]) if listing.name else str(one)


def _words(error: Exception) -> str:
    return str(error).splitlines()[0].rstrip(".")
