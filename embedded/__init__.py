"""The real engine and an AWS on loopback, from package registries alone."""
