import json
import re
from typing import Any

import pytest

from components.settings import SettingsError, parse
from tests.support.stackfile import ACCOUNT, NETWORK, changed, stack_config

PRODUCTION = stack_config("production")
KEY = f"arn:aws:kms:us-east-1:{ACCOUNT}:key/1234abcd-12ab-34cd-56ef-1234567890ab"
REFUSALS = [
    ("aws:allowedAccountIds", ["12345"], r'\["12345"\] is refused; write the 12-digit id'),
    ("aws:allowedAccountIds", ["SET-THE-ACCOUNT-ID"], "once and quoted"),
    ("aws:allowedAccountIds", [123456789012], "once and quoted"),
    ("aws:allowedAccountIds", [ACCOUNT, "111111111111"], "once and quoted"),
    ("aws:allowedAccountIds", ..., "null is refused"),
    ("aws:allowedAccountIds", ACCOUNT, "as a list"),
    ("aws:allowedAccountIds", ["١٢٣٤٥٦٧٨٩٠١٢"], "once and quoted"),
    ("aws:region", "Virginia", '"Virginia" is refused; write a region'),
    ("tables", ..., "tables: is missing"),
    ("tables", [], r"tables: \[\] is refused; allowed is a mapping"),
    ("tabels", {}, r"tabels: is not a known key \(did you mean tables\?\)"),
    ("tables.bank-trades", 5, "tables.bank-trades: 5 is refused; allowed is a mapping"),
    ("tables.Bank", {}, 'tables.Bank: "Bank" is refused; allowed is lower-case letters'),
    ("tables.bank-trades.hashKeyy", {}, r"hashKeyy: is not a known key \(did you mean hashKey\?\); allowed here: .*ttlAttribute"),
    ("tables.bank-trades.hashKey", ..., "tables.bank-trades.hashKey: is missing"),
    ("tables.bank-trades.hashKey.type", "T", "\"T\" is refused; allowed is 'S', 'N' or 'B'"),
    ("tables.bank-trades.name", "x", '"x" is refused; allowed is 3 to 255'),
    ("tables.bank-trades.name", "ExceptionsTable", "tables.bank-trades.name has it already|tables.exceptions.name has it already"),
    ("tables.bank-trades.purpose", 7, "7 is refused; allowed is text"),
    ("tables.bank-trades.ttlAttribute", "trade_id", "it is a key of the table, or of an index and no number"),
    ("tables.bank-trades.rangeKey.name", "trade_id", "it is the hash key already"),
    ("tables.bank-trades.indexes", {"ByRef": {"hashKey": {"name": "trade_id", "type": "N"}}}, "the same attribute is a S elsewhere"),
    ("tables.bank-trades.indexes", {"ByRef": {"hashKey": {"name": "x"}, "rangeKey": {"name": "x"}}}, "it is the hash key"),
    ("tables.bank-trades.indexes", {"ByX": {"hashKey": {"name": "x"}, "projection": "INCLUDE"}}, "allowed with projection INCLUDE, and needed there"),
    ("tables.bank-trades.indexes", {"ByX": {"hashKey": {"name": "x"}, "nonKeyAttributes": ["y"]}}, "allowed with projection INCLUDE"),
    ("tables.bank-trades.localIndexes", {"ByX": {"rangeKey": {"name": "trade_id"}}}, "localIndexes.ByX.rangeKey.name: .* it is the hash key"),
    ("tables.bank-trades.localIndexes", {"ByX": {"hashKey": {"name": "x"}, "rangeKey": {"name": "y"}}}, "hashKey: is not a known key"),
    ("tables.bank-trades.localIndexes", {f"By{n}": {"rangeKey": {"name": f"x{n}"}} for n in range(6)}, "6 are refused; allowed is up to 5"),
    ("tables.agent-registry.localIndexes", {"ByX": {"rangeKey": {"name": "x"}}}, "allowed on tables with a rangeKey only"),
    ("tables.bank-trades.encryption", "none", "allowed is aws-managed or aws-owned or stack-key, or a key ARN"),
    ("tables.bank-trades.encryption", KEY.replace("us-east-1", "eu-west-1"), "a key of this stack's region"),
    ("tables.bank-trades.recoveryPeriodDays", 36, "36 is refused; allowed is 1 to 35 days"),
    ("tables.bank-trades.pointInTimeRecovery", "yes", '"yes" is refused; allowed is true or false'),
    ("tables.exceptions", ..., "tables.exceptions: is missing; write it, exception-management need"),
    ("queues.ops-desk.visibilityTimeoutSeconds", 3600, "3600 is refused; allowed is 30 to 300 seconds"),
    ("queues.ops-desk.visibilityTimeoutSeconds", 29, "29 is refused; allowed is 30 to 300 seconds"),
    ("queues.ops-desk.visibilityTimeoutSeconds", "40", "without quotes"),
    ("queues.ops-desk.visibilityTimeoutSeconds", 40.5, "40.5 is refused; allowed is a whole number"),
    ("queues.ops-desk.visibilityTimeoutSeconds", True, "true is refused; allowed is a whole number"),
    ("queues.ops-desk.name", "ops-desk", "a FIFO queue's name ends in .fifo"),
    ("queues.ops-desk.deadLetterName", "ops-desk-dlq", "a FIFO queue's name ends in .fifo"),
    ("queues.extraction.name", "extraction.fifo", "a queue with standardReason has no .fifo name"),
    ("queues.extraction.standardReason", "because", "a text of at least 20 characters"),
    ("queues.extraction.highThroughput", True, "allowed on FIFO queues only"),
    ("queues.extraction.deadLetterRetentionSeconds", 345600, r"more than retentionSeconds \(345600\)"),
    ("queues.extraction.maxReceiveCount", 0, "0 is refused; allowed is 1 to 1000 receives"),
    ("queues.ops-desk.topics", ["events"], r"topics\[0\]: \"events\" is refused; a standard topic cannot send to a FIFO queue"),
    ("queues.matching.topics", ["a b"], "1 to 256 letters"),
    ("queues.matching.deadLetterName", "trade-matching-system-extraction-dlq-production", "has it already"),
    ("documents.name", "Upper", "as S3 names buckets"),
    ("audit.expireAfterDays", 90, r"more than glacierAfterDays \(90\)"),
    ("documents.name", "192.168.0.1", "as S3 names buckets"),
    ("documents.name", "trade-matching-system-agentcore-logs-production", "has it already"),
    ("documents.prefixes.bank.path", "BANK", "that ends in '/'"),
    ("documents.prefixes.bank.path", "B*/", r'"B\*/" is refused; allowed is a path of letters'),
    ("documents.prefixes.bank.path", "reports/bank/", "covers it"),
    ("documents.prefixes.bank.expireAfterDays", 90, r"more than glacierAfterDays \(90\)"),
    ("documents.prefixes.bank.glacierAfterDays", 0, "0 is refused; allowed is 1 to 36500 days"),
    ("documents.crossAccountReaders", [{"accountId": "1", "prefix": "bank"}], "12 digits, quoted"),
    ("documents.crossAccountReaders", [{"accountId": ACCOUNT, "prefix": "x"}], r'\[0\].prefix: "x" is refused; allowed is one of bank'),
    ("documents.crossAccountReaders", [{"accountId": ACCOUNT, "prefix": "bank"}], r"\[0\].accountId: .* this stack's own account"),
    ("documents.crossAccountReaders", [{"accountId": "111111111111", "prefix": "bank"}] * 2, r"\[1\]: is refused; it is in the list already"),
    ("encryption", {"queues": "aws-managed"}, "allowed is sqs-managed or stack-key, or a key ARN"),
    ("encryption", {"queues": KEY.replace(ACCOUNT, "1" * 12)}, "a key of this stack's region and account"),
    ("encryption", {"images": "KMS"}, 'encryption.images: "KMS" is refused; allowed is AES256 or stack-key, or a key ARN'),
    ("encryption", {"images": KEY.replace("us-east-1", "eu-west-1")}, "encryption.images: .* a key of this stack's region"),
    ("key", {"alias": "aws/sqs"}, "not starting with aws/"),
    ("ingest.queue", "upload", 'ingest.queue: "upload" is refused; allowed is a queue of the stack: document-upload'),
    ("ingest.prefixes", ["bank", "inbox"], r"ingest.prefixes\[1\]: \"inbox\" is refused; allowed is a prefix of documents"),
    ("ingest.prefixes", ["bank", "bank"], r"ingest.prefixes\[1\]: \"bank\" is refused; it is there already"),
    ("ingest.ruleName", "r" * 60, "with -bank allowed is up to 64 characters"),
    ("network", {**NETWORK, "subnetIds": ["subnet-0123456789abcdef0"]}, "network.subnetIds: "),
    ("key", ..., "observability.topicKey: \"stack-key\" .* AWS's own key lets no alarm publish"),
    ("observability.topicKey", "alias/aws/sns", "allowed is stack-key, or a key ARN"),
    ("observability.topicKey", KEY.replace("us-east-1", "eu-west-1"), "observability.topicKey: .* a key of this stack's region"),
    ("observability.logKey", KEY.replace(ACCOUNT, "1" * 12), "observability.logKey: .* a key of this stack's region and account"),
    ("observability.logRetentionDays", 366, "observability.logRetentionDays: 366 is refused; allowed is 1, 3, 5"),
    ("observability.emails", ["ops"], r"observability.emails\[0\]: \"ops\" is refused; allowed is an e-mail address"),
    ("observability.runbooks", "http://x.example", "an address that starts with https://"),
    ("observability.thresholds", {"queueMessages": 0}, "queueMessages: 0 is refused; allowed is 1 to"),
    ("auditTrail.name", "audit--trail", 'auditTrail.name: "audit--trail" is refused; allowed is 3 to 128'),
    ("auditTrail.prefix", "s3-access-logs/trail/", r"auditTrail.prefix: .* audit.logPrefix \(s3-access-logs/\) is in the way"),
    ("auditTrail.prefix", "cloudtrail", "that ends in '/'"),
    ("auditTrail.tableEvents", "reads", "\"reads\" is refused; allowed is 'none', 'writes' or 'all'"),
    ("auditTrail.encryption", KEY.replace("us-east-1", "eu-west-1"), "auditTrail.encryption: .* a key of this stack's region"),
    ("auditTrail.roleName", "trade-matching-system-agentcore-orchestrator-production", "auditTrail.roleName: .* has it already"),
    ("auditTrail.logGroup", ..., "auditTrail.logGroup: is missing; write it"),
    ("key", ..., 'auditTrail.encryption: "stack-key" is refused; the stack has no key of its own'),
    ("cost.monthlyDollars", 99.5, "cost.monthlyDollars: 99.5 is refused; allowed is a whole number"),
    ("cost.services.AmazonS3", 0, "cost.services.AmazonS3: 0 is refused; allowed is 1 to"),
    ("cost.services", {"Amazon S3": 5}, "a service as AWS/Billing names it"),
    ("cost.notify", [f"n{n}@example.com" for n in range(11)], "cost.notify: .* at most 10"),
    ("cost.anomalies.impact", 5, "cost.anomalies.impact: is not a known key"),
    ("aws:region", "eu-west-1", "cost.services: is refused; billing metrics are in us-east-1 only, not in eu-west-1"),
    ("observability", ..., "cost.services: is refused; alarms ring by a topic; write trade-matching-system:observability"),
    ("observability", ..., r"cost.notify: \[\] is refused; nobody is told; write addresses"),
    ("network", {**NETWORK, "endpoints": ["sns"]}, r"network.endpoints\[0\]: \"sns\" is refused; allowed is 's3', 'dynamodb'"),
    ("network", {**NETWORK, "waysOut": ["vpc-1"]}, r"network.waysOut\[0\]: \"vpc-1\" is refused; allowed is the id of a security group"),
    ("network", {**NETWORK, "vpcId": "vpc-1"}, "the id of a VPC"),
    ("tags.Purpose", "x", "write it as that resource's"),
    ("tags.Owner", 1, "1 is refused; allowed is text"),
    ("tags", {**{f"k{n}": "v" for n in range(47)}, "Environment": "e", "Project": "p", "ManagedBy": "m"}, "50 tags are refused"),
    ("tags.aws:x", "v", "not starting with aws:"),
    ("agents.orchestrator.roleName", "a b", "1 to 64 letters"),
    ("agents.orchestrator.roleName", "rôle", "1 to 64 letters"),
    ("agents.orchestrator.roleName", "TRADE-MATCHING-SYSTEM-AGENTCORE-PDF-ADAPTER-PRODUCTION", "has it already"),
    ("agents.orchestrator.models.0.profile", "eu", "\"eu\" is refused; allowed is 'us' or 'global'"),
    ("agents.orchestrator.models.0.id", "nova", "a foundation model id"),
    ("agents.spy", {}, "agents.spy: is refused; components/grants.py says nothing of it"),
    ("agents.pdf-adapter", ..., "agents.pdf-adapter: is missing; write it, orchestrator need"),
    ("permissionsBoundaryArn", "boundary", "the ARN of an IAM policy"),
    ("permissionsBoundaryArn", "arn:aws:iam::111111111111:policy/b", "a policy of this stack's account"),
    ("aws:region", "eu-west-1", r"pdf-adapter.models\[0\].profile: \"us\" is refused; it is called from regions of the United States"),
]  # fmt: skip


