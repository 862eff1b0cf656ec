"""What checking costs, beside what others need for the same files: ``tox -e benchmarks``."""
