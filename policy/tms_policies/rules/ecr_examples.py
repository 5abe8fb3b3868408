"""Examples of the rules of `ecr`."""

import json

from tms_policies.examples.model import UNKNOWN, Declared, Example, case

_NOT_PROVEN = "cannot be proven at preview"
_EXPIRES = {
    "rulePriority": 1,
    "selection": {"tagStatus": "any", "countType": "imageCountMoreThan", "countNumber": 30},
    "action": {"type": "expire"},
}


def _images(**props: object) -> Declared:
    return Declared("ecr/repository:Repository", {"name": "agents", **props}, name="agents")


def _lifecycle(names: str, *rules: object, **uses: list[str]) -> Declared:
    props = {"repository": names, "policy": json.dumps({"rules": rules})}
    return Declared("ecr/lifecyclePolicy:LifecyclePolicy", props, name="agents-lifecycle", uses=uses)


EXAMPLES = (
    Example(
        "ecr-repository-scan-on-push",
        good=case(_images(imageScanningConfiguration={"scanOnPush": True})),
        bad=case(
            _images(imageScanningConfiguration={"scanOnPush": False}),
            says="imageScanningConfiguration.scanOnPush of agents is False",
        ),
        missing=case(_images(), says="imageScanningConfiguration.scanOnPush of agents is missing"),
        unknown=case(_images(imageScanningConfiguration={"scanOnPush": UNKNOWN}), says=_NOT_PROVEN),
    ),
    Example(
        "ecr-repository-immutable-tags",
        good=case(_images(imageTagMutability="IMMUTABLE")),
        bad=case(_images(imageTagMutability="MUTABLE"), says="imageTagMutability of agents is 'MUTABLE'"),
        missing=case(_images(), says="imageTagMutability of agents is missing, which means MUTABLE"),
        unknown=case(_images(imageTagMutability=UNKNOWN), says=_NOT_PROVEN),
        config=case(_images(imageTagMutability="IMMUTABLE_WITH_EXCLUSION"), exclusions=True),
    ),
    Example(
        "ecr-repository-force-delete",
        good=case(_images(forceDelete=False)),
        bad=case(_images(forceDelete=True), says="forceDelete of agents is True"),
        missing=case(_images()),
        unknown=case(_images(forceDelete=UNKNOWN), says=_NOT_PROVEN),
    ),
    Example(
        "ecr-repository-lifecycle",
        good=case(_images(), _lifecycle("agents", _EXPIRES)),
        bad=case(
            _images(),
            _lifecycle("agents"),
            says="policy of agents-lifecycle has no rule that lets images expire",
        ),
        missing=case(_images(), says="no LifecyclePolicy of this stack names the repository agents"),
        unknown=case(_images(), _lifecycle(UNKNOWN, _EXPIRES, repository=["agents"])),
        config=case(_images(), required=False),
    ),
)
