"""Patches of moto's SNS."""

import functools
from typing import TYPE_CHECKING, Any

from moto.core.responses import ActionResult
from moto.core.utils import camelcase_to_underscores
from moto.sns.models import SNSBackend
from moto.sns.responses import SNSResponse

if TYPE_CHECKING:
    from collections.abc import Callable

_PROTOCOLS = ("Application", "Firehose", "HTTP", "Lambda", "SQS")
_FEEDBACK = ("SuccessFeedbackRoleArn", "SuccessFeedbackSampleRate", "FailureFeedbackRoleArn")
_SETTINGS = (
    "ArchivePolicy",
    "FifoThroughputScope",
    "MaximumMessageSize",
    "SignatureVersion",
    "TracingConfig",
    *(f"{protocol}{setting}" for protocol in _PROTOCOLS for setting in _FEEDBACK),
)


def report_topic_settings() -> None:
    """A topic gives back every setting that was made.

    AWS: what SetTopicAttributes sets is what GetTopicAttributes returns
    (docs.aws.amazon.com/sns/latest/api/API_SetTopicAttributes.html).
    moto: everything is kept, and only some of it is returned.
    """
    get: Callable[..., Any] = SNSResponse.get_topic_attributes

    @functools.wraps(get)
    def report(self: SNSResponse) -> ActionResult:
        answer = get(self)
        topic = self.backend.get_topic(answer.result["Attributes"]["TopicArn"])
        for name in _SETTINGS:
            value = getattr(topic, camelcase_to_underscores(name), None)
            if value:
                answer.result["Attributes"][name] = value
        return answer

    SNSResponse.get_topic_attributes = report


def forget_filters_of_nothing() -> None:
    """A filter is taken away by one that lets every message pass.

    AWS: setting FilterPolicy to `{}` removes it
    (docs.aws.amazon.com/sns/latest/dg/message-filtering.html#message-filtering-policy-remove).
    moto: it stays as a filter.
    """
    get: Callable[..., dict[str, Any]] = SNSBackend.get_subscription_attributes

    @functools.wraps(get)
    def report(self: SNSBackend, arn: str) -> dict[str, Any]:
        attributes = get(self, arn)
        hidden = (
            {"FilterPolicy", "FilterPolicyScope"} if attributes.get("FilterPolicy") == "{}" else set[str]()
        )
        return {name: value for name, value in attributes.items() if name not in hidden}

    SNSBackend.get_subscription_attributes = report
