"""The records of AWS types agree with each other, with botocore, and with the files made of them."""

from typing import Any

import botocore.session
import pytest

from tms_policies import aws_types
from toolkit.adopt import python_arguments
from toolkit.aws.types import HOLDS_DATA, LISTING_BY_TYPE, TYPES, find, generate
from toolkit.aws.types.services import s3

SERVICES: dict[str, Any] = botocore.session.get_session().get_data("endpoints")["partitions"][0]["services"]
IN_BOTOCORE = {"costexplorer": "ce"}


@pytest.mark.generated
def test_the_files_are_what_the_records_say() -> None:
    assert generate.POLICY.read_text() == generate.policy_text(), "run `make docs`"
    assert generate.DELIVERY.read_text() == generate.delivery_text(), "run `make docs`"


def test_no_type_has_two_records() -> None:
    assert len(TYPES) == 136
    assert [record.token for record in s3.TYPES] == sorted({record.token for record in s3.TYPES})


def test_what_a_record_names_has_a_record() -> None:
    tokens = {sub.token for record in TYPES.values() for sub in record.sub_resources}
    tokens |= {record.same_as for record in TYPES.values()} - {""}
    tokens |= {listing.parent for listing in LISTING_BY_TYPE.values()} - {""}
    assert tokens - set(TYPES) == set()


def test_a_setting_that_two_types_have_is_an_argument_of_the_first() -> None:
    for token, record in TYPES.items():
        for sub in record.sub_resources:
            assert sub.setting in python_arguments.names(token), sub
            assert {sub.by, *sub.only_if} <= set(python_arguments.names(sub.token)), sub


def test_what_holds_data_is_protected_and_its_loss_is_told_as_one_of_data() -> None:
    for token in HOLDS_DATA:
        record = find(token)
        assert record.protect, token
        assert record.loss, token
        assert record.loss.kind == "data", token
    assert {token for token, record in TYPES.items() if record.protect} - set(HOLDS_DATA) == {
        "aws:cognito/userPoolClient:UserPoolClient"
    }


def test_the_policy_pack_guards_the_same_types() -> None:
    assert set(aws_types.HOLDS_DATA) == set(HOLDS_DATA)


@pytest.mark.parametrize(
    "module", ["budgets", "cloudfront", "costexplorer", "iam", "organizations", "route53"]
)
def test_a_service_without_regions_is_one_in_botocore(module: str) -> None:
    assert SERVICES[IN_BOTOCORE.get(module, module)]["isRegionalized"] is False
    assert find(f"aws:{module}/any:Any").scope == "account"


def test_other_services_have_regions() -> None:
    for record in TYPES.values():
        if record.scope == "region":
            assert SERVICES.get(record.service, {}).get("isRegionalized", True), record.token


def test_a_bucket_is_one_of_its_partition_and_the_accounts_block_one_of_its_account() -> None:
    assert find("aws:s3/bucketPolicy:BucketPolicy").scope == "partition"
    assert find("aws:s3/any:Any").scope == "partition"
    assert find("aws:s3/accountPublicAccessBlock:AccountPublicAccessBlock").scope == "account"


def test_of_a_type_without_record_only_service_and_scope_are_known() -> None:
    record = find("aws:cloudwatch/logAnomalyDetector:LogAnomalyDetector")
    assert (record.service, record.scope, record.holds_data) == ("logs", "region", False)
