"""The provider plugin: turns `aws:*` resources into boto3 calls to an AWS on loopback, and nowhere else."""
