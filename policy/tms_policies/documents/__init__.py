"""IAM policy documents: where resources carry them, what they say, and what that allows."""
