"""Who may do what through a VPC endpoint: each agent's role what it may do anyway."""

from collections.abc import Mapping, Sequence

from components import matrix
from components.naming import Naming
from components.statements import Statement, allow


def endpoint_statements(
    prefix: str, cells: Sequence[matrix.Cell], roles: Mapping[str, str], vpc_id: str, naming: Naming
) -> list[Statement]:
    """Return the statements of an endpoint's policy: what each agent's role may do with that service.

    Args:
        prefix: The prefix of the service's actions, such as `sqs`.
        cells: The permissions of all agents.
        roles: ARN of each agent's role.
        vpc_id: The network that the endpoint is in.
        naming: Spells ARNs.

    Returns:
        Statements for any principal, each under the condition that it is that agent's role: a gateway
        endpoint knows no other way to name a role (AWS PrivateLink guide, "Gateway endpoints").
    """
    statements: list[Statement] = []
    for cell in cells:
        if cell.actions[0].startswith(f"{prefix}:"):
            conditions = {
                **cell.conditions,
                "ArnEquals": {"aws:PrincipalArn": roles[cell.agent]},
            }
            label = matrix.sid(cell.agent, cell.sid)
            statements.append({**allow(label, cell.actions, cell.resources, **conditions), "Principal": "*"})
    if prefix == "s3":
        statements.append(_image_layers(vpc_id, naming))
    return statements


def _image_layers(vpc_id: str, naming: Naming) -> Statement:
    """Return the statement for image layers, which are behind URLs that Amazon ECR signs, so no role shows.

    Source: Amazon ECR user guide, "Create the Amazon S3 gateway endpoint".
    """
    return {
        "Sid": "ImageLayers",
        "Effect": "Allow",
        "Principal": "*",
        "Action": ["s3:GetObject"],
        "Resource": [naming.objects(f"prod-{naming.region}-starport-layer-bucket")],
        "Condition": {"StringEquals": {"aws:SourceVpc": vpc_id}},
    }
