"""ECR repositories."""

from embedded.aws.plugin.clients import Aws
from embedded.aws.plugin.model import Model
from embedded.aws.plugin.shapes import inverse, pick, tag_list, tag_map
from embedded.aws.plugin.values import Bag

GONE = frozenset({"RepositoryNotFoundException"})
_ENCRYPTION = {"encryptionType": "encryptionType", "kmsKey": "kmsKey"}


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
    """Return the live state of the repository."""
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
        missing=GONE,
    ),
}
