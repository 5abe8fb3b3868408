"""Corrections to moto's CloudTrail."""

import functools
from typing import TYPE_CHECKING, Any

from moto.cloudtrail.models import Trail

if TYPE_CHECKING:
    from collections.abc import Callable


def describe_trails() -> None:
    """A trail says where it lives, and whether it has selectors of its own.

    AWS: HomeRegion, HasCustomEventSelectors and HasInsightSelectors are parts of a trail
    (docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_Trail.html).
    moto: the flags are always off, and the region is left out of some answers.
    """
    describe: Callable[..., dict[str, Any]] = Trail.description

    @functools.wraps(describe)
    def complete(self: Trail, include_region: bool = False) -> dict[str, Any]:  # noqa: FBT001, FBT002 - moto's own
        return {
            **describe(self, include_region),
            "HomeRegion": self.region_name,
            "HasCustomEventSelectors": bool(self.event_selectors or self.advanced_event_selectors),
            "HasInsightSelectors": bool(self.insight_selectors),
        }

    Trail.description = complete


def replace_selectors() -> None:
    """Selectors that are put take the place of those before.

    AWS: PutEventSelectors and PutInsightSelectors set the whole list; a trail has event selectors of one kind
    (docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_PutEventSelectors.html).
    moto: insight selectors pile up, and advanced ones stay beside new plain ones.
    """

    def put_events(
        self: Trail, event_selectors: list[dict[str, Any]], advanced_event_selectors: list[dict[str, Any]]
    ) -> None:
        self.event_selectors = event_selectors or []
        self.advanced_event_selectors = advanced_event_selectors or []

    def put_insights(self: Trail, insight_selectors: list[dict[str, str]]) -> None:
        self.insight_selectors = list(insight_selectors)

    Trail.put_event_selectors = put_events
    Trail.put_insight_selectors = put_insights
