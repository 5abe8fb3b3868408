"""Image repositories, by hand."""

import json

from examples.estate.manual_setup.model import Attributes, Console, Creator, PlannedResource, tags


def repository(console: Console, resource: PlannedResource) -> Attributes:
    """Create an image repository."""
    inputs = resource.inputs
    answer = console.client("ecr").create_repository(
        repositoryName=inputs["name"],
        imageTagMutability=inputs["imageTagMutability"],
        imageScanningConfiguration={"scanOnPush": inputs["imageScanningConfiguration"]["scanOnPush"]},
        **_encrypted(console, resource),
        tags=tags(inputs),
    )["repository"]
    return {"id": inputs["name"], "arn": answer["repositoryArn"]}


def _encrypted(console: Console, resource: PlannedResource) -> dict[str, dict[str, str | None]]:
    """Return the encryption argument of a repository; none for AWS's default."""
    configuration = resource.inputs["encryptionConfigurations"][0]
    if configuration["encryptionType"] == "AES256":
        return {}
    key = (
        {"kmsKey": console.resolve(resource, "encryptionConfigurations", "arn")}
        if configuration.get("kmsKey")
        else {}
    )
    return {"encryptionConfiguration": {"encryptionType": configuration["encryptionType"], **key}}


def _images(console: Console, resource: PlannedResource) -> Attributes:
    text = json.dumps(json.loads(resource.inputs["policy"]), indent=2)  # as a person pastes it
    console.client("ecr").put_lifecycle_policy(
        repositoryName=resource.inputs["repository"], lifecyclePolicyText=text
    )
    return {}


CREATORS: dict[str, Creator] = {
    "aws:ecr/repository:Repository": repository,
    "aws:ecr/lifecyclePolicy:LifecyclePolicy": _images,
}
