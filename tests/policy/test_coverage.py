"""The table of controls against the rules that cite them, and against the lists of what must be in it."""

import re
from collections import Counter

import pytest

from tms_policies import coverage
from tms_policies.catalogue import RULES

DATA = coverage.load()
CONTROLS = DATA["controls"]
IDS = {control["id"] for control in CONTROLS}
CITED = {(rule.id, control) for rule in RULES for control in rule.controls}

# Numbers that peers are known to have for the pack's services, per service
CHECKOV = {
    "DynamoDB": "28 119 165 271 2_16",
    "S3": "18-21 53-57 70 93 143-145 186 300 375 379 392 2_6 2_43 2_61 2_62 2_65",
    "SQS": "27 72 168 387 2_73",
    "SNS": "26 169 385",
    "IAM": "1 9-15 40 49 60-63 107-111 273-275 283 286-290 348 355 356 358 393 2_14 2_21 2_22 2_40 2_56 2_68",
    "KMS": "7 33 227 2_64",
    "CloudWatch": "66 158 319 338",
    "CloudTrail": "35 36 67 251 252 2_10",
    "ECR": "32 51 136 163",
    "Lambda": "45 50 115-117 173 258 272 301 363 364",
    "API Gateway": "76 309 2_51 2_77",
    "Cognito": "366",
    "EC2": "23-25 123 260 277 382 2_5",
    "Bedrock": "373 383",
    "Secrets Manager": "149 304 2_57",
    "SSM": "337 2_34 2_36",
}
CDK_NAG = (
    "DDB3 DDB4 S1 S2 S5 S10 SQS2 SQS3 SQS4 SNS3 IAM4 IAM5 KMS5 ECR1 L1 APIG1 APIG2 APIG3 APIG4 APIG6 "
    "COG1 COG2 COG4 COG7 COG8 VPC3 VPC7 SMG4"
)
SECURITY_HUB = {
    "DynamoDB": "1 2 4 5 6",
    "S3": "1-3 5 6 8-10 12-15 17 22 23",
    "SQS": "1-3",
    "SNS": "1 3 4",
    "IAM": "1 2 21 24",
    "KMS": "1-5",
    "CloudTrail": "1-7 9",
    "CloudWatch": "15-17",
    "ECR": "1-3 5",
    "Lambda": "1-3 6 7",
    "APIGateway": "8 9",
    "Cognito": "1-3",
    "EC2": "10 55-58 60",
    "BedrockAgentCore": "1 2",
}
CIS = "1.14 1.15 2.1.1 2.1.4 3.1 3.2 3.4 3.5 3.6 3.8 3.9"


def numbers(spelled: str) -> list[str]:
    """Return each number of a list such as `1-3 5`."""
    listed: list[str] = []
    for item in spelled.split():
        first, _, last = item.partition("-")
        listed += [str(number) for number in range(int(first), int(last) + 1)] if last else [first]
    return listed


def checkov(number: str) -> str:
    return f"CKV2_AWS_{number.removeprefix('2_')}" if number.startswith("2_") else f"CKV_AWS_{number}"


KNOWN = [
    *(checkov(number) for spelled in CHECKOV.values() for number in numbers(spelled)),
    *(f"AwsSolutions-{control}" for control in CDK_NAG.split()),
    *(f"FSBP:{service}.{number}" for service, spelled in SECURITY_HUB.items() for number in numbers(spelled)),
    *(f"CIS:{control}" for control in CIS.split()),
]


def test_every_control_stands_once_and_says_what_it_asks_for() -> None:
    assert [
        control for control, count in Counter(control["id"] for control in CONTROLS).items() if count > 1
    ] == []
    assert [control["id"] for control in CONTROLS if not (control["title"] and control["service"])] == []
    assert {control["framework"] for control in CONTROLS} == set(DATA["sources"])


def test_every_control_has_rules_or_a_reason() -> None:
    assert [control["id"] for control in CONTROLS if bool(control["rules"]) == bool(control["reason"])] == []
    assert [control["id"] for control in CONTROLS if control["reason"] and control.get("remark")] == []


def test_every_control_that_a_rule_cites_is_in_the_table() -> None:
    assert sorted(control for _, control in CITED if control not in IDS) == []


def test_rules_and_table_name_each_other() -> None:
    tabled = {(rule, control["id"]) for control in CONTROLS for rule in control["rules"]}
    assert sorted(tabled - CITED) == [], "in the table, not in the rule"
    assert sorted(CITED - tabled) == [], "in the rule, not in the table"


def test_a_reason_names_rules_that_exist() -> None:
    services = {rule.id.partition("-")[0] for rule in RULES}
    spelled = re.compile(rf"\b(?:{'|'.join(sorted(services))})-[a-z]+-[a-z0-9-]+\b")
    mentioned = {
        name
        for control in CONTROLS
        for name in spelled.findall(control["reason"] + control.get("remark", ""))
    }
    assert sorted(mentioned - {rule.id for rule in RULES}) == []


@pytest.mark.parametrize("control", KNOWN)
def test_no_known_control_is_missing(control: str) -> None:
    assert control in IDS


@pytest.mark.generated
def test_the_document_is_that_of_the_table() -> None:
    assert coverage.TARGET.read_text() == coverage.coverage(), "run: make docs"