def refusal(config: dict[str, Any]) -> list[str]:
    with pytest.raises(SettingsError) as raised:
        parse(config, "Pulumi.production.yaml")
    return raised.value.lines


@pytest.mark.parametrize(("path", "value", "expected"), REFUSALS, ids=lambda part: str(part)[:40])
def test_a_wrong_setting_is_one_line_that_says_what_is_allowed(
    path: str, value: object, expected: str
) -> None:
    lines = refusal(changed(PRODUCTION, path, value))
    assert any(re.search(expected, line) for line in lines), lines
    assert all(line.startswith("Pulumi.production.yaml: ") and "\n" not in line for line in lines)


def test_all_wrong_settings_are_reported_at_once() -> None:
    config = changed(PRODUCTION, "aws:allowedAccountIds", ["12345"])
    for path, value in (
        ("tables.bank-trades.ttlAttribute", "trade_id"),
        ("tables.bank-trades.hashKeyy", {}),
        ("tables.exceptions.name", "BankTradeData"),
        ("tables.exceptions.purpose", 7),
        ("queues.hitl-review.name", "no-fifo"),
        ("queues.ops-desk.visibilityTimeoutSeconds", 3600),
        ("queuez", {}),
    ):
        config = changed(config, path, value)
    assert len(refusal(config)) == 8


