"""A resource's page in the AWS console; none for types whose page has no address that names make up."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from toolkit.aws.location import Location
from toolkit.aws.types import find
from toolkit.engine.values import UNKNOWN

_NAMES = ("name", "bucket", "role", "repository", "rule", "dashboardName", "agentRuntimeName")


def named(token: str, inputs: Mapping[str, Any], identity: str) -> str:
    """Return the name that a resource, or what it is a part of, has in AWS.

    Args:
        token: The type.
        inputs: Its properties.
        identity: Its id, for what has no name or one that is not known yet.
    """
    page = find(token).console
    first = (page.name,) if page else ()
    name = next((inputs[key] for key in (*first, *_NAMES) if inputs.get(key)), identity)
    return name if isinstance(name, str) and name != UNKNOWN else identity


def page(token: str, name: str, location: Location) -> str:
    """Return the address of a resource's page; empty where none is known.

    Args:
        token: The type.
        name: What `named` returned.
        location: Account and region of the stack.
    """
    form = find(token).console
    console = location.console(regional=form.regional) if form else ""
    if not form or not console or not name:
        return ""
    service, resource = form.arn
    quoted = quote(name, safe="")
    return console + form.path.format(
        name=name,
        quoted=quoted,
        # CloudWatch's pages read a name that is encoded twice, with `$` for `%`
        twice=quote(quoted, safe="").replace("%", "$"),
        queue_url=quote(location.queue_url(name), safe=""),
        arn=location.arn(service, resource.format(name=name)),
        region=location.region,
        account=location.account,
    )
