"""What exists: settings, computed names, grants as data, and one component resource per family."""
