"""New documents become messages: by S3 itself, or by EventBridge where the queue is FIFO.

S3 sends its notifications to standard queues only (S3 user guide, "Event notification types and
destinations"). A FIFO queue is fed by a rule per prefix instead; its message group is the prefix, so the
documents of one side stay in order and the other side does not wait for them.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass

import pulumi
from pulumi_aws import cloudwatch, s3

from components.naming import Naming
from components.settings import DocumentsBucket, Queue
from components.settings.ingest import IngestSettings
from components.statements import Statement
from components.tagging import tags


@dataclass(frozen=True, kw_only=True, slots=True)
class IngestArgs:
    """How new documents become messages.

    Attributes:
        ingest: Which new objects become messages.
        documents: The bucket that they arrive in.
        queue: The queue that gets the messages.
        naming: Spells ARNs.
        tags: Tags of every rule; Purpose is added.
    """

    ingest: IngestSettings
    documents: DocumentsBucket
    queue: Queue
    naming: Naming
    tags: Mapping[str, str]


class Ingest(pulumi.ComponentResource):
    """The bucket's notification, and the rules that a FIFO queue needs."""

    def __init__(self, name: str, args: IngestArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        """Declare them; `opts.depends_on` are the queues, whose policies S3 tries at once."""
        super().__init__("tradematching:index:Ingest", name, None, opts)
        self._args, self._ingest, self._naming = args, args.ingest, args.naming
        if args.queue.fifo:
            self._by_rules(args.queue)
        else:
            self._by_s3(args.queue)
        self.register_outputs({})

    def _path(self, prefix: str) -> str:
        return self._args.documents.prefixes[prefix].path

    def _by_s3(self, queue: Queue) -> None:
        """Name the queue in the bucket's notification."""
        s3.BucketNotification(
            "documents-notification",
            bucket=self._args.documents.name,
            queues=[
                {
                    "id": f"{prefix}-{number}" if number else prefix,
                    "queue_arn": self._naming.queue(queue.name),
                    "events": ["s3:ObjectCreated:*"],
                    "filter_prefix": self._path(prefix),
                    "filter_suffix": suffix,
                }
                for prefix in self._ingest.prefixes
                for number, suffix in enumerate(suffixes(self._ingest))
            ],
            opts=pulumi.ResourceOptions(parent=self),
        )

    def _by_rules(self, queue: Queue) -> None:
        """Let the bucket tell EventBridge, and a rule per prefix tell the queue."""
        s3.BucketNotification(
            "documents-notification",
            bucket=self._args.documents.name,
            eventbridge=True,
            opts=pulumi.ResourceOptions(parent=self),
        )
        for prefix in self._ingest.prefixes:
            rule = cloudwatch.EventRule(
                f"arrivals-{prefix}",
                name=rule_name(self._ingest, prefix),
                description=f"a new document under {self._path(prefix)} goes to {queue.name}",
                event_pattern=json.dumps(self._pattern(prefix), sort_keys=True),
                tags=tags(self._args.tags, queue.purpose),
                opts=pulumi.ResourceOptions(parent=self),
            )
            cloudwatch.EventTarget(
                f"arrivals-{prefix}-target",
                rule=rule.name,
                target_id=self._ingest.queue,
                arn=self._naming.queue(queue.name),
                sqs_target={"message_group_id": prefix},
                opts=pulumi.ResourceOptions(parent=self),
            )

    def _pattern(self, prefix: str) -> dict[str, object]:
        """Return the pattern of new objects (S3 user guide, "Amazon EventBridge event message structure")."""
        return {
            "source": ["aws.s3"],
            "detail-type": ["Object Created"],
            "detail": {
                "bucket": {"name": [self._args.documents.name]},
                "object": {
                    "key": [
                        {"wildcard": f"{self._path(prefix)}*{suffix}"} for suffix in suffixes(self._ingest)
                    ]
                },
            },
        }


def suffixes(ingest: IngestSettings) -> list[str]:
    """Return how keys of documents end, as it is written, in small letters and in capitals.

    Neither S3 nor a wildcard of EventBridge takes one for the other, and scanners write `.PDF`.
    """
    written = ingest.suffix
    return list(dict.fromkeys((written, written.lower(), written.upper())))


def rule_name(ingest: IngestSettings, prefix: str) -> str:
    """Return the name of the EventBridge rule of a prefix."""
    return f"{ingest.rule_name}-{prefix}"


def ingest_delivery(args: IngestArgs) -> Statement:
    """Return the statement that a queue's policy needs for new documents to reach it."""
    naming = args.naming
    if args.queue.fifo:
        service = "events.amazonaws.com"
        sources = [naming.event_rule(rule_name(args.ingest, prefix)) for prefix in args.ingest.prefixes]
    else:
        service, sources = "s3.amazonaws.com", [naming.bucket(args.documents.name)]
    return {
        "Sid": "DeliveryOfNewDocuments",
        "Effect": "Allow",
        "Principal": {"Service": service},
        "Action": "sqs:SendMessage",
        "Resource": naming.queue(args.queue.name),
        "Condition": {
            "ArnEquals": {"aws:SourceArn": sorted(sources)},
            "StringEquals": {"aws:SourceAccount": naming.account},
        },
    }
