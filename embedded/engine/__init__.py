"""The `pulumi` CLI, built from its published modules where it is not installed, and its language host."""
