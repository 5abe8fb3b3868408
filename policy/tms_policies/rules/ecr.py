"""Rules about ECR repositories: what is pushed is scanned, stays what it was, and does not pile up.

A repository without an encryption block is encrypted by Amazon S3 with AES-256, so none is asked for:
https://docs.aws.amazon.com/AmazonECR/latest/userguide/encryption-at-rest.html. A key of its own is asked for
by the setting of ecr-repository-customer-key.
"""

from collections.abc import Iterable

from tms_policies.documents.parse import loaded
from tms_policies.model import Bag, Finding, Resource, Stack, Unknown
from tms_policies.must import must_be_true, must_stay
from tms_policies.references import attached
from tms_policies.registry import rule
from tms_policies.settings import switch
from tms_policies.values import blocks, look, shown, unknowns, unproven

REPOSITORY = "aws:ecr/repository:Repository"
LIFECYCLE = "aws:ecr/lifecyclePolicy:LifecyclePolicy"
_GUIDE = "https://docs.aws.amazon.com/AmazonECR/latest/userguide/"
_RULES = (
    'policy=json.dumps({"rules": [{"rulePriority": 1, "selection": {"tagStatus": "untagged", "countType": '
    '"sinceImagePushed", "countUnit": "days", "countNumber": 30}, "action": {"type": "expire"}}]})'
)
_IMMUTABLE = ("IMMUTABLE", "IMMUTABLE_WITH_EXCLUSION")


@rule(
    "ecr-repository-scan-on-push",
    severity="high",
    types=(REPOSITORY,),
    reads=("imageScanningConfiguration",),
    remedy='Set image_scanning_configuration={"scan_on_push": True}.',
    why="An image with known vulnerabilities is deployed unseen; without the flag a scan happens only "
    f"when somebody starts it. {_GUIDE}image-scanning.html",
)
def scan(repository: Resource, _settings: Bag) -> Iterable[Finding]:
    """Each image is scanned when it is pushed."""
    line = 'image_scanning_configuration={"scan_on_push": True}'
    return must_be_true(repository, "imageScanningConfiguration.scanOnPush", line)


@rule(
    "ecr-repository-immutable-tags",
    severity="medium",
    types=(REPOSITORY,),
    reads=("imageTagMutability",),
    settings={
        "exclusions": {
            "type": "boolean",
            "default": False,
            "description": "Whether IMMUTABLE_WITH_EXCLUSION is enough",
        }
    },
    remedy='Set image_tag_mutability="IMMUTABLE".',
    why="Whoever may push can put another image behind a tag that is deployed, so what was reviewed is "
    f"not what runs, and going back to a tag brings back anything. {_GUIDE}image-tag-mutability.html",
)
def immutable(repository: Resource, settings: Bag) -> Iterable[Finding]:
    """A tag stands for one image for ever.

    A tag means one image for ever; left out, the provider lets tags move.
    """
    value = repository.props.get("imageTagMutability")
    allowed = _IMMUTABLE if settings["exclusions"] else _IMMUTABLE[:1]
    if isinstance(value, Unknown):
        yield unproven(value, f"imageTagMutability of {repository.name} must be IMMUTABLE")
    elif value not in allowed:
        state = "missing, which means MUTABLE" if value is None else shown(value)
        yield Finding(
            f"imageTagMutability of {repository.name} is {state}", 'image_tag_mutability="IMMUTABLE"'
        )


@rule(
    "ecr-repository-force-delete",
    severity="high",
    types=(REPOSITORY,),
    reads=("forceDelete",),
    remedy="Leave force_delete out.",
    why="Deleting or replacing the repository takes its images with it, those that run in production "
    f"too; AWS keeps no copy. {_GUIDE}repository-delete.html",
)
def no_force_delete(repository: Resource, _settings: Bag) -> Iterable[Finding]:
    """A repository with images cannot be deleted."""
    return must_stay(repository, "forceDelete", "force_delete=False, or leave it out", default=False)


@rule(
    "ecr-repository-lifecycle",
    severity="medium",
    scope="stack",
    types=(REPOSITORY, LIFECYCLE),
    reads=("repository", "policy"),
    settings={
        "required": switch(
            "Whether each repository needs a policy in the stack; false where another declares them",
            default=True,
        )
    },
    remedy="Declare a LifecyclePolicy for the repository, with a rule that lets images expire.",
    why="Each push adds an image that is paid for by size, and old images with known vulnerabilities "
    f"stay there to be pulled. {_GUIDE}LifecyclePolicies.html",
)
def lifecycle(stack: Stack, settings: Bag) -> Iterable[Finding]:
    """Each repository lets go of images that nothing needs."""
    for policy in stack.of(LIFECYCLE):
        yield from _expires(policy)
    for repository in stack.of(REPOSITORY) if settings["required"] else ():
        if not attached(stack, LIFECYCLE, "repository", repository):
            yield Finding(
                f"no LifecyclePolicy of this stack names the repository {repository.name}",
                f'ecr.LifecyclePolicy("{repository.name}", repository=..., {_RULES})',
                repository.urn,
            )


def _expires(policy: Resource) -> Iterable[Finding]:
    """Check what a policy says; one that is not known yet may say anything."""
    text = policy.props.get("policy")
    hidden = next(unknowns(text), None)
    if hidden:
        yield unproven(hidden, f"{policy.name} must have a rule that lets images expire", policy.urn)
        return
    try:
        result = look(loaded(text), "rules")
    except ValueError as error:
        yield Finding(f"policy of {policy.name} is {error}", _RULES, policy.urn)
        return
    if not any(look(block, "action", "type") == "expire" for block in blocks(result)):
        yield Finding(f"policy of {policy.name} has no rule that lets images expire", _RULES, policy.urn)
