"""What a person may have meant."""

import pytest

from toolkit.suggestions import did_you_mean, nearest

RULES = ["s3-bucket-tls-only", "sqs-queue-tls-only", "dynamodb-table-point-in-time-recovery"]


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("s3-bucket-tls", "s3-bucket-tls-only"),
        ("sqs-queue-tls-onyl", "sqs-queue-tls-only"),
        ("dynamodb-table-pitr-recovery", "dynamodb-table-point-in-time-recovery"),
        ("zzz", None),
        ("", None),
    ],
)
def test_the_most_similar_word_is_suggested(word: str, expected: str | None) -> None:
    assert nearest(word, RULES) == expected
    assert did_you_mean(word, RULES) == (f"did you mean {expected!r}? " if expected else "")


def test_nothing_is_suggested_where_nothing_is_allowed() -> None:
    assert nearest("x", []) is None
