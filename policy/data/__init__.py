"""Data that rules read, generated from the provider's classes, which are too large to import at each start."""
