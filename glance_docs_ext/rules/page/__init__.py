"""Rules about how a page shows its blocks and says what changed."""
