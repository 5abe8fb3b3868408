"""From a pull request to production: what the jobs of `.github/workflows/` call."""
