"""Patches of moto's CloudWatch Logs."""

import functools
from typing import TYPE_CHECKING, Any

from moto.logs.exceptions import ResourceNotFoundException, ValidationException
from moto.logs.metric_filters import MetricFilters
from moto.logs.models import LogGroup, LogResourcePolicy, LogsBackend
from moto.logs.responses import LogsResponse

if TYPE_CHECKING:
    from collections.abc import Callable


def _asked(response: LogsResponse, name: str) -> Any:  # noqa: ANN401 - a request's parameter
    return response._get_param(name)  # noqa: SLF001 # pyright: ignore[reportPrivateUsage] - moto has no other way


def _group(response: LogsResponse, name: str) -> Any:  # noqa: ANN401 - moto's group, with what is kept beside it
    """A group by its name or ARN."""
    groups = response.logs_backend.groups
    group = groups.get(name) or next(
        (candidate for candidate in groups.values() if candidate.arn == name), None
    )
    if group is None:
        raise ResourceNotFoundException
    return group


def remember_class_and_protection() -> None:
    """A group has a class, and may be protected from deletion.

    AWS: CreateLogGroup takes both, the class is STANDARD and nothing is protected unless it says otherwise,
    and DescribeLogGroups returns them
    (docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_CreateLogGroup.html). A group
    that is protected is not deleted
    (docs.aws.amazon.com/AmazonCloudWatch/latest/logs/protecting-log-groups-from-deletion.html).
    moto: they are accepted and forgotten.
    """
    create: Callable[..., str] = LogsResponse.create_log_group
    delete: Callable[..., str] = LogsResponse.delete_log_group
    describe: Callable[..., dict[str, Any]] = LogGroup.to_describe_dict

    @functools.wraps(create)
    def remember(self: LogsResponse) -> str:
        answer = create(self)
        group = _group(self, _asked(self, "logGroupName"))
        group.kind = _asked(self, "logGroupClass") or "STANDARD"
        group.protected = bool(_asked(self, "deletionProtectionEnabled"))
        return answer

    def put_log_group_deletion_protection(self: LogsResponse) -> str:
        _group(self, _asked(self, "logGroupIdentifier")).protected = _asked(self, "deletionProtectionEnabled")
        return ""

    @functools.wraps(delete)
    def refuse(self: LogsResponse) -> str:
        name = _asked(self, "logGroupName")
        if getattr(_group(self, name), "protected", False):
            raise ValidationException(f"The log group {name} is protected from deletion")
        return delete(self)

    @functools.wraps(describe)
    def report(self: LogGroup) -> dict[str, Any]:
        settings = {
            "logGroupClass": getattr(self, "kind", "STANDARD"),
            "deletionProtectionEnabled": getattr(self, "protected", False),
        }
        return {**describe(self), **settings}

    LogsResponse.create_log_group = remember
    LogsResponse.delete_log_group = refuse
    LogsResponse.put_log_group_deletion_protection = put_log_group_deletion_protection  # pyright: ignore[reportAttributeAccessIssue] - moto finds operations by name
    LogGroup.to_describe_dict = report


def change_keys() -> None:
    """A group's key can be changed.

    AWS: AssociateKmsKey and DisassociateKmsKey
    (docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_AssociateKmsKey.html).
    moto: a group keeps the key that it was made with.
    """

    def associate_kms_key(self: LogsResponse) -> str:
        _group(self, _asked(self, "logGroupName")).kms_key_id = _asked(self, "kmsKeyId")
        return ""

    def disassociate_kms_key(self: LogsResponse) -> str:
        _group(self, _asked(self, "logGroupName")).kms_key_id = None
        return ""

    LogsResponse.associate_kms_key = associate_kms_key  # pyright: ignore[reportAttributeAccessIssue] - moto finds operations by name
    LogsResponse.disassociate_kms_key = disassociate_kms_key  # pyright: ignore[reportAttributeAccessIssue] - as above


def keep_one_filter_of_a_name() -> None:
    """A metric filter is written as a whole, and goes with its group.

    AWS: PutMetricFilter creates or updates the filter of a name in a group, and DescribeMetricFilters returns
    whether it reads transformed events
    (docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutMetricFilter.html).
    moto: each call adds one more, and that is forgotten.
    """
    put_filter: Callable[..., str] = LogsResponse.put_metric_filter
    add: Callable[..., None] = MetricFilters.add_filter

    @functools.wraps(add)
    def replace(
        self: MetricFilters,
        filter_name: str,
        filter_pattern: str,
        log_group_name: str,
        metric_transformations: str,
    ) -> None:
        self.metric_filters = [
            metric_filter
            for metric_filter in self.metric_filters
            if (metric_filter["filterName"], metric_filter["logGroupName"]) != (filter_name, log_group_name)
        ]
        add(self, filter_name, filter_pattern, log_group_name, metric_transformations)

    @functools.wraps(put_filter)
    def remember(self: LogsResponse) -> str:
        _group(self, _asked(self, "logGroupName"))
        answer = put_filter(self)
        written = self.logs_backend.filters.metric_filters[-1]
        written["applyOnTransformedLogs"] = bool(_asked(self, "applyOnTransformedLogs"))
        return answer

    MetricFilters.add_filter = replace
    LogsResponse.put_metric_filter = remember


def forget_deleted_groups() -> None:
    """A new group has nothing of one that had its name.

    AWS: DeleteLogGroup deletes a group with all that is in it
    (docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DeleteLogGroup.html).
    moto: its tags and metric filters stay, and the next group of the name has them.
    """
    delete: Callable[..., None] = LogsBackend.delete_log_group

    @functools.wraps(delete)
    def forget(self: LogsBackend, log_group_name: str) -> None:
        group = self.groups.get(log_group_name)
        delete(self, log_group_name)
        if group:
            self.tagger.delete_all_tags_for_resource(group.arn)
        filters = self.filters.metric_filters
        self.filters.metric_filters = [
            metric_filter for metric_filter in filters if metric_filter["logGroupName"] != log_group_name
        ]

    LogsBackend.delete_log_group = forget


def scope_policies() -> None:
    """A resource policy says whether it is the account's or a group's.

    AWS: policyScope is ACCOUNT for a policy that was put by its name
    (docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_ResourcePolicy.html).
    moto: it is left out of the answer.
    """
    describe: Callable[..., dict[str, Any]] = LogResourcePolicy.describe

    @functools.wraps(describe)
    def report(self: LogResourcePolicy) -> dict[str, Any]:
        return {**describe(self), "policyScope": "ACCOUNT"}

    LogResourcePolicy.describe = report
