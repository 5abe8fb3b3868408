"""actionlint from its published Go module, as the engine comes from its own."""
