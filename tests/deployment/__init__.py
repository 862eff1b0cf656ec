"""What the site publishes about Glance, started with real servers and used as clients do."""
