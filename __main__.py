"""The trade-matching system's AWS resources: settings, platform, outputs."""

import pulumi

from components.platform import Platform
from components.settings import load

platform = Platform("trade-matching", load())

pulumi.export("tables", platform.tables.names)
pulumi.export("tableArns", platform.tables.arns)
pulumi.export("documentsBucket", platform.buckets.documents)
pulumi.export("documentsBucketArn", platform.buckets.documents_arn)
pulumi.export("auditBucket", platform.buckets.audit)
pulumi.export("auditBucketArn", platform.buckets.audit_arn)
pulumi.export("queueUrls", platform.queues.urls)
pulumi.export("queueArns", platform.queues.arns)
pulumi.export("deadLetterQueueUrls", platform.queues.dead_letter_urls)
pulumi.export("roles", platform.roles.names)
pulumi.export("roleArns", platform.roles.arns)
