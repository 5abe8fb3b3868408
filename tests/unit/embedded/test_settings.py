import pytest

from embedded.aws.plugin.settings import DEFAULT_ACCOUNT, is_loopback, parse

HERE = {"AWS_ENDPOINT_URL": "http://127.0.0.1:5000"}


@pytest.mark.parametrize(
    "url",
    ["http://127.0.0.1:1", "http://127.9.9.9", "http://localhost:80/", "http://[::1]:9", "https://127.0.0.1"],
)
def test_loopback_is_loopback(url: str) -> None:
    assert is_loopback(url)


@pytest.mark.parametrize(
    "url",
    [
        "https://dynamodb.us-east-1.amazonaws.com",
        "http://10.0.0.1",
        "http://0.0.0.0:80",
        "http://localhost.example.com",
        "http://127.0.0.1.example.com",
        "http://127.0.0.1@example.com",
        "http://example.com#127.0.0.1",
        "ftp://127.0.0.1",
        "127.0.0.1:80",
        "http://[::ffff:10.0.0.1]",
        "http://2130706433.example.com",
        "",
    ],
)
def test_anything_else_is_not(url: str) -> None:
    assert not is_loopback(url)


@pytest.mark.parametrize(
    ("config", "environment", "problem"),
    [
        ({}, {}, "AWS_ENDPOINT_URL is not set"),
        ({}, {"AWS_ENDPOINT_URL": "https://sts.amazonaws.com"}, "https://sts.amazonaws.com of all services"),
        ({}, {**HERE, "AWS_ENDPOINT_URL_S3": "https://s3.amazonaws.com"}, "https://s3.amazonaws.com of s3"),
        ({"endpoints": [{"sqs": "https://x.example"}]}, HERE, "https://x.example of sqs is not on loopback"),
        (
            {"endpoints": '[{"sqs": "https://x.example"}]'},
            HERE,
            "https://x.example of sqs is not on loopback",
        ),
        ({"endpoints": [{"sqs": "http://127.0.0.1:1"}]}, {}, "AWS_ENDPOINT_URL is not set"),
        ({"allowedAccountIds": ["12345678901"]}, HERE, "aws:allowedAccountIds has '12345678901'"),
        ({"allowedAccountIds": '["TO BE SET"]'}, HERE, "aws:allowedAccountIds has 'TO BE SET'"),
    ],
)
def test_a_configuration_that_is_incomplete_or_leads_away_is_refused(
    config: dict[str, object], environment: dict[str, str], problem: str
) -> None:
    _, problems = parse({"region": "us-east-1", **config}, environment)
    assert len(problems) == 1
    assert problem in problems[0][1]


def test_a_configuration_without_a_region_is_refused() -> None:
    _, problems = parse({}, HERE)
    assert problems == [
        ("region", "aws:region is not set; set it with: pulumi config set aws:region us-east-1")
    ]


def test_the_first_allowed_account_is_the_one_acted_in() -> None:
    config: dict[str, object] = {
        "region": "us-east-1",
        "allowedAccountIds": '["222222222222", "333333333333"]',
    }
    parsed, problems = parse(config, HERE)
    assert problems == []
    assert parsed.account == "222222222222"
    assert parse({"region": "us-east-1"}, HERE)[0].account == DEFAULT_ACCOUNT


def test_default_tags_are_read_in_both_forms_that_the_engine_sends() -> None:
    tags = {"Team": "x"}
    for value in ({"tags": tags}, '{"tags": {"Team": "x"}, "__defaults": []}'):
        assert parse({"region": "us-east-1", "defaultTags": value}, HERE)[0].default_tags == tags
