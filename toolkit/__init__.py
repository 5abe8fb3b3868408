"""The command line and what stands behind it: adoption, judging, delivery, operation."""
