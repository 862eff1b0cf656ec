"""Rules about what only uWSGI gets wrong."""
