"""Rules that hold for every engine."""
