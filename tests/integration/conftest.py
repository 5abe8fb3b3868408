from tests.support.fixtures import account, fake

__all__ = ["account", "fake"]  # fixtures
