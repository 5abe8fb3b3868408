"""Ids, ARNs and addresses are those of the partition that a region is in."""

import pytest

from components.naming import Naming
from toolkit.aws.location import Location
from toolkit.aws.resource_location import ResourceLocation, queue_region, resource_location, unqualified
from toolkit.aws.types import TYPES, find
from toolkit.stack_report import console_links

ACCOUNT = "123456789012"
# Region, partition, DNS suffix, host of the console
PARTITIONS = [
    ("us-east-1", "aws", "amazonaws.com", "console.aws.amazon.com"),
    ("us-gov-west-1", "aws-us-gov", "amazonaws.com", "console.amazonaws-us-gov.com"),
    ("cn-north-1", "aws-cn", "amazonaws.com.cn", "console.amazonaws.cn"),
]
INPUTS = {
    name: f"a-{name}"
    for name in [
        "alarmName",
        "apiId",
        "arn",
        "bucket",
        "dashboardName",
        "domain",
        "domainName",
        "function",
        "functionName",
        "groupName",
        "identifier",
        "key",
        "keyId",
        "logGroup",
        "logGroupName",
        "name",
        "policyArn",
        "policyName",
        "providerName",
        "queueUrl",
        "repository",
        "resourceArn",
        "role",
        "rule",
        "secretArn",
        "statementId",
        "streamArn",
        "tableName",
        "targetId",
        "url",
        "userPoolId",
    ]
}
IDS = sorted(token for token, record in TYPES.items() if record.import_id)
PAGES = sorted(token for token, record in TYPES.items() if record.console)


def derived(token: str, region: str) -> str:
    derive = find(token).import_id
    identity = derive(INPUTS, Location(ACCOUNT, region)) if derive else None
    assert identity
    return identity


@pytest.mark.parametrize(("region", "partition", "suffix", "_host"), PARTITIONS)
@pytest.mark.parametrize("token", IDS)
def test_an_id_is_derived_in_the_partition_of_its_region(
    token: str, region: str, partition: str, suffix: str, _host: str
) -> None:
    identity = derived(token, region)
    if identity.startswith("arn:"):
        assert identity.split(":")[1] == partition
    if identity.startswith("https:"):
        assert identity == f"https://sqs.{region}.{suffix}/{ACCOUNT}/a-name"


@pytest.mark.parametrize("region", [region for region, *_ in PARTITIONS])
def test_ids_are_those_that_the_program_computes(region: str) -> None:
    naming = Naming(region, ACCOUNT)
    assert derived("aws:sns/topic:Topic", region) == naming.topic("a-name")
    assert derived("aws:sqs/queue:Queue", region) == naming.queue_url("a-name")
    assert derived("aws:cloudtrail/trail:Trail", region) == naming.trail("a-name")
    assert derived("aws:iam/policy:Policy", region) == naming.policy("a-name")
    assert derived("aws:iam/openIdConnectProvider:OpenIdConnectProvider", region) == naming.oidc_provider(
        "a-url"
    )


@pytest.mark.parametrize(("region", "partition", "suffix", "host"), PARTITIONS)
@pytest.mark.parametrize("token", PAGES)
def test_a_page_is_in_the_console_of_its_partition(
    token: str, region: str, partition: str, suffix: str, host: str
) -> None:
    address = console_links.page(token, "it", Location(ACCOUNT, region))
    assert address.startswith((f"https://{region}.{host}/", f"https://{host}/"))
    if "arn:" in address:
        assert f"arn:{partition}:" in address
    if "sqs." in address:
        assert f"sqs.{region}.{suffix}%2F{ACCOUNT}%2Fit" in address
    assert "{" not in address


def test_a_partition_whose_console_is_not_known_has_no_link() -> None:
    assert console_links.page("aws:sqs/queue:Queue", "it", Location(ACCOUNT, "us-iso-east-1")) == ""


@pytest.mark.parametrize(("region", "suffix"), [(region, suffix) for region, _, suffix, _ in PARTITIONS])
def test_a_queue_is_known_by_either_form_of_its_url(region: str, suffix: str) -> None:
    for host in (f"sqs.{region}.{suffix}", f"{region}.queue.{suffix}"):
        url = f"https://{host}/{ACCOUNT}/trades"
        assert queue_region(url) == region
        assert unqualified(url) == "trades"
        location = resource_location("aws:sqs/queue:Queue", url, ResourceLocation(None, None))
        assert location == ResourceLocation(ACCOUNT, region)


@pytest.mark.parametrize(
    ("url", "region"),
    [
        ("https://queue.amazonaws.com/123456789012/trades", "us-east-1"),
        ("http://127.0.0.1:5000/123456789012/trades", ""),
        ("trades", ""),
        ("", ""),
    ],
)
def test_the_oldest_url_and_what_is_none(url: str, region: str) -> None:
    assert queue_region(url) == region
