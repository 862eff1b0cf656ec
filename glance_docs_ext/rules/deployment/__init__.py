"""Rules about what only shows when blocks are read together."""
