"""GitHub Actions on this machine: what the tests of the workflows run them with."""
