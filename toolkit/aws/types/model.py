"""What is known of one AWS type: one record, which every room reads.

Records are Python and not a data file: listings and import ids need code (rows of a page, ids of a location),
the type checker checks every field, and all that is known of a type stands in one place.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from toolkit.aws.types.import_ids import ImportId
from toolkit.aws.types.listing import Listing
from toolkit.aws.types.parts import ConsolePage, Cost, Delivery, Loss, ProviderFacts, SubResource

Scope = Literal["region", "account", "partition"]
"""How far a name reaches: one region, all regions of an account, or every account of a partition."""

# Services that ARNs name otherwise than the SDK's modules, by how type tokens begin
_SERVICES = {
    "aws:apigatewayv2/": "apigateway",
    "aws:bedrock/agentcore": "bedrock-agentcore",
    "aws:cloudwatch/event": "events",
    "aws:cloudwatch/log": "logs",
    "aws:cognito/": "cognito-idp",
    "aws:costexplorer/": "ce",
    "aws:vpc/": "ec2",
}
_SCOPES: Mapping[str, Scope] = {
    **dict.fromkeys(("budgets", "cloudfront", "costexplorer", "iam", "organizations", "route53"), "account"),
    "s3": "partition",  # one name is one bucket, whichever account has it
}


@dataclass(frozen=True)
class AwsType:
    """What is known of one type.

    Attributes:
        token: Pulumi's type token.
        import_id: Derives the import id from what is declared; None where AWS gives it.
        listing: Lists live resources; None where they cannot be listed or need not be.
        same_as: The type that this is another name of, so that what is live is counted once.
        reach: How far its name reaches; None where the token's module tells.
        holds_data: Whether what is in it cannot be made again by running the program.
        protect: Why a run must not delete or replace it; empty if it may.
        retain: Whether it must stay in AWS when it leaves the program.
        loss: What goes with one that is replaced or deleted.
        sub_resources: Types that set properties of it.
        provider: What the provider does with it that no preview tells.
        reads: IAM actions that the provider's Read calls.
        delivery: IAM actions that change it.
        console: Its page in the AWS console.
        cost: What moves the bill.
    """

    token: str
    import_id: ImportId | None = None
    listing: Listing | None = None
    same_as: str = ""
    reach: Scope | None = None
    holds_data: bool = False
    protect: str = ""
    retain: bool = False
    loss: Loss | None = None
    sub_resources: tuple[SubResource, ...] = ()
    provider: ProviderFacts | None = None
    reads: tuple[str, ...] = ()
    delivery: Delivery | None = None
    console: ConsolePage | None = None
    cost: Cost | None = None

    @property
    def service(self) -> str:
        """The service, as ARNs name it."""
        module = self.token.split(":")[1].partition("/")[0]
        return next((name for prefix, name in _SERVICES.items() if self.token.startswith(prefix)), module)

    @property
    def scope(self) -> Scope:
        """Within what its name is unique."""
        return self.reach or _SCOPES.get(self.token.split(":")[1].partition("/")[0], "region")
