"""ECR repositories, with the lifecycle and the permissions that are resources of their own."""

import json
from collections.abc import Callable, Mapping
from typing import Any, cast

from embedded.aws.plugin.clients import Aws
from embedded.aws.plugin.model import Model, Policy, Same
from embedded.aws.plugin.shapes import inverse, pick, tag_list, tag_map
from embedded.aws.plugin.values import Bag

_GONE = frozenset({"RepositoryNotFoundException"})
_ENCRYPTION = {"encryptionType": "encryptionType", "kmsKey": "kmsKey"}
_TAG_LISTS = ("tagPatternList", "tagPrefixList")


def same_lifecycle(first: str, second: str) -> bool:
    """Whether two lifecycle policies keep and expire the same images.

    The order of rules is that of their priorities, and the order of tag patterns and prefixes means nothing,
    as the published provider judges it (`equivalentLifecyclePolicyJSON`).

    Args:
        first: A lifecycle policy as JSON text.
        second: A lifecycle policy as JSON text.

    Returns:
        True when they mean the same.
    """
    try:
        return _rules(first) == _rules(second)
    except ValueError:
        return first == second


def _rules(text: str) -> object:
    """The rules of a lifecycle policy in the order of their priorities."""
    document = json.loads(text)
    if not isinstance(document, dict):
        return document
    rules = cast("list[Bag]", cast("Bag", document).get("rules") or [])
    return sorted((_reduced(rule) for rule in rules), key=lambda rule: rule.get("rulePriority") or 0)


def _reduced(rule: Bag) -> Bag:
    """A rule with its tag lists sorted, and without empty ones."""
    selection = cast("Bag", rule.get("selection") or {})
    lists = {name: sorted(selection[name]) for name in _TAG_LISTS if selection.get(name)}
    return {**rule, "selection": {k: v for k, v in selection.items() if k not in _TAG_LISTS} | lists}


def create(aws: Aws, new: Bag) -> str:
    """Create the repository with everything that it is given."""
    names = {
        "name": "repositoryName",
        "imageTagMutability": "imageTagMutability",
        "imageScanningConfiguration": "imageScanningConfiguration",
        "imageTagMutabilityExclusionFilters": "imageTagMutabilityExclusionFilters",
    }
    encryption = [
        {"encryptionType": "AES256", **configuration}
        for configuration in new.get("encryptionConfigurations") or []
    ]
    optional = {"encryptionConfiguration": pick(encryption[0], _ENCRYPTION)} if encryption else {}
    tags = tag_list(new.get("tagsAll") or {})
    settings = {name: value for name, value in pick(new, names).items() if value != []}
    return str(
        aws.client("ecr").create_repository(**settings, **optional, tags=tags)["repository"]["repositoryName"]
    )


def update(aws: Aws, name: str, old: Bag, new: Bag) -> None:
    """Change how tags may move, and whether images are scanned."""
    client = aws.client("ecr")
    tags = {
        "imageTagMutability": "imageTagMutability",
        "imageTagMutabilityExclusionFilters": "imageTagMutabilityExclusionFilters",
    }
    desired = {key: value for key, value in pick(new, tags).items() if value != []}
    if desired != {key: value for key, value in pick(old, tags).items() if value != []}:
        client.put_image_tag_mutability(repositoryName=name, **desired)
    scanning = new.get("imageScanningConfiguration")
    if scanning is not None and scanning != old.get("imageScanningConfiguration"):
        client.put_image_scanning_configuration(repositoryName=name, imageScanningConfiguration=scanning)


def read(aws: Aws, name: str) -> Bag | None:
    """The repository as it is."""
    client = aws.client("ecr")
    live = client.describe_repositories(repositoryNames=[name])["repositories"][0]
    names = {
        "repositoryArn": "arn",
        "repositoryName": "name",
        "registryId": "registryId",
        "repositoryUri": "repositoryUrl",
        "imageTagMutability": "imageTagMutability",
        "imageTagMutabilityExclusionFilters": "imageTagMutabilityExclusionFilters",
        "imageScanningConfiguration": "imageScanningConfiguration",
    }
    encryption = pick(live["encryptionConfiguration"], inverse(_ENCRYPTION))
    return {
        **pick(live, names),
        "encryptionConfigurations": [{"kmsKey": "", **encryption}],
        "tags": tag_map(client.list_tags_for_resource(resourceArn=live["repositoryArn"])["tags"]),
    }


