"""The AWS account: read-only sessions, calls, retries, and where a stack lives."""
