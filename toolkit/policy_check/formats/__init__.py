"""The forms in which a report can be had."""
