"""Where moto 5.2.5 differs from AWS in what this project relies on: each patch names both sides."""

from functools import cache

from embedded.aws.moto_patches import (
    agentcore,
    bedrock,
    budgets,
    cloudtrail,
    cloudwatch,
    costs,
    dynamodb,
    kms,
    logs,
    s3,
    s3_requests,
    sns,
    sqs,
)


def apply() -> None:
    """Apply every patch of services that load fast; called once, before the server starts."""
    agentcore.name_what_is_made()
    agentcore.make_whole_versions()
    agentcore.refuse_wrong_names()
    agentcore.remember_what_is_newer()
    bedrock.tell_of_models()
    budgets.begin_this_month()
    budgets.change_budgets()
    budgets.keep_tags()
    budgets.tell_subscribers()
    cloudtrail.demand_bucket_policy()
    cloudtrail.find_by_arn()
    cloudtrail.keep_one_choice_of_selectors()
    cloudwatch.forget_deleted_alarms()
    cloudwatch.keep_composite_alarms()
    cloudwatch.remember_accounts_of_metrics()
    costs.detect_anomalies()
    dynamodb.change_encryption()
    dynamodb.refuse_second_expiry_attribute()
    kms.encrypt_unless_said()
    kms.remember_rotation_period()
    logs.change_keys()
    logs.forget_deleted_groups()
    logs.keep_one_filter_of_a_name()
    logs.remember_class_and_protection()
    logs.scope_policies()
    s3.count_loopback_as_tls()
    s3.protect_new_buckets()
    s3.read_log_delivery_policy()
    s3.remember_lifecycle_limits()
    s3_requests.keep_request_metrics()
    s3_requests.report_event_bridge()
    sns.forget_filters_of_nothing()
    sns.report_topic_settings()
    sqs.keep_queue_policy()
    sqs.report_redrive_allow_policy()


@cache
def apply_to(service: str) -> None:
    """Apply the patches of a service that takes long to load; called on the first request to it.

    Args:
        service: The service's name in moto.
    """
    if service == "ec2":
        from embedded.aws.moto_patches import default_network, ec2

        ec2.complete_endpoints()
        ec2.change_endpoints()
        ec2.describe_rules()
        ec2.read_rules()
        ec2.change_rules()
        default_network.have_a_network()
