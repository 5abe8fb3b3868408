"""SQS work queues, each with a dead-letter queue of its own kind."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import pulumi
from pulumi_aws import sqs

from components.keys import chosen
from components.naming import Naming
from components.queue_policy import queue_access
from components.settings import Queue
from components.settings.fields import SQS_MANAGED
from components.statements import Statement, document
from components.tagging import tags

Role = Literal["work", "dead-letter"]


@dataclass(frozen=True, kw_only=True, slots=True)
class QueuesArgs:
    """What queues are declared.

    Attributes:
        queues: Work queues by logical name; each gets a dead-letter queue.
        senders: Statements by logical name that let others than the agents' roles and topics send to a queue.
        encryption: Key of all queues: sqs-managed, stack-key or a key ARN.
        stack_key: ARN of the key that stack-key means; None where nothing is set to it.
        naming: Spells ARNs.
        tags: Tags of every queue; Purpose is added.
    """

    queues: Mapping[str, Queue]
    senders: Mapping[str, Sequence[Statement]]
    encryption: str
    stack_key: pulumi.Output[str] | None
    naming: Naming
    tags: Mapping[str, str]


class Queues(pulumi.ComponentResource):
    """All queues of the stack.

    Attributes:
        urls: URLs of work queues by logical name.
        arns: ARNs of work queues by logical name.
        dead_letter_urls: URLs of dead-letter queues by logical name.
    """

    urls: pulumi.Output[dict[str, str]]
    arns: pulumi.Output[dict[str, str]]
    dead_letter_urls: pulumi.Output[dict[str, str]]

    def __init__(self, name: str, args: QueuesArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        """Declare a pair of queues per entry."""
        super().__init__("tradematching:index:Queues", name, None, opts)
        self._args, self._naming = args, args.naming
        work: dict[str, sqs.Queue] = {}
        dead: dict[str, sqs.Queue] = {}
        for key, queue in args.queues.items():
            dead[key] = self._queue(key, queue, "dead-letter")
            work[key] = self._queue(key, queue, "work")
            self._redrive(key, queue, work[key], dead[key])
        self.urls = pulumi.Output.all(**{key: queue.url for key, queue in work.items()})
        self.arns = pulumi.Output.all(**{key: queue.arn for key, queue in work.items()})
        self.dead_letter_urls = pulumi.Output.all(**{key: queue.url for key, queue in dead.items()})
        self.register_outputs(
            {"urls": self.urls, "arns": self.arns, "dead_letter_urls": self.dead_letter_urls}
        )

    def _queue(self, source: str, queue: Queue, role: Role) -> sqs.Queue:
        """Declare one queue and the policy that keeps plain-text traffic out."""
        key = source if role == "work" else f"{source}-dlq"
        physical = queue.name if role == "work" else queue.dead_letter_name
        choice = self._args.encryption
        retention = queue.retention_seconds if role == "work" else queue.dead_letter_retention_seconds
        per_group = queue.fifo and queue.high_throughput and role == "work"
        declared = sqs.Queue(
            key,
            name=physical,
            # left out for standard queues: AWS refuses the attribute there, whatever its value
            fifo_queue=True if queue.fifo else None,
            content_based_deduplication=True if queue.fifo else None,
            deduplication_scope="messageGroup" if per_group else None,
            fifo_throughput_limit="perMessageGroupId" if per_group else None,
            visibility_timeout_seconds=queue.visibility_timeout_seconds,
            message_retention_seconds=retention,
            max_message_size=262144,
            receive_wait_time_seconds=20,
            sqs_managed_sse_enabled=True if choice == SQS_MANAGED else None,
            kms_master_key_id=None if choice == SQS_MANAGED else chosen(choice, self._args.stack_key),
            tags=tags(self._args.tags, queue.purpose),
            opts=pulumi.ResourceOptions(parent=self, protect=True),
        )
        sqs.QueuePolicy(
            f"{key}-policy",
            queue_url=declared.url,
            policy=document(self._access(source, physical, queue, role)),
            opts=pulumi.ResourceOptions(parent=self),
        )
        return declared

    def _access(self, source: str, physical: str, queue: Queue, role: Role) -> list[Statement]:
        """Return the statements of a queue's policy; only work queues are sent to by others than agents."""
        if role == "dead-letter":
            return queue_access(physical, [], self._naming)
        senders = self._args.senders.get(source, ())
        return [*queue_access(physical, queue.topics, self._naming), *senders]

    def _redrive(self, key: str, queue: Queue, work: sqs.Queue, dead: sqs.Queue) -> None:
        """Tie the pair together from both sides; ARNs are computed, so the order is stated."""
        target = self._naming.queue(queue.dead_letter_name)
        source = self._naming.queue(queue.name)
        redrive = {"deadLetterTargetArn": target, "maxReceiveCount": queue.max_receive_count}
        admitted = {"redrivePermission": "byQueue", "sourceQueueArns": [source]}
        sqs.RedrivePolicy(
            f"{key}-redrive",
            queue_url=work.url,
            redrive_policy=json.dumps(redrive, sort_keys=True),
            opts=pulumi.ResourceOptions(parent=self, depends_on=[dead]),
        )
        sqs.RedriveAllowPolicy(
            f"{key}-redrive-allow",
            queue_url=dead.url,
            redrive_allow_policy=json.dumps(admitted, sort_keys=True),
            opts=pulumi.ResourceOptions(parent=self, depends_on=[work]),
        )
