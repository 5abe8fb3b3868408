"""What a difference comes from, what an update would do about it, and that its mend can be pasted."""

import ast
from typing import Any

import pytest
import yaml

from tests.unit.adopt.test_resolver import target
from toolkit.adopt.diff import differences
from toolkit.adopt.diff_causes import explained
from toolkit.adopt.mapping import agree
from toolkit.adopt.model import Difference
from toolkit.adopt.setting_of_property import Written
from toolkit.adopt.suggested_edits import namer

FILE = "Pulumi.s.yaml"
DESCRIBED = {
    "p:queues": "name; and may have visibilityTimeoutSeconds (30-300), pointInTimeRecovery, rangeKey, receive.delay",
}


def told(
    token: str,
    path: str,
    before: dict[str, Any],
    after: dict[str, Any],
    kind: str = "update",
    config: dict[str, Any] | None = None,
) -> Difference:
    """Give the difference of one property of `it`, as a step of the engine has it."""
    step = {
        "urn": f"urn:pulumi:s::p::{token}::it",
        "op": "replace" if "replace" in kind else "update",
        "oldState": {"inputs": before},
        "newState": {"inputs": after},
        "detailedDiff": {path: {"kind": kind}},
    }
    (difference,) = differences(step, set())
    return explained(difference, step, Written(FILE, config or {}, DESCRIBED))


TABLE, QUEUE, ROLE = "aws:dynamodb/table:Table", "aws:sqs/queue:Queue", "aws:iam/role:Role"
BUCKET, LAMBDA, KEY = "aws:s3/bucket:Bucket", "aws:lambda/function:Function", "aws:kms/key:Key"
CLIENT = "aws:cognito/userPoolClient:UserPoolClient"
SECRET, SUBSCRIPTION = "aws:secretsmanager/secret:Secret", "aws:sns/topicSubscription:TopicSubscription"
RUNTIME = "aws:bedrock/agentcoreAgentRuntime:AgentcoreAgentRuntime"
SSE = "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration"
VERSION = "aws:secretsmanager/secretVersion:SecretVersion"
AES = {"applyServerSideEncryptionByDefault": {"sseAlgorithm": "AES256"}}
IN_PLACE, STATE_ONLY, UNREADABLE = "updated in place", "nothing sent to AWS", "cannot be read back"


