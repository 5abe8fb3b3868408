"""Data that rules read, generated from the provider's classes (too large to import at each start)."""
