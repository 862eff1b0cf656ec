"""The directives that we add to Sphinx, one a file."""
