"""The client of the engine: commands, events, URNs, values, and why a run failed."""
