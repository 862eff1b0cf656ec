"""Rules about what only nginx gets wrong."""
