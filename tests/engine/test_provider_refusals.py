"""What the embedded provider plugin refuses under the real engine, and how it says so."""

from pathlib import Path

import pytest

from tests.support.cases.audits import BUDGET, MONITOR, TRAIL
from tests.support.cases.case import Case, declare, project, steps
from tests.support.cases.tables import table
from tests.support.engine import Engine

pytestmark = pytest.mark.engine

TABLE = "aws:dynamodb/table:Table"


def test_a_type_that_is_not_modelled_previews_and_is_refused_at_up(engine: Engine, tmp_path: Path) -> None:
    vpc = Case("aws:ec2/vpc:Vpc", "net", "", {"cidrBlock": "10.0.0.0/16", "tags": {"A": "b"}})
    folder = project(tmp_path, "unmodelled", [vpc])
    new = steps(engine, folder)["net"]["newState"]
    assert new["inputs"]["tagsAll"] == {"A": "b", "Team": "platform"}
    result = engine.run("-C", str(folder), "up", "--stack", "one", "--yes", "--skip-preview")
    assert result.returncode != 0
    assert "aws:ec2/vpc:Vpc 'net': the embedded AWS previews this type but does not model it" in result.stdout
    assert "embedded/aws/plugin/types/" in result.stdout


@pytest.mark.parametrize(
    ("case", "message"),
    [
        (table("T", hashKye="id"), "property 'hashKye' is not known; did you mean 'hashKey'?"),
        (
            table("T", ttl={"attributName": "x"}),
            "property 'ttl.attributName' is not known; did you mean 'attributeName'?",
        ),
        (table("T", tags=["a"]), "property 'tags' must be a map, not a list"),
        (
            Case("aws:kms/alias:Alias", "a", "", {"name": "alias/a"}),
            "property 'targetKeyId' is required; give a string",
        ),
        (
            Case("aws:dynamodb/tabel:Tabel", "t", "", {}),
            "aws:dynamodb/tabel:Tabel: pulumi_aws has no such type",
        ),
    ],
    ids=["unknown", "unknown nested", "wrong type", "missing", "no such type"],
)
def test_wrong_inputs_fail_the_preview_by_name(
    engine: Engine, tmp_path: Path, case: Case, message: str
) -> None:
    folder = project(tmp_path, "wrong", [case])
    result = engine.run("-C", str(folder), "preview", "--stack", "one")
    assert result.returncode != 0
    assert message in result.stdout
    assert "Traceback" not in result.stdout


@pytest.mark.parametrize(
    ("config", "message"),
    [
        ({"endpoints": [{"s3": "https://s3.eu-central-1.amazonaws.com"}]}, "is not on loopback"),
        ({"allowedAccountIds": ["1234"]}, "aws:allowedAccountIds has '1234'; an account id is 12 digits"),
    ],
    ids=["endpoint", "account"],
)
def test_a_configuration_that_could_reach_an_account_is_refused(
    engine: Engine, tmp_path: Path, config: dict[str, object], message: str
) -> None:
    folder = project(tmp_path, "refused", [table("T")], **config)
    result = engine.run("-C", str(folder), "preview", "--stack", "one")
    assert result.returncode != 0
    assert message in result.stdout


def test_a_name_that_the_plugin_invents_is_refused_where_aws_refuses_it(
    engine: Engine, tmp_path: Path
) -> None:
    memory = Case("aws:bedrock/agentcoreMemory:AgentcoreMemory", "notes", "", {"eventExpiryDuration": 30})
    folder = project(tmp_path, "unnamed", [memory])
    result = engine.run("-C", str(folder), "up", "--stack", "one", "--yes", "--skip-preview")
    assert result.returncode != 0
    assert "CreateMemory: ValidationException: 'notes-" in result.stdout


def test_a_protected_log_group_stays_until_the_program_says_otherwise(engine: Engine, tmp_path: Path) -> None:
    def group(**protection: bool) -> Case:
        props = {"name": "/kept", "retentionInDays": 1, **protection}
        return Case("aws:cloudwatch/logGroup:LogGroup", "kept", "", props)

    folder = project(tmp_path, "protected", [group(deletionProtectionEnabled=True)])
    stack = ("-C", str(folder), "--stack", "one", "--yes", "--skip-preview")
    engine.succeed("up", *stack)
    refused = engine.run("destroy", *stack)
    assert refused.returncode != 0
    assert "DeleteLogGroup: ValidationException: The log group /kept is protected" in refused.stdout
    declare(folder, [group()])
    assert steps(engine, folder, "--show-sames")["kept"]["op"] == "same"
    declare(folder, [group(deletionProtectionEnabled=False)])
    engine.succeed("up", *stack)
    engine.succeed("destroy", *stack)


_SERVICES = {"monitorType": "DIMENSIONAL", "monitorDimension": "SERVICE"}
_NOTICE = {
    "comparisonOperator": "GREATER_THAN",
    "notificationType": "ACTUAL",
    "threshold": 80,
    "thresholdType": "PERCENTAGE",
}


def test_what_aws_or_the_provider_refuses_of_trails_and_costs_is_refused_here(
    engine: Engine, tmp_path: Path
) -> None:
    money = {"budgetType": "COST", "timeUnit": "MONTHLY", "limitAmount": "1", "limitUnit": "USD"}
    cases = [
        Case("aws:s3/bucket:Bucket", "closed", "", {"bucket": "lets-nobody-in"}),
        Case(TRAIL, "trail", "", {"name": "trail", "s3BucketName": "lets-nobody-in"}, ("closed",)),
        Case(MONITOR, "one", "", {"name": "one", **_SERVICES}),
        Case(MONITOR, "two", "", {"name": "two", **_SERVICES}, ("one",)),
        Case(MONITOR, "none", "", {"name": "none", "monitorType": "CUSTOM"}),
        Case(BUDGET, "silent", "", {"name": "silent", **money, "notifications": [_NOTICE]}),
    ]
    folder = project(tmp_path, "watching", cases)
    result = engine.run(
        "-C", str(folder), "up", "--stack", "one", "--yes", "--skip-preview", "--continue-on-error"
    )
    assert result.returncode != 0
    assert "CreateTrail: InsufficientS3BucketPolicyException" in result.stdout
    assert "CreateAnomalyMonitor: LimitExceededException" in result.stdout
    assert "If Monitor Type is CUSTOM, monitorSpecification is required" in result.stdout
    assert "Budget notification must have at least one subscriber" in result.stdout
    engine.succeed("-C", str(folder), "destroy", "--stack", "one", "--yes", "--skip-preview")


def test_an_id_that_does_not_exist_cannot_be_imported(engine: Engine, tmp_path: Path) -> None:
    folder = project(tmp_path, "importing", [])
    result = engine.run(
        *(
            "-C",
            str(folder),
            "import",
            TABLE,
            "absent",
            "Absent",
            "--stack",
            "one",
            "--yes",
            "--skip-preview",
        ),
        "--generate-code=false",
    )
    assert result.returncode != 0
    assert "does not exist" in result.stdout
