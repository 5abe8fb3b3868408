"""The adoption of a hand-made estate, from the first look to a preview without changes."""