@pytest.mark.parametrize(
    ("difference", "cause", "consequence"),
    [
        # What the provider takes where the program says nothing
        (
            told(
                QUEUE,
                "maxMessageSize",
                {"maxMessageSize": 9},
                {"maxMessageSize": 5, "__defaults": ["maxMessageSize"]},
            ),
            "provider default",
            IN_PLACE,
        ),
        (told(QUEUE, "maxMessageSize", {"maxMessageSize": 9}, {}), "provider default", IN_PLACE),
        (told(ROLE, "path", {"path": "/a/"}, {}, "delete-replace"), "provider default", "replaced"),
        (
            told(ROLE, "name", {"name": "a"}, {"name": "b", "__defaults": ["name"]}, "update-replace"),
            "no name declared",
            "replaced",
        ),
        (
            told(
                BUCKET,
                "rules[0].days",
                {"rules": [{"days": 1}]},
                {"rules": [{"days": 2, "__defaults": ["days"]}]},
            ),
            "provider default",
            IN_PLACE,
        ),
        # Never read, and not sent either
        (
            told(SECRET, "recoveryWindowInDays", {}, {"recoveryWindowInDays": 30}),
            "default never read",
            STATE_ONLY,
        ),
        (
            told(SUBSCRIPTION, "confirmationTimeoutInMinutes", {}, {"confirmationTimeoutInMinutes": 1}),
            "default never read",
            STATE_ONLY,
        ),
        (told(BUCKET, "forceDestroy", {}, {"forceDestroy": False}), "default never read", STATE_ONLY),
        (told(KEY, "deletionWindowInDays", {}, {"deletionWindowInDays": 7}), "not read back", STATE_ONLY),
        # Write-only
        (told(LAMBDA, "sourceCodeHash", {}, {"sourceCodeHash": "a"}), "not read back", UNREADABLE),
        (told(VERSION, "secretString", {}, {"secretString": "a"}), "not read back", UNREADABLE),
        (
            told(CLIENT, "generateSecret", {}, {"generateSecret": True}, "add-replace"),
            "not read back",
            "replaced",
        ),
        # Tags
        (told(TABLE, "tags.a", {"tags": {"a": "1"}}, {"tags": {"a": "2"}}), "tags", IN_PLACE),
        (told(TABLE, "tagsAll.a", {}, {"tagsAll": {"a": "2"}}), "default tags", IN_PLACE),
        # The same, written otherwise
        (
            told(ROLE, "policy", {"policy": '{"a":1,"b":2}'}, {"policy": '{"b": 2, "a": 1}'}),
            "order",
            IN_PLACE,
        ),
        (told(ROLE, "policy", {"policy": '{"a":["x"]}'}, {"policy": '{"a":"x"}'}), "form", IN_PLACE),
        (
            told(QUEUE, "redrivePolicy", {"redrivePolicy": '{"n":"5"}'}, {"redrivePolicy": '{"n":5}'}),
            "form",
            IN_PLACE,
        ),
        (
            told(
                ROLE,
                "policy",
                {"policy": '{"AWS":"arn:aws:iam::123456789012:root"}'},
                {"policy": '{"AWS":"123456789012"}'},
            ),
            "form",
            IN_PLACE,
        ),
        (
            told(ROLE, "policy", {"policy": '{"a":["x"]}'}, {"policy": '{"a":["x","y"]}'}),
            "declared otherwise",
            IN_PLACE,
        ),
        (told(BUCKET, "rules", {"rules": [1, 2]}, {"rules": [2, 1]}), "order", IN_PLACE),
        (
            told(
                BUCKET,
                "rules[0].id",
                {"rules": [{"id": "a"}, {"id": "b"}]},
                {"rules": [{"id": "b"}, {"id": "a"}]},
            ),
            "order",
            IN_PLACE,
        ),
        # AWS has more than is declared
        (
            told(
                SSE,
                "rules[0].bucketKeyEnabled",
                {"rules": [AES | {"bucketKeyEnabled": False}]},
                {"rules": [AES]},
                "delete",
            ),
            "not declared",
            IN_PLACE,
        ),
        (
            told(SSE, "rules", {"rules": [AES | {"bucketKeyEnabled": True}]}, {"rules": [AES]}),
            "not declared",
            IN_PLACE,
        ),
        (
            told(
                SSE,
                "rules",
                {"rules": [AES | {"bucketKeyEnabled": True}]},
                {"rules": [AES | {"bucketKeyEnabled": False}]},
            ),
            "declared otherwise",
            IN_PLACE,
        ),
        (
            told(TABLE, "ttl", {"ttl": {"attributeName": "", "enabled": False}}, {}, "delete"),
            "not declared",
            IN_PLACE,
        ),
        (told(TABLE, "readCapacity", {"readCapacity": 9}, {"readCapacity": 5}), "moves by itself", IN_PLACE),
        (
            told(TABLE, "hashKey", {"hashKey": "a"}, {"hashKey": "b"}, "update-replace"),
            "declared otherwise",
            "replaced",
        ),
    ],
)
def test_each_pitfall_has_its_cause_and_its_consequence(
    difference: Difference, cause: str, consequence: str
) -> None:
    assert (difference.cause, difference.consequence) == (cause, consequence)


def test_the_provider_s_default_is_told_though_the_program_says_something() -> None:
    declared = told(QUEUE, "visibilityTimeoutSeconds", {}, {"visibilityTimeoutSeconds": 300})
    silent = told(
        QUEUE,
        "maxMessageSize",
        {"maxMessageSize": 9},
        {"maxMessageSize": 5, "__defaults": ["maxMessageSize"]},
    )
    assert (declared.default, silent.default) == (30, 5)


@pytest.mark.parametrize(
    ("difference", "says"),
    [
        (
            told(RUNTIME, "description", {"description": "a"}, {"description": "b"}),
            (
                "an update publishes a new version of the runtime, to which its DEFAULT endpoint moves; what the "
                "provider does not model may be lost; it is agreed to by its own URN, not by a pattern"
            ),
        ),
        (told(LAMBDA, "code", {}, {"code": "a"}), "an update uploads the program's code over the live one"),
        (told(BUCKET, "rules", {"rules": [1, 2]}, {"rules": [2, 1]}), "it means the same in another order"),
        (
            told(TABLE, "tagsAll.a", {}, {"tagsAll": {"a": "2"}}),
            "the provider's defaultTags would be put on it",
        ),
        (
            told(CLIENT, "generateSecret", {}, {"generateSecret": True}, "add-replace"),
            "it would get a new client id and secret, and nobody signs in with the old ones",
        ),
        (
            told("aws:x/y:Z", "name", {"name": "a"}, {"name": "b"}, "update-replace"),
            "it would get a new id, and what refers to the live one would fail",
        ),
        (told(SECRET, "recoveryWindowInDays", {}, {"recoveryWindowInDays": 30}), ""),
    ],
)
def test_what_goes_with_an_update_is_told(difference: Difference, says: str) -> None:
    assert difference.effect == says


