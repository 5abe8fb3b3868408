"""Every rule of the pack, in the order in which they are documented.

`python -m tms_policies.catalogue --json` lists them for other programs.
"""

import argparse
import json
import sys

from tms_policies.model import Rule
from tms_policies.rules import (
    account_settings,
    agentcore,
    alarms,
    apigateway,
    bedrock,
    bedrock_models,
    budgets,
    charges,
    cloudtrail,
    cloudtrail_depth,
    cloudwatch,
    cognito,
    cognito_clients,
    customer_keys,
    dynamodb,
    dynamodb_depth,
    dynamodb_keys,
    ec2,
    ecr,
    edge,
    emitters,
    endpoints,
    exemptions,
    iam_accounts,
    iam_documents,
    iam_escalation,
    iam_federation,
    iam_identities,
    iam_matching,
    iam_needs,
    iam_privileges,
    iam_scope,
    iam_size,
    iam_trust,
    iam_use,
    kms,
    lambda_callers,
    lambda_depth,
    lambda_environment,
    lambda_function,
    naming,
    owners,
    s3,
    s3_access,
    s3_depth,
    s3_lifecycle,
    s3_stack,
    secret_stores,
    secrets,
    service_depth,
    sns,
    sqs,
    sqs_dead_letter,
    stateful,
    tags,
)

_JUDGING: tuple[Rule, ...] = (
    *dynamodb.RULES,
    *dynamodb_keys.RULES,
    *dynamodb_depth.RULES,
    *s3.RULES,
    *s3_stack.RULES,
    *s3_access.RULES,
    *s3_lifecycle.RULES,
    *s3_depth.RULES,
    *sqs.RULES,
    *sqs_dead_letter.RULES,
    *iam_documents.RULES,
    *iam_scope.RULES,
    *iam_matching.RULES,
    *iam_size.RULES,
    *iam_privileges.RULES,
    *iam_trust.RULES,
    *iam_federation.RULES,
    *iam_accounts.RULES,
    *iam_identities.RULES,
    *iam_escalation.RULES,
    *iam_needs.RULES,
    *kms.RULES,
    *cloudwatch.RULES,
    *alarms.RULES,
    *emitters.RULES,
    *cloudtrail.RULES,
    *cloudtrail_depth.RULES,
    *ecr.RULES,
    *lambda_function.RULES,
    *lambda_environment.RULES,
    *lambda_callers.RULES,
    *lambda_depth.RULES,
    *sns.RULES,
    *secret_stores.RULES,
    *customer_keys.RULES,
    *owners.RULES,
    *iam_use.RULES,
    *agentcore.RULES,
    *bedrock.RULES,
    *bedrock_models.RULES,
    *apigateway.RULES,
    *cognito.RULES,
    *cognito_clients.RULES,
    *ec2.RULES,
    *endpoints.RULES,
    *budgets.RULES,
    *charges.RULES,
    *service_depth.RULES,
    *edge.RULES,
    *account_settings.RULES,
    *tags.RULES,
    *naming.RULES,
    *secrets.RULES,
    *stateful.RULES,
)
RULES: tuple[Rule, ...] = (*_JUDGING, stateful.ignore_changes(_JUDGING), *exemptions.RULES)
"""The rule about exemptions is last: it asks which of them the rules before it needed."""


def listed() -> list[dict[str, object]]:
    """Give each rule as `{name, severity, enforcement, types, controls}`; no types means all of `aws:*`."""
    return [
        {
            "name": rule.id,
            "severity": rule.severity,
            "enforcement": rule.level,
            "types": list(rule.types),
            "controls": list(rule.controls),
        }
        for rule in RULES
    ]


if __name__ == "__main__":
    parser = argparse.ArgumentParser(
        prog="python -m tms_policies.catalogue", description="List the rules of the pack."
    )
    parser.add_argument("--json", action="store_true", help="all fields, as a JSON array")
    as_json = parser.parse_args().json
    names = (f"{rule.id}  {rule.severity}" for rule in RULES)
    sys.stdout.write(f"{json.dumps(listed(), indent=2) if as_json else chr(10).join(names)}\n")
