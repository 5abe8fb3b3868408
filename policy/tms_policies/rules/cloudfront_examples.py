"""Examples of the rules of `cloudfront`."""

from tms_policies.examples.model import UNKNOWN, Declared, Example, case

_NOT_PROVEN = "cannot be proven at preview"
_ACM = "arn:aws:acm:us-east-1:123456789012:certificate/1"
_MODERN = {
    "acmCertificateArn": _ACM,
    "minimumProtocolVersion": "TLSv1.2_2021",
    "sslSupportMethod": "sni-only",
}


def _distribution(**props: object) -> Declared:
    return Declared("cloudfront/distribution:Distribution", {"enabled": True, **props}, name="portal-site")


EXAMPLES = (
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
