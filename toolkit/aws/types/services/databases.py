"""Types of RDS, EFS and AWS Backup."""

from toolkit.aws.types.model import AwsType
from toolkit.aws.types.parts import Loss

TYPES: tuple[AwsType, ...] = (
    AwsType(
        "aws:backup/vault:Vault",
        holds_data=True,
        protect="it holds the backups",
        loss=Loss("data", "its recovery points would be lost"),
    ),
    AwsType(
        "aws:efs/fileSystem:FileSystem",
        holds_data=True,
        protect="it holds data",
        loss=Loss("data", "its files would be lost"),
    ),
    AwsType(
        "aws:rds/cluster:Cluster",
        holds_data=True,
        protect="it holds data",
        loss=Loss("data", "its data would be lost"),
    ),
    AwsType(
        "aws:rds/instance:Instance",
        holds_data=True,
        protect="it holds data",
        loss=Loss("data", "its data would be lost"),
    ),
)
