"""What the policy pack says of a stack, a state file or a program: findings, and reports of them."""
