"""docs/permissions.md is what grants and settings say."""

import pytest

from toolkit.permissions import reference


@pytest.mark.generated
def test_the_page_is_what_the_grants_say() -> None:
    assert reference.TARGET.read_text() == reference.reference(), "run: make docs"


def test_a_cell_of_the_grid_has_each_first_word_once() -> None:
    assert reference.verbs(["sqs:SendMessage", "s3:PutObject", "xray:PutTraceSegments"]) == "Send Put"
