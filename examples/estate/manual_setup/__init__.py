"""A person at the console: creates what the settings describe call by call, unknown to any state."""
