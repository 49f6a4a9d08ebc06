"""How long reading takes, from bytes to report, against what the libraries alone take in the same run."""
