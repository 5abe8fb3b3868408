"""A portal that faces the internet without its guards."""

from pulumi_aws import cloudfront, ecs, lb

from faults.common import TAGS

EXPECTED = {
    "plain-listener": {"lb-listener-https"},
    "fleeting-balancer": {"lb-balancer-deletion-protection"},
    "public-tasks": {"ecs-service-private"},
    "bare-site": {
        "cloudfront-distribution-firewall",
        "cloudfront-distribution-logs",
        "cloudfront-distribution-tls",
    },
}


def plant() -> None:
    """Declare the faulty resources."""
    lb.LoadBalancer("fleeting-balancer", name="fleeting", subnets=["subnet-1", "subnet-2"], tags=TAGS)
    lb.Listener(
        "plain-listener",
        load_balancer_arn="arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/app/a/1",
        port=80,
        protocol="HTTP",
        default_actions=[{"type": "fixed-response", "fixed_response": {"content_type": "text/plain"}}],
        tags=TAGS,
    )
    ecs.Service(
        "public-tasks",
        name="public",
        network_configuration={"subnets": ["subnet-1"], "assign_public_ip": True},
        tags=TAGS,
    )
    cloudfront.Distribution(
        "bare-site",
        enabled=True,
        origins=[{"origin_id": "site", "domain_name": "site.bank.test"}],
        default_cache_behavior={
            "target_origin_id": "site",
            "viewer_protocol_policy": "redirect-to-https",
            "allowed_methods": ["GET", "HEAD"],
            "cached_methods": ["GET", "HEAD"],
        },
        restrictions={"geo_restriction": {"restriction_type": "none"}},
        viewer_certificate={"cloudfront_default_certificate": True},
        tags=TAGS,
    )
