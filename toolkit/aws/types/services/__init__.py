"""Records of AWS types, one module per service."""
