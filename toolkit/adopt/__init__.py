"""Adoption: what was made by hand comes under Pulumi, and nothing in AWS is touched."""
