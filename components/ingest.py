"""New documents become messages: by S3 itself, or by EventBridge where the queue is FIFO.

S3 sends its notifications to standard queues only (S3 user guide, "Event notification types and
destinations"). A FIFO queue is fed by a rule per prefix instead; its message group is the prefix, so the
documents of one side stay in order and the other side does not wait for them.
"""

import json

import pulumi
from pulumi_aws import cloudwatch, s3

from components.naming import Naming
from components.settings import Queue, Settings
from components.settings.ingest import IngestSettings as Arrivals
from components.statements import Statement
from components.tagging import tags


class Ingest(pulumi.ComponentResource):
    """The bucket's notification, and the rules that a FIFO queue needs."""

    def __init__(
        self,
        name: str,
        settings: Settings,
        arrivals: Arrivals,
        naming: Naming,
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        """Declare them; `opts.depends_on` are the queues, whose policies S3 tries at once."""
        super().__init__("tradematching:index:Ingest", name, None, opts)
        self._settings, self._arrivals, self._naming = settings, arrivals, naming
        queue = settings.queues[arrivals.queue]
        if queue.fifo:
            self._by_rules(queue)
        else:
            self._by_s3(queue)
        self.register_outputs({})

    def _path(self, prefix: str) -> str:
        return self._settings.documents.prefixes[prefix].path

    def _by_s3(self, queue: Queue) -> None:
        """Name the queue in the bucket's notification."""
        s3.BucketNotification(
            "documents-notification",
            bucket=self._settings.documents.name,
            queues=[
                {
                    "id": f"{prefix}-{number}" if number else prefix,
                    "queue_arn": self._naming.queue(queue.name),
                    "events": ["s3:ObjectCreated:*"],
                    "filter_prefix": self._path(prefix),
                    "filter_suffix": suffix,
                }
                for prefix in self._arrivals.prefixes
                for number, suffix in enumerate(suffixes(self._arrivals))
            ],
            opts=pulumi.ResourceOptions(parent=self),
        )

    def _by_rules(self, queue: Queue) -> None:
        """Let the bucket tell EventBridge, and a rule per prefix tell the queue."""
        s3.BucketNotification(
            "documents-notification",
            bucket=self._settings.documents.name,
            eventbridge=True,
            opts=pulumi.ResourceOptions(parent=self),
        )
        for prefix in self._arrivals.prefixes:
            rule = cloudwatch.EventRule(
                f"arrivals-{prefix}",
                name=rule_name(self._arrivals, prefix),
                description=f"a new document under {self._path(prefix)} goes to {queue.name}",
                event_pattern=json.dumps(self._pattern(prefix), sort_keys=True),
                tags=tags(self._settings, queue.purpose),
                opts=pulumi.ResourceOptions(parent=self),
            )
            cloudwatch.EventTarget(
                f"arrivals-{prefix}-target",
                rule=rule.name,
                target_id=self._arrivals.queue,
                arn=self._naming.queue(queue.name),
                sqs_target={"message_group_id": prefix},
                opts=pulumi.ResourceOptions(parent=self),
            )

    def _pattern(self, prefix: str) -> dict[str, object]:
        """Amazon S3 user guide, "Amazon EventBridge event message structure"."""
        return {
            "source": ["aws.s3"],
            "detail-type": ["Object Created"],
            "detail": {
                "bucket": {"name": [self._settings.documents.name]},
                "object": {
                    "key": [
                        {"wildcard": f"{self._path(prefix)}*{suffix}"} for suffix in suffixes(self._arrivals)
                    ]
                },
            },
        }


def suffixes(arrivals: Arrivals) -> list[str]:
    """Give how keys of documents end, as it is written, in small letters and in capitals.

    Neither S3 nor a wildcard of EventBridge takes one for the other, and scanners write `.PDF`.
    """
    written = arrivals.suffix
    return list(dict.fromkeys((written, written.lower(), written.upper())))


def rule_name(arrivals: Arrivals, prefix: str) -> str:
    """Give the name of the EventBridge rule of a prefix."""
    return f"{arrivals.rule_name}-{prefix}"


def arrivals_delivery(key: str, settings: Settings, naming: Naming) -> list[Statement]:
    """Give what a queue's policy needs for new documents to reach it; nothing for other queues.

    Args:
        key: The queue's logical name.
        settings: All settings.
        naming: Spells ARNs.
    """
    arrivals = settings.ingest
    if arrivals is None or arrivals.queue != key:
        return []
    queue = settings.queues[key]
    if queue.fifo:
        service = "events.amazonaws.com"
        sources = [naming.event_rule(rule_name(arrivals, prefix)) for prefix in arrivals.prefixes]
    else:
        service, sources = "s3.amazonaws.com", [naming.bucket(settings.documents.name)]
    return [
        {
            "Sid": "DeliveryOfNewDocuments",
            "Effect": "Allow",
            "Principal": {"Service": service},
            "Action": "sqs:SendMessage",
            "Resource": naming.queue(queue.name),
            "Condition": {
                "ArnEquals": {"aws:SourceArn": sorted(sources)},
                "StringEquals": {"aws:SourceAccount": naming.account},
            },
        }
    ]
