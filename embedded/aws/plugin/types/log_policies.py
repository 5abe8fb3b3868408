"""Resource policies of CloudWatch Logs: which services may write to an account's log groups."""

from embedded.aws.plugin.clients import Aws
from embedded.aws.plugin.model import Model, Policy
from embedded.aws.plugin.shapes import pick
from embedded.aws.plugin.types.logs import GONE
from embedded.aws.plugin.values import Bag


def put_policy(aws: Aws, name: str, _old: Bag, new: Bag) -> None:
    """Write the policy."""
    aws.client("logs").put_resource_policy(policyName=name, policyDocument=new["policyDocument"])


def create_policy(aws: Aws, new: Bag) -> str:
    """Create the policy, which holds for the whole account and region."""
    put_policy(aws, new["policyName"], {}, new)
    return str(new["policyName"])


def read_policy(aws: Aws, name: str) -> Bag | None:
    """Return the live state of the policy."""
    pages = aws.client("logs").get_paginator("describe_resource_policies").paginate()
    policies = (policy for page in pages for policy in page["resourcePolicies"])
    live = next((policy for policy in policies if policy["policyName"] == name), None)
    names = {
        "policyName": "policyName",
        "policyDocument": "policyDocument",
        "policyScope": "policyScope",
        "revisionId": "revisionId",
    }
    return None if live is None else pick(live, names)


def delete_policy(aws: Aws, name: str, _state: Bag) -> None:
    """Delete the policy."""
    aws.client("logs").delete_resource_policy(policyName=name)


MODELS = {
    "aws:cloudwatch/logResourcePolicy:LogResourcePolicy": Model(
        page="cloudwatch_log_resource_policy",
        create=create_policy,
        read=read_policy,
        update=put_policy,
        delete=delete_policy,
        replaces=frozenset({"policyName", "resourceArn", "region"}),
        computed=frozenset({"region"}),
        texts={"policyDocument": Policy},
        refused=frozenset({"resourceArn"}),
        missing=GONE,
        name=None,  # which the provider never invents
    ),
}
