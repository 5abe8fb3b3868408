"""The embedded AWS: a moto server on loopback, and the provider plugin that talks to it."""
