"""An exemptions file for tests."""

ENTRY = {
    "rule": "sqs-queue-encryption",
    "resource": '"*::trades"',
    "reason": "the old consumer cannot decrypt before its release",
    "owner": "trade-platform team",
    "expires": "2099-03-31",
}


def entry(**changed: str | None) -> str:
    """Give an entry's YAML; None leaves a key out."""
    given = {key: value for key, value in (ENTRY | changed).items() if value is not None}
    return "- " + "\n  ".join(f"{key}: {value}" for key, value in given.items()) + "\n"
