"""The sandboxed engines: what they answer, and that nothing dangerous works."""
