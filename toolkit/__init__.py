"""The command line and what stands behind it: adoption, policy check, delivery, operation."""