@pytest.mark.parametrize(
    ("difference", "edit", "remedy"),
    [
        (
            told(QUEUE, "fifoQueue", {"fifoQueue": True}, {}, "delete-replace"),
            "fifo_queue=True",
            "write the live one into fifo_queue of it in the program",
        ),
        (
            told(
                BUCKET,
                "rules[0].noncurrentVersionExpiration",
                {"rules": [{}]},
                {"rules": [{"noncurrentVersionExpiration": {}}]},
            ),
            "rules=[{}]",
            "write the live one into rules of it in the program",
        ),
        (
            told(
                TABLE,
                "pointInTimeRecovery.recoveryPeriodInDays",
                {"pointInTimeRecovery": {"enabled": True, "recoveryPeriodInDays": 7}},
                {},
            ),
            "point_in_time_recovery={'enabled': True, 'recovery_period_in_days': 7}",
            "write the live one into point_in_time_recovery of it in the program",
        ),
        (
            told(TABLE, "tags.costCentre", {"tags": {"costCentre": "live"}}, {"tags": {"costCentre": "a"}}),
            "tags={'costCentre': 'live'}",
            "write the live one into tags of it in the program",
        ),
        (
            told(
                LAMBDA,
                "environment.variables.logLevel",
                {"environment": {"variables": {"logLevel": "a"}}},
                {},
            ),
            "environment={'variables': {'logLevel': 'a'}}",
            "write the live one into environment of it in the program",
        ),
        (
            told(
                TABLE,
                "ttl.enabled",
                {"ttl": {"attributeName": "", "enabled": False}},
                {"ttl": {"enabled": True}},
            ),
            "ttl=None",
            "leave ttl of it in the program out",
        ),
        (
            told(BUCKET, "forceDestroy", {}, {"forceDestroy": True}),
            "force_destroy=None",
            "leave force_destroy of it in the program out",
        ),
        (
            told(CLIENT, "generateSecret", {}, {"generateSecret": True}, "add-replace"),
            'opts=pulumi.ResourceOptions(ignore_changes=["generateSecret"])',
            "put generateSecret into ignore_changes of it in the program",
        ),
        (
            told(TABLE, "readCapacity", {"readCapacity": 9}, {"readCapacity": 5}),
            'opts=pulumi.ResourceOptions(ignore_changes=["readCapacity"])',
            "put readCapacity into ignore_changes of it in the program",
        ),
    ],
)
def test_an_edit_of_the_program_is_a_keyword_argument_of_python(
    difference: Difference, edit: str, remedy: str
) -> None:
    head, _, text = difference.fix.partition("\n")
    assert head.startswith("# in the program, ")
    assert (text, difference.remedy) == (edit, remedy)
    call = ast.parse(f"f({difference.fix}\n)", mode="eval").body
    assert isinstance(call, ast.Call)
    assert len(call.keywords) == 1


@pytest.mark.parametrize("defaults", [["recoveryWindowInDays"], []], ids=["the provider's", "declared"])
def test_a_default_that_is_never_read_is_agreed_to_as_leaving_it_out_changes_nothing(
    defaults: list[str],
) -> None:
    difference = told(
        SECRET, "recoveryWindowInDays", {}, {"recoveryWindowInDays": 30, "__defaults": defaults}
    )
    assert yaml.safe_load(difference.fix) == [
        {"urn": difference.urn, "change": {"recoveryWindowInDays": "AWS does not tell it"}}
    ]
    assert agree(difference, {"recoveryWindowInDays": "so be it"}).agreed == "so be it"


def test_a_replacement_by_what_is_never_read_is_never_agreed_to() -> None:
    difference = told(CLIENT, "generateSecret", {}, {"generateSecret": True}, "add-replace")
    assert not agree(difference, {"generateSecret": "so be it"}).agreed


