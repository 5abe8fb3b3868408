"""The permission matrix of the agents as text, and what a change grants and revokes."""
