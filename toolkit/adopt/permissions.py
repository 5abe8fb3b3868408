"""The identity that adoption needs: control-plane reads, nothing else, as an IAM policy.

    python -m toolkit.adopt.permissions

writes `toolkit/adopt/read-only-policy.json` from the records of AWS types: the calls that list them, and
those of the provider's Read. Attach it to the role that runs every step; no step needs more of AWS, `apply`
included.
"""

import json
from pathlib import Path
from typing import Any

from toolkit.aws.types import LISTINGS, TYPES

FILE = Path(__file__).with_name("read-only-policy.json")
# Who we are needs no permission; the tagging API says what CloudFormation owns
_OF_THE_TOOL = ("tag:GetResources",)
# What the reads must never grow into: the data, and what opens it
DATA = (
    "dynamodb:BatchGetItem",
    "dynamodb:GetItem",
    "dynamodb:PartiQLSelect",
    "dynamodb:Query",
    "dynamodb:Scan",
    "kms:Decrypt",
    "logs:FilterLogEvents",
    "logs:GetLogEvents",
    "s3:GetObject",
    "s3:GetObjectVersion",
    "secretsmanager:GetSecretValue",
    "sqs:ReceiveMessage",
    "ssm:GetParameter*",
)


def actions() -> list[str]:
    """Return every IAM action that adoption takes."""
    listed = {listing.action for listing in LISTINGS}
    read = {action for record in TYPES.values() for action in record.reads}
    return sorted(listed | read | {*_OF_THE_TOOL})


def document() -> dict[str, Any]:
    """Return the policy: each action by its name, and the data denied whatever else is attached."""
    return {
        "Version": "2012-10-17",
        "Statement": [
            {"Sid": "ReadControlPlane", "Effect": "Allow", "Action": actions(), "Resource": "*"},
            {"Sid": "NeverData", "Effect": "Deny", "Action": list(DATA), "Resource": "*"},
        ],
    }


def text() -> str:
    """Return the file's content."""
    return json.dumps(document(), indent=2) + "\n"


if __name__ == "__main__":
    FILE.write_text(text(), encoding="utf-8")
