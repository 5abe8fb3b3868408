"""What runs of the real engine ask of AWS, for the policy evaluator to judge."""
