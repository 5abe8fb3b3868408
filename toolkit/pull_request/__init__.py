"""The change guard: what a preview would do, judged and told to the reviewers of a pull request."""
