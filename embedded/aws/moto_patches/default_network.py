"""A network that is there from the start, as that of an account's owner is, under ids that settings can name.

moto gives each account a default VPC under invented ids; a stack file cannot name those.
"""

import functools
import threading
from collections.abc import Generator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from moto.ec2.models import EC2Backend, route_tables, subnets, vpcs

if TYPE_CHECKING:
    from collections.abc import Callable

VPC = "vpc-0123456789abcdef0"
SUBNETS = ("subnet-0123456789abcdef0", "subnet-0123456789abcdef1")
ROUTE_TABLE = "rtb-0123456789abcdef0"
_NAMING = threading.Lock()


def have_a_network() -> None:
    """Each account and region has a VPC with two subnets and a route table beside its default one."""
    original: Callable[..., None] = EC2Backend.__init__

    @functools.wraps(original)
    def with_network(self: EC2Backend, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - passes on what comes
        original(self, *args, **kwargs)
        zones = [f"{self.region_name}{letter}" for letter in "ab"]
        with _NAMING, _named(vpcs, "random_vpc_id", VPC), _named(route_tables, _TABLE_IDS, ROUTE_TABLE):
            self.create_vpc("10.0.0.0/16")
        for number, (subnet, zone) in enumerate(zip(SUBNETS, zones, strict=True)):
            with _NAMING, _named(subnets, "random_subnet_id", subnet):
                self.create_subnet(VPC, f"10.0.{number}.0/24", availability_zone=zone)

    EC2Backend.__init__ = with_network


_TABLE_IDS = "random_route_table_id"


@contextmanager
def _named(module: object, maker: str, name: str) -> Generator[None]:
    """Replace the function by which moto invents an id, for the duration of a block."""
    before = getattr(module, maker)
    setattr(module, maker, lambda: name)
    try:
        yield
    finally:
        setattr(module, maker, before)