def delete(aws: Aws, name: str, state: Bag) -> None:
    """Delete the repository; AWS refuses while it holds images, unless told to delete them too."""
    aws.client("ecr").delete_repository(repositoryName=name, force=bool(state.get("forceDelete")))


def retag(aws: Aws, _name: str, state: Bag, new_tags: dict[str, str], removed_keys: list[str]) -> None:
    """Change the repository's tags."""
    if removed_keys:
        aws.client("ecr").untag_resource(resourceArn=state["arn"], tagKeys=removed_keys)
    if new_tags:
        aws.client("ecr").tag_resource(resourceArn=state["arn"], tags=tag_list(new_tags))


Client = Any
"""A botocore ECR client, which botocore makes at run time."""


def _policy(
    page: str,
    put_policy: Callable[[Client, str, str], object],
    get_policy: Callable[[Client, str], Mapping[str, str]],
    drop: Callable[[Client, str], object],
    field: str,
    same: Same,
    *,
    missing: str,
    replaces: frozenset[str] = frozenset(),
) -> Model:
    """The description of a policy on a repository; its id is the repository's name."""

    def create_policy(aws: Aws, new: Bag) -> str:
        put_policy(aws.client("ecr"), new["repository"], new["policy"])
        return str(new["repository"])

    def update_policy(aws: Aws, repository: str, _old: Bag, new: Bag) -> None:
        put_policy(aws.client("ecr"), repository, new["policy"])

    def read_policy(aws: Aws, repository: str) -> Bag | None:
        live = get_policy(aws.client("ecr"), repository)
        return pick(live, {"repositoryName": "repository", "registryId": "registryId", field: "policy"})

    def delete_policy(aws: Aws, repository: str, _state: Bag) -> None:
        drop(aws.client("ecr"), repository)

    return Model(
        page=page,
        create=create_policy,
        read=read_policy,
        update=update_policy,
        delete=delete_policy,
        replaces=frozenset({"repository", "region"}) | replaces,
        computed=frozenset({"region"}),
        texts={"policy": same},
        missing=_GONE | {missing},
        name="repository",  # a repository has one of each, so a replaced one goes first
    )


MODELS = {
    "aws:ecr/repository:Repository": Model(
        page="ecr_repository",
        create=create,
        read=read,
        update=update,
        delete=delete,
        retag=retag,
        replaces=frozenset({"name", "encryptionConfigurations", "region"}),
        defaults={"imageTagMutability": "MUTABLE", "encryptionConfigurations.encryptionType": "AES256"},
        computed=frozenset(
            {
                "region",
                "name",
                "encryptionConfigurations",
                "encryptionConfigurations.kmsKey",
                "imageScanningConfiguration",
            }
        ),
        unread=frozenset({"forceDelete"}),
        missing=_GONE,
    ),
    "aws:ecr/lifecyclePolicy:LifecyclePolicy": _policy(
        "ecr_lifecycle_policy",
        lambda client, name, text: client.put_lifecycle_policy(repositoryName=name, lifecyclePolicyText=text),
        lambda client, name: client.get_lifecycle_policy(repositoryName=name),
        lambda client, name: client.delete_lifecycle_policy(repositoryName=name),
        "lifecyclePolicyText",
        same_lifecycle,
        missing="LifecyclePolicyNotFoundException",
        replaces=frozenset({"policy"}),
    ),
    "aws:ecr/repositoryPolicy:RepositoryPolicy": _policy(
        "ecr_repository_policy",
        lambda client, name, text: client.set_repository_policy(repositoryName=name, policyText=text),
        lambda client, name: client.get_repository_policy(repositoryName=name),
        lambda client, name: client.delete_repository_policy(repositoryName=name),
        "policyText",
        Policy,
        missing="RepositoryPolicyNotFoundException",
    ),
}
