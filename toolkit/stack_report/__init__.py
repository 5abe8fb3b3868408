"""One self-contained page about one stack: map, resources, permissions, policy, adoption and drift."""
