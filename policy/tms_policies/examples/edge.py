"""Examples of the rules about what faces the internet for people."""

from tms_policies.examples.model import UNKNOWN, Declared, Example, case

_NOT_PROVEN = "cannot be proven at preview"
_TO_HTTPS = [{"type": "redirect", "redirect": {"protocol": "HTTPS", "port": "443", "statusCode": "HTTP_301"}}]
_ACM = "arn:aws:acm:us-east-1:123456789012:certificate/1"
_MODERN = {
    "acmCertificateArn": _ACM,
    "minimumProtocolVersion": "TLSv1.2_2021",
    "sslSupportMethod": "sni-only",
}


def _listener(**props: object) -> Declared:
    return Declared("lb/listener:Listener", {"loadBalancerArn": "portal", **props}, name="portal-listener")


def _balancer(**props: object) -> Declared:
    return Declared("lb/loadBalancer:LoadBalancer", {"name": "portal", **props}, name="portal")


def _service(**network: object) -> Declared:
    given = {"name": "portal", "networkConfiguration": {"subnets": ["subnet-1", "subnet-2"], **network}}
    return Declared("ecs/service:Service", given, name="portal-service")


def _distribution(**props: object) -> Declared:
    return Declared("cloudfront/distribution:Distribution", {"enabled": True, **props}, name="portal-site")


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
    Example(
        "ecs-service-private",
        good=case(_service(assignPublicIp=False)),
        bad=case(_service(assignPublicIp=True), says="each task is on the internet"),
        missing=case(_service()),
        unknown=case(_service(assignPublicIp=UNKNOWN), says=_NOT_PROVEN),
    ),
    Example(
        "cloudfront-distribution-tls",
        good=case(_distribution(viewerCertificate=_MODERN)),
        bad=case(
            _distribution(viewerCertificate={"cloudfrontDefaultCertificate": True}),
            says="portal-site has CloudFront's default certificate",
        ),
        missing=case(
            _distribution(), says="viewerCertificate.minimumProtocolVersion of portal-site is missing"
        ),
        unknown=case(_distribution(viewerCertificate=UNKNOWN), says=_NOT_PROVEN),
    ),
    Example(
        "cloudfront-distribution-firewall",
        good=case(_distribution(webAclId="arn:aws:wafv2:us-east-1:123456789012:global/webacl/portal/1")),
        bad=case(_distribution(webAclId=""), says="webAclId of portal-site is missing"),
        missing=case(_distribution(), says="webAclId of portal-site is missing"),
        unknown=case(_distribution(webAclId=UNKNOWN)),
    ),
    Example(
        "cloudfront-distribution-logs",
        good=case(_distribution(loggingConfig={"bucket": "logs.s3.amazonaws.com", "prefix": "portal/"})),
        bad=case(_distribution(loggingConfig={}), says="loggingConfig of portal-site is missing"),
        missing=case(_distribution(), says="loggingConfig of portal-site is missing"),
        unknown=case(_distribution(loggingConfig=UNKNOWN)),
    ),
)
