"""What all planted faults share."""

import json

import pulumi

TAGS = {"Environment": "test", "Project": "violations", "ManagedBy": "pulumi"}
PROTECTED = pulumi.ResourceOptions(protect=True)


def document(**statement: object) -> str:
    """Give a policy document of one statement."""
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]})
