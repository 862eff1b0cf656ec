"""Rules about what only Apache HTTPD gets wrong."""
