"""Data sources that are answered from the provider's configuration; every other one is refused by name."""

from collections.abc import Callable, Mapping

from embedded.aws.plugin.clients import Aws
from embedded.aws.plugin.errors import RefusedError
from embedded.aws.plugin.policy_document import policy_document
from embedded.aws.plugin.values import Bag


def _caller_identity(aws: Aws, _args: Bag) -> Bag:
    """https://www.pulumi.com/registry/packages/aws/api-docs/getcalleridentity/."""
    return {
        "id": aws.account,
        "accountId": aws.account,
        "arn": aws.arn("sts", "assumed-role/embedded/session", regional=False),
        "userId": "AROAEMBEDDED:session",
    }


def _region(aws: Aws, args: Bag) -> Bag:
    """https://www.pulumi.com/registry/packages/aws/api-docs/getregion/."""
    name = str(args.get("region") or args.get("name") or aws.region)
    endpoint = f"ec2.{name}.{aws.in_region(name).dns_suffix}"
    return {"id": name, "name": name, "region": name, "endpoint": endpoint, "description": name}


def _partition(aws: Aws, _args: Bag) -> Bag:
    """https://www.pulumi.com/registry/packages/aws/api-docs/getpartition/."""
    suffix = aws.dns_suffix
    return {
        "id": aws.partition,
        "partition": aws.partition,
        "dnsSuffix": suffix,
        "reverseDnsPrefix": ".".join(reversed(suffix.split("."))),
    }


ANSWERS: Mapping[str, Callable[[Aws, Bag], Bag]] = {
    "aws:index/getCallerIdentity:getCallerIdentity": _caller_identity,
    "aws:index/getRegion:getRegion": _region,
    "aws:index/getPartition:getPartition": _partition,
    "aws:iam/getPolicyDocument:getPolicyDocument": lambda _aws, args: policy_document(args),
}


def answer(aws: Aws, token: str, args: Bag) -> Bag:
    """Answer a data source.

    Args:
        aws: The AWS that the provider is configured for.
        token: The function's token.
        args: Its arguments.

    Returns:
        Its result.

    Raises:
        RefusedError: The embedded AWS does not model this data source.
    """
    if token not in ANSWERS:
        raise RefusedError(
            f"{token}: the embedded AWS does not answer this data source; it answers "
            f"{', '.join(sorted(ANSWERS))}; add it in embedded/aws/plugin/invokes.py"
        )
    return ANSWERS[token](aws, args)
