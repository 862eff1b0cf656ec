"""The fuzzers: what must hold of any text at all, and what looks for one where it does not."""
