"""What becomes of images in a repository."""

import json

UNTAGGED_DAYS = 14

# Amazon ECR user guide, "Lifecycle policy properties". Images with tags are not counted: a count knows
# nothing of what runs, and would take the running image away once enough others were pushed
LIFECYCLE_POLICY = json.dumps(
    {
        "rules": [
            {
                "rulePriority": 1,
                "description": f"images without a tag go after {UNTAGGED_DAYS} days",
                "selection": {
                    "tagStatus": "untagged",
                    "countType": "sinceImagePushed",
                    "countUnit": "days",
                    "countNumber": UNTAGGED_DAYS,
                },
                "action": {"type": "expire"},
            }
        ]
    },
    sort_keys=True,
)
