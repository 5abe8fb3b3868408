"""The network that every account of the embedded AWS comes with; only the server knows its ids."""

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from embedded.aws.plugin.clients import ClientPool
from tests.support.cases.case import ACCOUNT, REGION, Case


def default_network(home: Path, account: str = ACCOUNT) -> dict[str, str]:
    """Look up the default VPC of an account, with two subnets and the main route table.

    Args:
        home: The folder of an embedded AWS that runs.
        account: The account, that of the cases unless another is named.

    Returns:
        Ids by the names that cases use: `vpc`, `first subnet`, `second subnet`, `routes`.
    """
    port = json.loads((home / "server.json").read_text())["port"]
    ec2 = ClientPool(account, {"": f"http://127.0.0.1:{port}"}).get("ec2", REGION)
    vpc = next(one["VpcId"] for one in ec2.describe_vpcs()["Vpcs"] if one["IsDefault"])
    inside = [{"Name": "vpc-id", "Values": [vpc]}]
    first, second, *_ = sorted(one["SubnetId"] for one in ec2.describe_subnets(Filters=inside)["Subnets"])
    routes = ec2.describe_route_tables(Filters=inside)["RouteTables"][0]["RouteTableId"]
    return {"vpc": vpc, "first subnet": first, "second subnet": second, "routes": routes}


def placed(cases: Sequence[Case], network: dict[str, str]) -> list[Case]:
    """Put ids in place of what cases name of the network: `{"network": "vpc"}`.

    Args:
        cases: Cases as they are written.
        network: Ids by name.

    Returns:
        The same cases with ids.
    """
    return [replace(case, props=_placed(case.props, network)) for case in cases]


def _placed(value: Any, network: dict[str, str]) -> Any:  # noqa: ANN401 - a property value may be anything
    if isinstance(value, list):
        return [_placed(item, network) for item in value]
    if isinstance(value, dict):
        named = value.get("network")
        return network[named] if named else {key: _placed(item, network) for key, item in value.items()}
    return value