def test_the_placeholder_of_production_is_one_line_and_nothing_else() -> None:
    lines = refusal(changed(PRODUCTION, "aws:allowedAccountIds", ["SET-THE-ACCOUNT-ID"]))
    assert len(lines) == 1


def test_an_index_of_numbers_may_hold_the_expiry_time() -> None:
    index = {"ByExpiry": {"hashKey": {"name": "state"}, "rangeKey": {"name": "expiresAt", "type": "N"}}}
    settings = parse(changed(PRODUCTION, "tables.processing-status.indexes", index), "f")
    assert settings.tables["processing-status"].ttl_attribute == "expiresAt"
    text = {"ByExpiry": {"hashKey": {"name": "expiresAt"}}}
    (line,) = refusal(changed(PRODUCTION, "tables.processing-status.indexes", text))
    assert 'processing-status.ttlAttribute: "expiresAt" is refused' in line


def test_a_name_serves_one_index_only() -> None:
    config = changed(PRODUCTION, "tables.bank-trades.indexes", {"ByX": {"hashKey": {"name": "x"}}})
    config = changed(config, "tables.bank-trades.localIndexes", {"ByX": {"rangeKey": {"name": "x"}}})
    (line,) = refusal(config)
    assert "tables.bank-trades.localIndexes.ByX: is refused; indexes has that name already" in line


