"""Rules that demand a customer's own KMS key, where a program's owner asks for one by configuration."""

from collections.abc import Iterable
from typing import Any

from policy.model import Bag, Finding, Resource, Rule, Unknown
from policy.rules.cloudwatch import LOG_GROUP
from policy.rules.ecr import REPOSITORY
from policy.rules.lambda_environment import variables
from policy.rules.lambda_function import FUNCTION
from policy.rules.secret_stores import PARAMETER, SECRET
from policy.rules.sns import TOPIC
from policy.rules.sqs import QUEUE
from policy.values import look, shown, unproven

REPLICA = "aws:dynamodb/tableReplica:TableReplica"


def _own(value: object) -> bool:
    """Say whether a value names a key; one that is not known yet is a key, and AWS's own is not ours."""
    return isinstance(value, Unknown) or (
        isinstance(value, str) and value != "" and "alias/aws/" not in value
    )


def _applies(resource: Resource) -> bool | Unknown:
    """Say whether there is something for a key to encrypt."""
    if resource.type == PARAMETER:
        kind = resource.props.get("type")
        return kind if isinstance(kind, Unknown) else kind == "SecureString"
    return resource.type != FUNCTION or bool(variables(resource))


def _key(resource: Resource, path: tuple[str, ...], argument: str) -> Iterable[Finding]:
    """Judge the key of one resource."""
    value, applies = look(resource.props, *path), _applies(resource)
    if _own(value) or applies is False:
        return
    where = ".".join(path)
    if isinstance(applies, Unknown):
        yield unproven(applies, f"whether {resource.name} needs a key of your own must be known")
        return
    state = "missing" if value in (None, "") else shown(value)
    yield Finding(f"{where} of {resource.name} is {state}: a key of your own is demanded", argument)


def _rule(rule: str, token: str, path: tuple[str, ...], argument: str, *controls: str) -> Rule:
    """Describe one rule by the place of the key."""

    def check(resource: Resource, settings: Bag) -> Iterable[Finding]:
        return _key(resource, path, argument) if settings["required"] else ()

    settings: dict[str, dict[str, Any]] = {
        "required": {
            "type": "boolean",
            "default": False,
            "description": "Whether a key of your own is demanded; off, because AWS's own key encrypts "
            "as well and a key of your own is paid for each month",
        }
    }
    return Rule(
        rule,
        "medium",
        controls,
        "It is encrypted with a key of your own, where the setting `required` asks for it.",
        f"Set {argument}.",
        (token,),
        check,
        reads=(path[0],),
        settings=settings,
    )


RULES = (
    _rule(
        "cloudwatch-log-group-customer-key",
        LOG_GROUP,
        ("kmsKeyId",),
        "kms_key_id=key.arn",
        "CKV_AWS_158",
    ),
    _rule(
        "ecr-repository-customer-key",
        REPOSITORY,
        ("encryptionConfigurations", "kmsKey"),
        'encryption_configurations=[{"encryption_type": "KMS", "kms_key": key.arn}]',
        "FSBP:ECR.5",
        "CKV_AWS_136",
    ),
    _rule(
        "lambda-function-customer-key",
        FUNCTION,
        ("kmsKeyArn",),
        "kms_key_arn=key.arn",
        "CKV_AWS_173",
    ),
    _rule("sqs-queue-customer-key", QUEUE, ("kmsMasterKeyId",), "kms_master_key_id=key.arn", "CKV2_AWS_73"),
    _rule("dynamodb-replica-customer-key", REPLICA, ("kmsKeyArn",), "kms_key_arn=key.arn", "CKV_AWS_271"),
    _rule("sns-topic-customer-key", TOPIC, ("kmsMasterKeyId",), "kms_master_key_id=key.arn"),
    _rule(
        "secretsmanager-secret-customer-key",
        SECRET,
        ("kmsKeyId",),
        "kms_key_id=key.arn",
        "CKV_AWS_149",
    ),
    _rule("ssm-parameter-customer-key", PARAMETER, ("keyId",), "key_id=key.arn", "CKV_AWS_337"),
)
