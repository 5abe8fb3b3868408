"""Patches of moto's CloudWatch."""

import functools
from typing import TYPE_CHECKING, Any

from moto.cloudwatch.models import CloudWatchBackend
from moto.cloudwatch.responses import CloudWatchResponse
from moto.core.responses import ActionResult

if TYPE_CHECKING:
    from collections.abc import Callable

_SUPPRESSOR = {
    "ActionsSuppressor": "actions_suppressor",
    "ActionsSuppressorExtensionPeriod": "actions_suppressor_extension_period",
    "ActionsSuppressorWaitPeriod": "actions_suppressor_wait_period",
}


def _asked(response: CloudWatchResponse, name: str) -> Any:  # noqa: ANN401 - a request's parameter
    return response._get_param(name)  # noqa: SLF001 # pyright: ignore[reportPrivateUsage] - moto has no other way


def keep_composite_alarms() -> None:
    """Alarms can be made of other alarms.

    AWS: PutCompositeAlarm keeps a rule, actions and what suppresses them, and DescribeAlarms gives them back
    (docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutCompositeAlarm.html).
    moto: it describes them and cannot make them.
    """

    def put_composite_alarm(self: CloudWatchResponse) -> ActionResult:
        answer = self.put_metric_alarm()
        alarm = self.cloudwatch_backend.alarms[_asked(self, "AlarmName")]
        for name, attribute in _SUPPRESSOR.items():
            setattr(alarm, attribute, _asked(self, name))
        return answer

    CloudWatchResponse.put_composite_alarm = put_composite_alarm  # pyright: ignore[reportAttributeAccessIssue] - moto finds operations by name


def remember_accounts_of_metrics() -> None:
    """A metric of an alarm may be another account's.

    AWS: AccountId is a part of MetricDataQuery
    (docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_MetricDataQuery.html).
    moto: it is accepted and forgotten.
    """
    put_alarm: Callable[..., ActionResult] = CloudWatchResponse.put_metric_alarm

    @functools.wraps(put_alarm)
    def remember(self: CloudWatchResponse) -> ActionResult:
        answer = put_alarm(self)
        queries: list[Any] = self.cloudwatch_backend.alarms[_asked(self, "AlarmName")].metric_data_queries
        for query, metric in zip(queries, _asked(self, "Metrics") or [], strict=True):
            query.account_id = metric.get("AccountId")
        return answer

    CloudWatchResponse.put_metric_alarm = remember


def forget_deleted_alarms() -> None:
    """A new alarm has nothing of one that had its name.

    AWS: DeleteAlarms deletes an alarm with its tags
    (docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_DeleteAlarms.html).
    moto: tags stay, and the next alarm of the name has them.
    """
    delete: Callable[..., None] = CloudWatchBackend.delete_alarms

    @functools.wraps(delete)
    def forget(self: CloudWatchBackend, alarm_names: list[str]) -> None:
        for alarm in self.get_alarms_by_alarm_names(alarm_names):
            self.tagger.delete_all_tags_for_resource(alarm.alarm_arn)
        delete(self, alarm_names)

    CloudWatchBackend.delete_alarms = forget
