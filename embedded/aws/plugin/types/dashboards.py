"""CloudWatch dashboards."""

from embedded.aws.plugin.clients import Aws
from embedded.aws.plugin.model import Json, Model
from embedded.aws.plugin.shapes import pick
from embedded.aws.plugin.values import Bag


def put_dashboard(aws: Aws, name: str, _old: Bag, new: Bag) -> None:
    """Write the dashboard."""
    aws.client("cloudwatch").put_dashboard(DashboardName=name, DashboardBody=new["dashboardBody"])


def create_dashboard(aws: Aws, new: Bag) -> str:
    """Create the dashboard."""
    put_dashboard(aws, new["dashboardName"], {}, new)
    return str(new["dashboardName"])


def read_dashboard(aws: Aws, name: str) -> Bag | None:
    """Return the live state of the dashboard."""
    names = {
        "DashboardArn": "dashboardArn",
        "DashboardBody": "dashboardBody",
        "DashboardName": "dashboardName",
    }
    return pick(aws.client("cloudwatch").get_dashboard(DashboardName=name), names)


def delete_dashboard(aws: Aws, name: str, _state: Bag) -> None:
    """Delete the dashboard."""
    aws.client("cloudwatch").delete_dashboards(DashboardNames=[name])


MODELS = {
    "aws:cloudwatch/dashboard:Dashboard": Model(
        page="cloudwatch_dashboard",
        create=create_dashboard,
        read=read_dashboard,
        update=put_dashboard,
        delete=delete_dashboard,
        replaces=frozenset({"dashboardName", "region"}),
        computed=frozenset({"region"}),
        texts={"dashboardBody": Json},
        missing=frozenset({"ResourceNotFound", "DashboardNotFoundError"}),
        name="dashboardName",
    ),
}