def test_a_secret_is_not_written_into_an_edit() -> None:
    hidden = {"4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", "plaintext": "hunter2"}
    difference = told("aws:ssm/parameter:Parameter", "value", {"value": hidden}, {"value": "other"})
    assert not difference.fix
    assert difference.remedy == "write the live one into value of it in the program, as a secret"


def test_what_is_computed_from_another_is_mended_there() -> None:
    unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9"
    difference = told(
        "aws:sqs/queuePolicy:QueuePolicy",
        "queueUrl",
        {"queueUrl": "a"},
        {"queueUrl": unknown},
        "update-replace",
    )
    assert (difference.fix, difference.remedy) == (
        "",
        "mend what it is computed from first: that is replaced or created too",
    )


RULES = [{"id": "old", "filter": {"prefix": "a/"}}, {"id": "raw", "filter": {"prefix": "b/"}}]
SETTINGS = {
    "p:it": {"rules": RULES, "readers": ["1", "2"], "name": "named", "ttlAttribute": "expires"},
    "p:other": {"readers": ["2"], "roleName": "elsewhere"},
    "aws:defaultTags": {"tags": {"Owner": "us"}},
}


@pytest.mark.parametrize(
    ("path", "live", "declared", "setting", "expected"),
    [
        (
            "rules[1].filter.prefix",
            {"rules": [{}, {"filter": {"prefix": "c/"}}]},
            {"rules": RULES},
            "p:it.rules.1.filter.prefix",
            {"p:it": {"rules": [RULES[0], {"id": "raw", "filter": {"prefix": "c/"}}]}},
        ),
        (
            "readers[1]",
            {"readers": ["1", "3"]},
            {"readers": ["1", "2"]},
            "p:it.readers.1",
            {"p:it": {"readers": ["1", "3"]}},
        ),
        (
            "readers",
            {"readers": ["1"]},
            {"readers": ["1", "2"]},
            "p:it.readers",
            {"p:it": {"readers": ["1"]}},
        ),
        ("bucket", {"bucket": "live"}, {"bucket": "named"}, "p:it.name", {"p:it": {"name": "live"}}),
        (
            "name",
            {"name": "live"},
            {"name": "elsewhere"},
            "p:other.roleName",
            {"p:other": {"roleName": "live"}},
        ),
    ],
)
def test_the_edit_of_a_setting_names_it_and_has_the_whole_list(
    path: str, live: dict[str, Any], declared: dict[str, Any], setting: str, expected: object
) -> None:
    difference = told(BUCKET, path, live, declared, config=SETTINGS)
    head, _, edit = difference.fix.partition("\n")
    assert head == f"# {FILE}, under config"
    assert yaml.safe_load(edit) == expected
    assert difference.remedy == f"write the live one into {setting} of {FILE}"


@pytest.mark.parametrize(
    ("token", "path", "declared", "setting", "expected"),
    [
        (
            TABLE,
            "ttl.attributeName",
            {"ttl": {"attributeName": "expires"}},
            "p:it.ttlAttribute",
            {"p:it": {"ttlAttribute": "expires"}},
        ),
        (
            TABLE,
            "tagsAll.Owner",
            {"tagsAll": {"Owner": "us"}},
            "aws:defaultTags.tags.Owner",
            {"aws:defaultTags": {"tags": {"Owner": "us"}}},
        ),
    ],
)
def test_a_setting_of_which_nothing_is_live_is_left_out(
    token: str, path: str, declared: dict[str, Any], setting: str, expected: object
) -> None:
    difference = told(token, path, {}, declared, config=SETTINGS)
    head, _, edit = difference.fix.partition("\n")
    assert head == f"# {FILE}, under config: leave this out"
    assert yaml.safe_load(edit) == expected
    assert difference.remedy == f"leave {setting} out of {FILE}"


def test_a_value_that_stands_in_two_settings_is_mended_in_the_program() -> None:
    settings = {"p": {"it": {"rules": [{"prefix": "a"}, {"prefix": "a"}]}}}
    difference = told(
        BUCKET, "rules[0].prefix", {"rules": [{"prefix": "b"}]}, {"rules": [{"prefix": "a"}]}, config=settings
    )
    assert difference.fix == "# in the program, on it\nrules=[{'prefix': 'b'}]"


