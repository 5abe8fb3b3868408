"""Patches of moto's SQS."""

import functools
from typing import TYPE_CHECKING, Any, cast

from moto.sqs.models import Queue

if TYPE_CHECKING:
    from collections.abc import Callable


def keep_queue_policy() -> None:
    """Setting one attribute of a queue leaves the others alone.

    AWS: SetQueueAttributes changes the attributes that are named
    (docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SetQueueAttributes.html).
    moto: the policy is dropped whenever the request does not name it.
    """
    original: Callable[..., None] = Queue._set_attributes  # noqa: SLF001 # pyright: ignore[reportPrivateUsage] - the place of the fault

    @functools.wraps(original)
    def corrected(self: Queue, attributes: dict[str, Any], now: float | None = None) -> None:
        policy = getattr(self, "policy", None)
        original(self, {"Policy": policy, **attributes}, now)

    Queue._set_attributes = corrected  # noqa: SLF001 # pyright: ignore[reportPrivateUsage] - as above


def report_redrive_allow_policy() -> None:
    """A queue gives back its redrive-allow policy.

    AWS: RedriveAllowPolicy is an attribute that GetQueueAttributes returns
    (docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_GetQueueAttributes.html).
    moto: it is stored and never returned.
    """
    original = cast("property", Queue.attributes).fget
    if original is None:
        raise RuntimeError("moto's queue has no attributes any more; review this patch of moto")

    @functools.wraps(original)
    def corrected(self: Queue) -> dict[str, Any]:
        allow: object = getattr(self, "redrive_allow_policy", None)
        attributes = cast("dict[str, Any]", original(self))
        return {**attributes, "RedriveAllowPolicy": allow} if allow else attributes

    Queue.attributes = property(corrected)  # pyright: ignore[reportAttributeAccessIssue] - a property stays one
