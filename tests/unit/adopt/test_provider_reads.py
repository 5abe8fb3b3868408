"""What the provider refuses to read is absent only where it says so."""

import json
from pathlib import Path

import pytest

from toolkit.adopt.provider_reads import means_absent, reads_of


@pytest.mark.parametrize(
    ("refusal", "absent"),
    [
        ("resource 'orders' does not exist", True),
        ("reading SQS Queue (orders): couldn't find resource: NotFound", True),
        ("operation error SQS: AWS.SimpleQueueService.NonExistentQueue", True),
        ("NoSuchBucket: The specified bucket does not exist", True),
        ("AccessDenied: not authorized to perform sqs:GetQueueAttributes on QueueNotFoundAlarms", False),
        ("AccessDeniedException: no access to arn:aws:sqs:us-east-1:1:NoSuchThing-dlq", False),
        ("UnauthorizedOperation on vpc-NotFound", False),
        ("ThrottlingException: rate exceeded; NotFound", False),
        ("timeout while reading", False),
        ("", False),
    ],
)
def test_a_refusal_means_absent_unless_it_is_about_permission_or_speed(refusal: str, *, absent: bool) -> None:
    assert means_absent(refusal) is absent


def test_a_log_has_what_was_read_and_why_the_rest_was_not(tmp_path: Path) -> None:
    def urn(name: str) -> str:
        return f"urn:pulumi:s::p::aws:sqs/queue:Queue::{name}"

    metadata = {
        "op": "import",
        "urn": urn("read0"),
        "type": "aws:sqs/queue:Queue",
        "new": {"inputs": {"a": 1}},
    }
    refusal = {"severity": "error", "urn": urn("read1"), "message": "Preview failed: error: it is\n  gone\n"}
    unrelated = {"severity": "error", "urn": urn("readme"), "message": "no entry of ours"}
    events = [
        {"resOutputsEvent": {"metadata": metadata}},
        {"diagnosticEvent": refusal},
        {"diagnosticEvent": unrelated},
    ]
    file = tmp_path / "log"
    file.write_text("".join(f"{json.dumps(event)}\n" for event in events))
    reads = reads_of(file, ["orders", "other"])
    assert (reads.inputs, reads.refused) == ({"orders": {"a": 1}}, {"other": "it is gone"})
