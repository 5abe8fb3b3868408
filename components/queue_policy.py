"""Who may use a queue, beside those whom IAM lets in."""

from collections.abc import Sequence

from components.naming import Naming
from components.statements import Statement, tls_only


def queue_access(physical: str, topics: Sequence[str], naming: Naming) -> list[Statement]:
    """Return the statements of a queue's policy: no plain-text traffic, and the topics that send to it.

    A queue has one policy, so what a live topic needs is stated here or lost at the first update.
    Source: SNS developer guide, "Subscribing an Amazon SQS queue to an Amazon SNS topic".

    Args:
        physical: The queue's name.
        topics: Names of SNS topics of this account and region.
        naming: Spells ARNs.
    """
    arn = naming.queue(physical)
    statements = [tls_only("TlsOnly", "sqs:*", [arn])]
    if topics:
        delivery: Statement = {
            "Sid": "DeliveryFromTopics",
            "Effect": "Allow",
            "Principal": {"Service": "sns.amazonaws.com"},
            "Action": "sqs:SendMessage",
            "Resource": arn,
            "Condition": {"ArnEquals": {"aws:SourceArn": sorted(naming.topic(topic) for topic in topics)}},
        }
        statements.append(delivery)
    return statements
