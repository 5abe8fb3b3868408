"""What AWS would answer: a request against the policies that apply to it."""
