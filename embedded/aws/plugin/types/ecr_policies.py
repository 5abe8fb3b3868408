"""Lifecycle policies and resource policies of ECR repositories."""

import json
from collections.abc import Callable, Mapping
from typing import Any, cast

from embedded.aws.plugin.clients import Aws
from embedded.aws.plugin.model import Model, Policy, Same
from embedded.aws.plugin.shapes import pick
from embedded.aws.plugin.types.ecr import GONE
from embedded.aws.plugin.values import Bag

_TAG_LISTS = ("tagPatternList", "tagPrefixList")


def same_lifecycle(first: str, second: str) -> bool:
    """Return whether two lifecycle policies keep and expire the same images.

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
    """Return the rules of a lifecycle policy in the order of their priorities."""
    document = json.loads(text)
    if not isinstance(document, dict):
        return document
    rules = cast("list[Bag]", cast("Bag", document).get("rules") or [])
    return sorted((_reduced(rule) for rule in rules), key=lambda rule: rule.get("rulePriority") or 0)


def _reduced(rule: Bag) -> Bag:
    """Return a rule with its tag lists sorted, and without empty ones."""
    selection = cast("Bag", rule.get("selection") or {})
    lists = {name: sorted(selection[name]) for name in _TAG_LISTS if selection.get(name)}
    return {**rule, "selection": {k: v for k, v in selection.items() if k not in _TAG_LISTS} | lists}


EcrClient = Any
"""A botocore ECR client, which botocore makes at run time."""


def _policy(
    page: str,
    put_policy: Callable[[EcrClient, str, str], object],
    get_policy: Callable[[EcrClient, str], Mapping[str, str]],
    drop: Callable[[EcrClient, str], object],
    field: str,
    same: Same,
    *,
    missing: str,
    replaces: frozenset[str] = frozenset(),
) -> Model:
    """Return the description of a policy on a repository; its id is the repository's name."""

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
        missing=GONE | {missing},
        name="repository",  # a repository has one of each, so a replaced one goes first
    )


MODELS = {
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
