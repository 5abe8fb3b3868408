"""What a visitor runs."""
