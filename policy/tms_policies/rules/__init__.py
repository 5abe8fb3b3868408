"""The rules, a module per service: pure functions from a resource or a stack to findings."""
