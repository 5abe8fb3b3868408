"""What the policy pack says of a stack, a state file or a program: verdicts, and reports of them."""
