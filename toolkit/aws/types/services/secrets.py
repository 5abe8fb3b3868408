"""Types of Secrets Manager and Parameter Store."""

from toolkit.aws.types.import_ids import NAME, joined
from toolkit.aws.types.listing import Listing, rows
from toolkit.aws.types.model import AwsType
from toolkit.aws.types.parts import Loss, ProviderFacts, SubResource, Unread, actions

TYPES: tuple[AwsType, ...] = (
    AwsType(
        "aws:secretsmanager/secret:Secret",
        listing=Listing(
            "secretsmanager",
            "list_secrets",
            "secretsmanager:ListSecrets",
            rows("SecretList[].{id: ARN, name: Name, aws: OwningService && `true`}"),
        ),
        holds_data=True,
        protect="it may hold the only copy of a secret",
        loss=Loss("data", "its value would be lost"),
        sub_resources=(SubResource("policy", "aws:secretsmanager/secretPolicy:SecretPolicy", "secretArn"),),
        provider=ProviderFacts(
            ("https://github.com/pulumi/pulumi-aws/issues/5241",),
            defaults={"recoveryWindowInDays": 30},
            unread={
                "recoveryWindowInDays": Unread(sent=False, filled=True),
                "forceOverwriteReplicaSecret": Unread(sent=False),
            },
        ),
        reads=actions("secretsmanager", "DescribeSecret GetResourcePolicy"),
    ),
    AwsType(
        "aws:secretsmanager/secretPolicy:SecretPolicy",
        import_id=joined("secretArn"),
        reads=actions("secretsmanager", "GetResourcePolicy"),
    ),
    # Its value may not be read with the identity that adopts
    AwsType(
        "aws:secretsmanager/secretVersion:SecretVersion",
        loss=Loss("data", "its value would be lost"),
        provider=ProviderFacts(
            (
                (
                    "https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_GetSecretValue.html "
                    "(not allowed to read here)"
                ),
            ),
            unread={
                "secretString": Unread(ignored=True, effect="writes the program's value over the live one"),
                "secretBinary": Unread(ignored=True, effect="writes the program's value over the live one"),
            },
        ),
    ),
    AwsType(
        "aws:ssm/parameter:Parameter",
        import_id=NAME,
        listing=Listing(
            "ssm",
            "describe_parameters",
            "ssm:DescribeParameters",
            rows("Parameters[].{id: Name, name: Name}"),
        ),
        loss=Loss("data", "its value and its history would be lost"),
    ),
)
