"""Rules about how a page shows its blocks."""
