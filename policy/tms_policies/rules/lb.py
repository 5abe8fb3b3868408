"""Rules about load balancers."""

from collections.abc import Iterable

from tms_policies.model import Bag, Finding, Resource, Unknown
from tms_policies.must import must_be_true
from tms_policies.registry import rule
from tms_policies.values import blocks, look, shown, unproven

LISTENER = "aws:lb/listener:Listener"
BALANCER = "aws:lb/loadBalancer:LoadBalancer"


@rule(
    "lb-listener-https",
    severity="high",
    types=(LISTENER,),
    reads=("protocol",),
    remedy="Set protocol and certificate_arn.",
    why="Who sits on the line reads, and changes, what goes over plain HTTP.",
)
def https_only(listener: Resource, _settings: Bag) -> Iterable[Finding]:
    """A listener takes HTTPS, or redirects to it."""
    protocol = listener.props.get("protocol")
    if isinstance(protocol, Unknown):
        yield unproven(protocol, f"protocol of {listener.name} must be HTTPS")
        return
    value = listener.props.get("defaultActions")
    actions = blocks(value)
    redirects = bool(actions) and all(look(item, "redirect", "protocol") == "HTTPS" for item in actions)
    if protocol in (None, "HTTP") and not redirects:
        yield Finding(
            f"protocol of {listener.name} is {shown(protocol)}, and it does not redirect to HTTPS",
            'protocol="HTTPS", certificate_arn=..., or default_actions=[{"type": "redirect", "redirect": '
            '{"protocol": "HTTPS", "port": "443", "status_code": "HTTP_301"}}]',
        )


@rule(
    "lb-balancer-deletion-protection",
    severity="high",
    types=(BALANCER,),
    reads=("enableDeletionProtection",),
    remedy="Set enable_deletion_protection=True.",
    why="With the balancer its address goes, and every client that has it.",
)
def deletion_protection(balancer: Resource, _settings: Bag) -> Iterable[Finding]:
    """AWS refuses to delete a load balancer."""
    return must_be_true(balancer, "enableDeletionProtection", "enable_deletion_protection=True")
