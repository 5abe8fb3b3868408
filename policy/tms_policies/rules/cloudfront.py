"""Rules about CloudFront distributions."""

from collections.abc import Iterable

from tms_policies.model import Bag, Finding, Resource
from tms_policies.must import must_be, must_be_set
from tms_policies.registry import rule
from tms_policies.values import is_true, look

DISTRIBUTION = "aws:cloudfront/distribution:Distribution"


@rule(
    "cloudfront-distribution-tls",
    severity="high",
    types=(DISTRIBUTION,),
    reads=("viewerCertificate",),
    remedy="Set viewer_certificate with acm_certificate_arn and minimum_protocol_version.",
    why="The default certificate goes with TLS 1.0, which can be broken on the line.",
)
def modern_tls(distribution: Resource, _settings: Bag) -> Iterable[Finding]:
    """A distribution has a certificate of its own and takes TLS 1.2 or newer."""
    line = 'viewer_certificate={"acm_certificate_arn": ..., "minimum_protocol_version": "TLSv1.2_2021", ...}'
    if is_true(look(distribution.props, "viewerCertificate", "cloudfrontDefaultCertificate")):
        yield Finding(f"{distribution.name} has CloudFront's default certificate, which takes TLS 1.0", line)
        return
    path = "viewerCertificate.minimumProtocolVersion"
    yield from must_be(distribution, path, ("TLSv1.2_2021", "TLSv1.2_2025", "TLSv1.3_2025"), line)


@rule(
    "cloudfront-distribution-firewall",
    severity="high",
    types=(DISTRIBUTION,),
    reads=("webAclId",),
    remedy="Set web_acl_id.",
    why="Floods and known attacks reach the origin otherwise.",
)
def firewall(distribution: Resource, _settings: Bag) -> Iterable[Finding]:
    """A distribution has a web ACL."""
    return must_be_set(distribution, "webAclId", "web_acl_id=acl.arn")


@rule(
    "cloudfront-distribution-logs",
    severity="high",
    types=(DISTRIBUTION,),
    reads=("loggingConfig",),
    remedy="Set logging_config.",
    why="Who asked for what cannot be told afterwards.",
)
def access_logs(distribution: Resource, _settings: Bag) -> Iterable[Finding]:
    """A distribution logs requests."""
    return must_be_set(distribution, "loggingConfig", 'logging_config={"bucket": ..., "prefix": ...}')
