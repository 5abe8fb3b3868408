"""Queues of a stack on an account in memory."""

import boto3

from components.settings import Settings


def make(settings: Settings, *, without: str = "") -> None:
    """Make all queues but one."""
    client = boto3.client("sqs", region_name="us-east-1")
    names = [name for one in settings.queues.values() for name in (one.name, one.dead_letter_name)]
    for name in names:
        if name != without:
            client.create_queue(
                QueueName=name, Attributes={"FifoQueue": "true"} if name.endswith(".fifo") else {}
            )


def send(queue: str, count: int, delay: int = 0) -> None:
    client = boto3.client("sqs", region_name="us-east-1")
    url = client.get_queue_url(QueueName=queue)["QueueUrl"]
    for _ in range(count):
        client.send_message(QueueUrl=url, MessageBody="x", DelaySeconds=delay)
