"""What the agents may do, for people: the permission matrix in words, and what a change does to it."""
