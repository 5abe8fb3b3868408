"""Examples of the rules of `lb`."""

from tms_policies.examples.model import UNKNOWN, Declared, Example, case

_NOT_PROVEN = "cannot be proven at preview"
_TO_HTTPS = [{"type": "redirect", "redirect": {"protocol": "HTTPS", "port": "443", "statusCode": "HTTP_301"}}]


def _listener(**props: object) -> Declared:
    return Declared("lb/listener:Listener", {"loadBalancerArn": "portal", **props}, name="portal-listener")


def _balancer(**props: object) -> Declared:
    return Declared("lb/loadBalancer:LoadBalancer", {"name": "portal", **props}, name="portal")


EXAMPLES = (
    Example(
        "lb-listener-https",
        good=case(_listener(protocol="HTTP", port=80, defaultActions=_TO_HTTPS)),
        bad=case(_listener(protocol="HTTP", port=80), says="is 'HTTP', and it does not redirect to HTTPS"),
        missing=case(_listener(), says="protocol of portal-listener is None"),
        unknown=case(_listener(protocol=UNKNOWN), says=_NOT_PROVEN),
    ),
    Example(
        "lb-balancer-deletion-protection",
        good=case(_balancer(enableDeletionProtection=True)),
        bad=case(
            _balancer(enableDeletionProtection=False), says="enableDeletionProtection of portal is False"
        ),
        missing=case(_balancer(), says="enableDeletionProtection of portal is missing"),
        unknown=case(_balancer(enableDeletionProtection=UNKNOWN), says=_NOT_PROVEN),
    ),
)
