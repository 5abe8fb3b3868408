"""Rules about what faces the internet for people: load balancers, containers, content delivery."""

from collections.abc import Callable, Iterable

from tms_policies.model import Bag, Finding, Resource, Rule, Unknown
from tms_policies.rules.flags import must_be_set, must_be_true
from tms_policies.rules.needs import must_be
from tms_policies.values import blocks, is_true, look, shown, unproven

LISTENER = "aws:lb/listener:Listener"
BALANCER = "aws:lb/loadBalancer:LoadBalancer"
SERVICE = "aws:ecs/service:Service"
DISTRIBUTION = "aws:cloudfront/distribution:Distribution"


def _listener(listener: Resource) -> Iterable[Finding]:
    """HTTPS, or nothing but a redirect to it."""
    protocol = listener.props.get("protocol")
    if isinstance(protocol, Unknown):
        yield unproven(protocol, f"protocol of {listener.name} must be HTTPS")
        return
    given = listener.props.get("defaultActions")
    actions = blocks(given)
    redirects = bool(actions) and all(look(one, "redirect", "protocol") == "HTTPS" for one in actions)
    if protocol in (None, "HTTP") and not redirects:
        yield Finding(
            f"protocol of {listener.name} is {shown(protocol)}, and it does not redirect to HTTPS",
            'protocol="HTTPS", certificate_arn=..., or default_actions=[{"type": "redirect", "redirect": '
            '{"protocol": "HTTPS", "port": "443", "status_code": "HTTP_301"}}]',
        )


def _kept(balancer: Resource) -> Iterable[Finding]:
    return must_be_true(balancer, "enable_deletion_protection=True", "enableDeletionProtection")


def _private(service: Resource) -> Iterable[Finding]:
    """No public address on a task; left out, it has none."""
    value = look(service.props, "networkConfiguration", "assignPublicIp")
    if isinstance(value, Unknown):
        yield unproven(value, f"{service.name} must not give its tasks public addresses")
    elif is_true(value):
        yield Finding(
            f"networkConfiguration.assignPublicIp of {service.name} is true: each task is on the internet",
            'network_configuration={..., "assign_public_ip": False} in private subnets',
        )


def _certificate(distribution: Resource) -> Iterable[Finding]:
    """A certificate of one's own, with which old versions of TLS can be refused."""
    line = 'viewer_certificate={"acm_certificate_arn": ..., "minimum_protocol_version": "TLSv1.2_2021", ...}'
    if is_true(look(distribution.props, "viewerCertificate", "cloudfrontDefaultCertificate")):
        yield Finding(f"{distribution.name} has CloudFront's default certificate, which takes TLS 1.0", line)
        return
    path = ("viewerCertificate", "minimumProtocolVersion")
    yield from must_be(distribution, ("TLSv1.2_2021", "TLSv1.2_2025", "TLSv1.3_2025"), line, *path)


def _firewall(distribution: Resource) -> Iterable[Finding]:
    return must_be_set(distribution, "webAclId", "web_acl_id=acl.arn")


def _logs(distribution: Resource) -> Iterable[Finding]:
    return must_be_set(distribution, "loggingConfig", 'logging_config={"bucket": ..., "prefix": ...}')


def _rule(
    rule: str,
    token: str,
    texts: tuple[str, str, str],
    check: Callable[[Resource], Iterable[Finding]],
    reads: str,
) -> Rule:
    """Describe one rule: (what holds, how, why)."""

    def checked(resource: Resource, _settings: Bag) -> Iterable[Finding]:
        return check(resource)

    what, remedy, why = texts
    return Rule(rule, "high", (), what, remedy, (token,), checked, (reads,), why=why)


RULES = (
    _rule(
        "lb-listener-https",
        LISTENER,
        (
            "A listener takes HTTPS, or redirects to it.",
            "Set protocol and certificate_arn.",
            "Who sits on the line reads, and changes, what goes over plain HTTP.",
        ),
        _listener,
        "protocol",
    ),
    _rule(
        "lb-balancer-deletion-protection",
        BALANCER,
        (
            "AWS refuses to delete a load balancer.",
            "Set enable_deletion_protection=True.",
            "With the balancer its address goes, and every client that has it.",
        ),
        _kept,
        "enableDeletionProtection",
    ),
    _rule(
        "ecs-service-private",
        SERVICE,
        (
            "A container service's tasks have no public address.",
            "Leave assign_public_ip out.",
            "Each task could be reached past the load balancer.",
        ),
        _private,
        "networkConfiguration",
    ),
    _rule(
        "cloudfront-distribution-tls",
        DISTRIBUTION,
        (
            "A distribution has a certificate of its own and takes TLS 1.2 or newer.",
            "Set viewer_certificate with acm_certificate_arn and minimum_protocol_version.",
            "The default certificate goes with TLS 1.0, which can be broken on the line.",
        ),
        _certificate,
        "viewerCertificate",
    ),
    _rule(
        "cloudfront-distribution-firewall",
        DISTRIBUTION,
        (
            "A distribution has a web ACL.",
            "Set web_acl_id.",
            "Floods and known attacks reach the origin otherwise.",
        ),
        _firewall,
        "webAclId",
    ),
    _rule(
        "cloudfront-distribution-logs",
        DISTRIBUTION,
        (
            "A distribution logs requests.",
            "Set logging_config.",
            "Who asked for what cannot be told afterwards.",
        ),
        _logs,
        "loggingConfig",
    ),
)
