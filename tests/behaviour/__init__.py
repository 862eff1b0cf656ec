"""What the rules about behaviour claim, seen on the real servers."""
