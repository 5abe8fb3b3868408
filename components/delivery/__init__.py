"""Who delivers the system: GitHub's jobs as AWS roles, the state's bucket, and the key of its secrets."""
