"""Rules that demand a customer's own KMS key, where a program's owner asks for one by configuration."""

from collections.abc import Callable, Iterable
from typing import Any

from tms_policies.model import Bag, Finding, Resource, Rule, Unknown
from tms_policies.rules.cloudwatch import LOG_GROUP
from tms_policies.rules.ecr import REPOSITORY
from tms_policies.rules.lambda_environment import variables
from tms_policies.rules.lambda_function import FUNCTION
from tms_policies.rules.secret_stores import PARAMETER, SECRET
from tms_policies.rules.sns import TOPIC
from tms_policies.rules.sqs import QUEUE
from tms_policies.values import look, shown, unproven

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
    if resource.type == FUNCTION:
        given = variables(resource)
        return given if isinstance(given, Unknown) else bool(given)
    return True


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


def _image_key(resource: Resource, path: tuple[str, ...], argument: str) -> Iterable[Finding]:
    """Judge the key of a repository, which is used only where the encryption type says so."""
    found = list(_key(resource, path, argument))
    kind = look(resource.props, path[0], "encryptionType")
    if found or (isinstance(kind, Unknown) and kind.path == path[0]):
        yield from found
    elif isinstance(kind, Unknown):
        yield unproven(kind, f"encryptionType of {resource.name} must be KMS or KMS_DSSE")
    elif kind not in ("KMS", "KMS_DSSE"):
        state = "missing" if kind in (None, "") else shown(kind)
        where = f"{path[0]}.encryptionType of {resource.name}"
        yield Finding(f"{where} is {state}: the key beside it encrypts nothing", argument)


def _rule(
    rule: str,
    token: str,
    path: tuple[str, ...],
    argument: str,
    *controls: str,
    data: str,
    page: str,
    judge: Callable[[Resource, tuple[str, ...], str], Iterable[Finding]] = _key,
) -> Rule:
    """Describe one rule by the place of the key.

    Args:
        rule: Its id.
        token: The type that it looks at.
        path: Where the key stands.
        argument: What to write.
        controls: Ids in the frameworks.
        data: What is encrypted.
        page: AWS's page, from the root of its documentation.
        judge: What judges a resource.
    """

    def check(resource: Resource, settings: Bag) -> Iterable[Finding]:
        return judge(resource, path, argument) if settings["required"] else ()

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
        why="The policy of AWS's own key cannot be changed, nor can the key be disabled: nobody can be kept "
        f"from {data} by way of the key. https://docs.aws.amazon.com/{page}",
    )


RULES = (
    _rule(
        "cloudwatch-log-group-customer-key",
        LOG_GROUP,
        ("kmsKeyId",),
        "kms_key_id=key.arn",
        "CKV_AWS_158",
        data="log events",
        page="AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html",
    ),
    _rule(
        "ecr-repository-customer-key",
        REPOSITORY,
        ("encryptionConfigurations", "kmsKey"),
        'encryption_configurations=[{"encryption_type": "KMS", "kms_key": key.arn}]',
        "FSBP:ECR.5",
        "CKV_AWS_136",
        data="images",
        page="AmazonECR/latest/userguide/encryption-at-rest.html",
        judge=_image_key,
    ),
    _rule(
        "lambda-function-customer-key",
        FUNCTION,
        ("kmsKeyArn",),
        "kms_key_arn=key.arn",
        "CKV_AWS_173",
        data="environment variables",
        page="lambda/latest/dg/configuration-envvars-encryption.html",
    ),
    _rule(
        "sqs-queue-customer-key",
        QUEUE,
        ("kmsMasterKeyId",),
        "kms_master_key_id=key.arn",
        "CKV2_AWS_73",
        data="messages",
        page="AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-server-side-encryption.html",
    ),
    _rule(
        "dynamodb-replica-customer-key",
        REPLICA,
        ("kmsKeyArn",),
        "kms_key_arn=key.arn",
        "CKV_AWS_271",
        data="the replica's items",
        page="amazondynamodb/latest/developerguide/EncryptionAtRest.html",
    ),
    _rule(
        "sns-topic-customer-key",
        TOPIC,
        ("kmsMasterKeyId",),
        "kms_master_key_id=key.arn",
        data="messages",
        page="sns/latest/dg/sns-server-side-encryption.html",
    ),
    _rule(
        "secretsmanager-secret-customer-key",
        SECRET,
        ("kmsKeyId",),
        "kms_key_id=key.arn",
        "CKV_AWS_149",
        data="the secret",
        page="secretsmanager/latest/userguide/security-encryption.html",
    ),
    _rule(
        "ssm-parameter-customer-key",
        PARAMETER,
        ("keyId",),
        "key_id=key.arn",
        "CKV_AWS_337",
        data="the parameter",
        page="systems-manager/latest/userguide/secure-string-parameter-kms-encryption.html",
    ),
)