QUEUES = {"p:queues": {"it": {"name": "a"}, "other": {"name": "b", "visibilityTimeoutSeconds": 60}}}


@pytest.mark.parametrize(
    ("path", "live", "declared", "edit"),
    [
        (
            "visibilityTimeoutSeconds",
            {"visibilityTimeoutSeconds": 45},
            {"visibilityTimeoutSeconds": 300},
            {"visibilityTimeoutSeconds": 45},
        ),
        (
            "pointInTimeRecovery.enabled",
            {"pointInTimeRecovery": {"enabled": False}},
            {"pointInTimeRecovery": {"enabled": True}},
            {"pointInTimeRecovery": False},
        ),
    ],
)
def test_a_setting_that_is_left_out_is_written_where_the_project_describes_it(
    path: str, live: dict[str, Any], declared: dict[str, Any], edit: dict[str, Any]
) -> None:
    difference = told(QUEUE, path, live, declared, config=QUEUES)
    head, _, text = difference.fix.partition("\n")
    assert head == f"# {FILE}, under config"
    assert yaml.safe_load(text) == {"p:queues": {"it": edit}}


@pytest.mark.parametrize(
    ("path", "live", "declared"),
    [
        ("delay", {"delay": 1}, {"delay": 2}),  # stands in the description as a part of something else
        ("receive", {"receive": {"delay": 1}}, {"receive": {"delay": 2}}),  # no plain value
        ("visibilityTimeout", {"visibilityTimeout": 1}, {"visibilityTimeout": 2}),  # a part of a word
        ("rangeKey.name", {"rangeKey": {"name": "x"}}, {"rangeKey": {"name": "y"}}),
        ("rangeKey", {"rangeKey": "x"}, {}),  # a setting of it may be more than a name
    ],
)
def test_what_the_project_does_not_describe_is_mended_in_the_program(
    path: str, live: dict[str, Any], declared: dict[str, Any]
) -> None:
    assert told(QUEUE, path, live, declared, config=QUEUES).fix.startswith("# in the program, on it\n")


KEYED = {
    "p:tables": {
        "it": {"hashKey": {"name": "id", "type": "S"}, "rangeKey": {"name": "at", "type": "S"}},
        "other": {"hashKey": {"name": "id", "type": "S"}},
    }
}


def test_the_type_of_a_key_is_mended_in_the_setting_of_that_key() -> None:
    attributes = [{"name": "at", "type": "S"}, {"name": "id", "type": "S"}]
    after = {"hashKey": "id", "rangeKey": "at", "attributes": attributes}
    before = after | {"attributes": [{"name": "at", "type": "N"}, attributes[1]]}
    difference = told(TABLE, "attributes[0].type", before, after, config=KEYED)
    assert yaml.safe_load(difference.fix) == {"p:tables": {"it": {"rangeKey": {"type": "N"}}}}
    assert difference.remedy == f"write the live one into p:tables.it.rangeKey.type of {FILE}"
    assert difference.effect == "no preview shows it, and only a new one has it; its items would be lost"


def test_a_key_that_nothing_live_has_is_left_out_as_a_whole() -> None:
    difference = told(TABLE, "rangeKey", {}, {"rangeKey": "at"}, "update-replace", config=KEYED)
    assert yaml.safe_load(difference.fix) == {"p:tables": {"it": {"rangeKey": {"name": "at", "type": "S"}}}}
    assert difference.remedy == f"leave p:tables.it.rangeKey out of {FILE}"


@pytest.mark.parametrize(
    ("inputs", "identity", "expected"),
    [
        ({"bucket": "named"}, "named", f"p:it.name of {FILE}"),
        ({"bucket": "elsewhere"}, "elsewhere", f"p:other.roleName of {FILE}"),
        ({"bucket": "in-the-program"}, "in-the-program", "bucket of it in the program"),
        ({"name": "named"}, "https://sqs.us-east-1.amazonaws.com/123456789012/named", f"p:it.name of {FILE}"),
        ({"name": "named"}, "role:named", ""),
        ({"acl": "named"}, "named", ""),
    ],
)
def test_where_a_name_is_declared_is_told(inputs: dict[str, Any], identity: str, expected: str) -> None:
    assert namer(target(BUCKET, inputs), identity, Written(FILE, SETTINGS)) == expected