@pytest.mark.parametrize("stack", ["production", "local"])
def test_the_committed_stack_files_are_accepted_as_values_and_as_json_texts(stack: str) -> None:
    config = stack_config(stack)
    texts = {key: value if isinstance(value, str) else json.dumps(value) for key, value in config.items()}
    assert parse(config, "f") == parse(texts, "f")


def test_stack_key_is_refused_where_the_stack_has_none() -> None:
    config = changed(changed(PRODUCTION, "encryption", {"queues": "stack-key"}), "key", ...)
    for section in ("observability", "auditTrail", "cost"):
        config = changed(config, section, ...)
    (line,) = refusal(config)
    assert 'encryption.queues: "stack-key" is refused; the stack has no key of its own' in line


AGENT_LOGS = "/aws/bedrock/agentcore/orchestrator"
MATCHING = {
    "name": "more-events-production",
    "deadLetterName": "more-dlq-production",
    "purpose": "more",
    "standardReason": "a queue of the test, whose order is nobody's",
}
TAKEN: list[tuple[str, object, str]] = [
    ("observability.functions", ["pdf-adapter"], "observability.functions[0]: is refused; agents.pdf-adapter makes a log group of that logical name (pdf-adapter-logs); leave it out, or name it otherwise"),
    ("observability.functions", ["trade-matching-api-access"], "observability.functions[0]: is refused; observability.apis[0] makes a log group of that logical name (trade-matching-api-access-logs); leave it out, or name it otherwise"),
    ("observability.functions", ["x", "y", "x"], 'observability.functions[2]: "x" is refused; it is there already, allowed is each once'),
    ("observability.apis", ["x", "x"], 'observability.apis[1]: "x" is refused; it is there already, allowed is each once'),
    ("observability.emails", ["a@b.example", "A@B.example"], 'observability.emails[1]: "A@B.example" is refused; it is there already, allowed is each once'),
    ("cost.notify", ["a@b.example", "a@b.example"], 'cost.notify[1]: "a@b.example" is refused; it is there already, allowed is each once'),
    ("network", {**NETWORK, "subnetIds": NETWORK["subnetIds"][:1] * 2}, 'network.subnetIds[1]: "subnet-0123456789abcdef0" is refused; it is there already, allowed is each once'),
    ("network", {**NETWORK, "routeTableIds": ["rtb-0123456789abcdef0"] * 2}, 'network.routeTableIds[1]: "rtb-0123456789abcdef0" is refused; it is there already, allowed is each once'),
    ("queues.matching.topics", ["t", "t"], 'queues.matching.topics[1]: "t" is refused; it is there already, allowed is each once'),
    ("agents.pdf-adapter.repository", "bedrock-agentcore-trade_matching_ai", 'agents.trade-matching.repository: "bedrock-agentcore-trade_matching_ai" is refused; agents.pdf-adapter.repository has it already, allowed is each name once'),
    ("agents.pdf-adapter.logGroup", AGENT_LOGS, f'agents.orchestrator.logGroup: "{AGENT_LOGS}" is refused; agents.pdf-adapter.logGroup has it already, allowed is each name once'),
    ("auditTrail.logGroup", AGENT_LOGS, f'auditTrail.logGroup: "{AGENT_LOGS}" is refused; agents.orchestrator.logGroup has it already, allowed is each name once'),
    ("agents.orchestrator.logGroup", "/aws/apigateway/trade-matching-api", 'observability.apis[0]: "trade-matching-api" is refused; agents.orchestrator.logGroup has it already, allowed is each name once'),
    ("queues.matching-dlq", MATCHING, "queues.matching-dlq: is refused; the dead-letter queue of queues.matching has that logical name; name this one otherwise"),
]  # fmt: skip
MONEY: list[tuple[str, object, str]] = [
    ("cost.monthlyDollars", 874, "cost.monthlyDollars: 874 is refused; services add up to 875; write that much or more, or less for services"),
    ("cost.services", {"AmazonS3": 1001}, "cost.services.AmazonS3: 1001 is refused; allowed is up to monthlyDollars (1000), which is for all services"),
    ("cost.services", {"AmazonBedrok": 5}, "cost.services.AmazonBedrok: is refused; did you mean AmazonBedrock? AWS/Billing is not known to have that name; if it has, write it in cost.otherServices"),
    ("cost.services", {"Quantum": 5}, "cost.services.Quantum: is refused; AWS/Billing is not known to have that name; if it has, write it in cost.otherServices"),
    ("cost.otherServices", ["AmazonS3"], 'cost.otherServices[0]: "AmazonS3" is refused; allowed are names in cost.services that are not known anyway'),
    ("cost.otherServices", ["Quantum"], 'cost.otherServices[0]: "Quantum" is refused; allowed are names in cost.services that are not known anyway'),
]  # fmt: skip


@pytest.mark.parametrize(("path", "value", "line"), MONEY, ids=[case[2].partition(":")[0] for case in MONEY])
def test_money_that_does_not_add_up_is_one_line(path: str, value: object, line: str) -> None:
    assert refusal(changed(PRODUCTION, path, value)) == [
        f"Pulumi.production.yaml: trade-matching-system:{line}"
    ]


def test_services_may_cost_all_there_is_and_new_ones_can_be_named() -> None:
    config = changed(PRODUCTION, "cost.monthlyDollars", 875)
    assert parse(config, "f").cost
    config = changed(PRODUCTION, "cost.services", {"Quantum": 1000})
    assert parse(changed(config, "cost.otherServices", ["Quantum"]), "f").cost


@pytest.mark.parametrize(("path", "value", "line"), TAKEN, ids=[case[2].partition(":")[0] for case in TAKEN])
def test_a_name_that_is_taken_is_one_line(path: str, value: object, line: str) -> None:
    assert refusal(changed(PRODUCTION, path, value)) == [
        f"Pulumi.production.yaml: trade-matching-system:{line}"
    ]
