"""How much the checks catch and how long they take: ``python -m benchmarks.checks``."""
