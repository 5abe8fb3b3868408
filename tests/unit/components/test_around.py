"""Key, network and arrival of documents, as the program registers them."""

import json
from typing import Any

import pytest

from components import matrix
from components.naming import Naming
from components.settings import Settings
from tests.support.stackfile import ACCOUNT, NETWORK, assembled, changed, everything, registered

NAMING = Naming("us-east-1", ACCOUNT)


@pytest.fixture(scope="module")
def settings() -> Settings:
    return assembled(everything("local"))


def test_what_is_set_to_stack_key_is_encrypted_with_the_stacks_key(
    complete: dict[str, dict[str, Any]],
) -> None:
    assert complete["stack-key"]["enableKeyRotation"] is True
    assert complete["bank-trades"]["serverSideEncryption"] == {
        "enabled": True,
        "kmsKeyArn": "arn:of:stack-key",
    }
    assert complete["matching"]["kmsMasterKeyId"] == "arn:of:stack-key"
    (rule,) = complete["documents-encryption"]["rules"]
    assert rule["applyServerSideEncryptionByDefault"]["kmsMasterKeyId"] == "arn:of:stack-key"


def test_an_endpoint_lets_each_role_do_what_it_may_do_anyway_and_nothing_else(
    complete: dict[str, dict[str, Any]], settings: Settings
) -> None:
    granted = {
        (NAMING.role(settings.agents[cell.agent].role_name), action, resource)
        for cell in matrix.matrix(settings)
        for action in cell.actions
        for resource in cell.resources
    }
    passed: set[tuple[str, str, str]] = set()
    endpoints = {key: endpoint for key, endpoint in complete.items() if "vpcEndpointType" in endpoint}
    assert len(endpoints) == 10
    for key, endpoint in endpoints.items():
        statements = json.loads(endpoint["policy"])["Statement"]
        assert len(endpoint["policy"]) < 20480, key
        for statement in statements:
            if statement["Sid"] == "ImageLayers":
                continue
            role = statement["Condition"]["ArnEquals"]["aws:PrincipalArn"]
            passed |= {(role, a, r) for a in statement["Action"] for r in statement["Resource"]}
    assert passed == granted


def test_gateways_are_routed_and_interfaces_are_in_the_subnets(complete: dict[str, dict[str, Any]]) -> None:
    gateway, interface = complete["s3-endpoint"], complete["ecr-dkr-endpoint"]
    assert gateway["routeTableIds"] == NETWORK["routeTableIds"]
    assert "subnetIds" not in gateway
    assert interface["subnetIds"] == NETWORK["subnetIds"]
    assert interface["privateDnsEnabled"] is True


def test_new_documents_reach_a_fifo_queue_through_rules_that_alone_may_send(
    by_name: dict[str, dict[str, Any]],
) -> None:
    assert by_name["documents-notification"]["eventbridge"] is True
    queue = NAMING.queue("trade-matching-system-document-upload-events-production.fifo")
    for prefix, path in (("bank", "BANK/"), ("counterparty", "COUNTERPARTY/")):
        pattern = json.loads(by_name[f"arrivals-{prefix}"]["eventPattern"])
        assert pattern["detail"]["object"]["key"] == [
            {"wildcard": f"{path}*.pdf"},
            {"wildcard": f"{path}*.PDF"},
        ]
        target = by_name[f"arrivals-{prefix}-target"]
        assert target["arn"] == queue
        assert target["sqsTarget"] == {"messageGroupId": prefix}
    (_, delivery) = json.loads(by_name["document-upload-policy"]["policy"])["Statement"]
    assert delivery["Condition"]["ArnEquals"]["aws:SourceArn"] == [
        f"arn:aws:events:us-east-1:{ACCOUNT}:rule/trade-matching-system-arrivals-production-{prefix}"
        for prefix in ("bank", "counterparty")
    ]


def test_new_documents_reach_a_standard_queue_by_the_buckets_own_notification() -> None:
    config = changed(everything("local"), "ingest.queue", "extraction")
    resources = {resource.name: resource.inputs for resource in registered(config, "local")}
    notified = resources["documents-notification"]["queues"]
    assert [
        (notification["id"], notification["filterPrefix"], notification["filterSuffix"])
        for notification in notified
    ] == [
        ("bank", "BANK/", ".pdf"),
        ("bank-1", "BANK/", ".PDF"),
        ("counterparty", "COUNTERPARTY/", ".pdf"),
        ("counterparty-1", "COUNTERPARTY/", ".PDF"),
    ]
    assert not [name for name in resources if name.startswith("arrivals-")]
    delivery = json.loads(resources["extraction-policy"]["policy"])["Statement"][-1]
    assert delivery["Principal"] == {"Service": "s3.amazonaws.com"}
    bucket = "arn:aws:s3:::trade-matching-system-agentcore-production"
    assert delivery["Condition"]["ArnEquals"] == {"aws:SourceArn": [bucket]}


def test_endpoints_that_the_vpc_has_are_left_out_and_agents_let_out_to_them() -> None:
    targets = ["sg-0123456789abcdef0", "pl-0123456789abcdef0"]
    network = {**NETWORK, "endpoints": ["dynamodb", "ecr.dkr"], "waysOut": targets}
    resources = {
        resource.name: resource.inputs
        for resource in registered(changed(everything("local"), "network", network), "local")
    }
    assert {key for key, inputs in resources.items() if "vpcEndpointType" in inputs} == {
        "dynamodb-endpoint",
        "ecr-dkr-endpoint",
    }
    out = {
        key: rule
        for key, rule in resources.items()
        if key.startswith("agents-to-") and not key.endswith("-in")
    }
    assert {(rule.get("referencedSecurityGroupId"), rule.get("prefixListId")) for rule in out.values()} >= {
        ("sg-0123456789abcdef0", None),
        (None, "pl-0123456789abcdef0"),
    }
    assert out.keys() == {
        "agents-to-endpoints-out",
        "agents-to-dynamodb",
        *(f"agents-to-{target}" for target in targets),
    }
