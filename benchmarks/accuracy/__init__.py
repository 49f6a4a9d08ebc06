"""How exactly reports are read: every cell of every document that has a truth file, and the identity of the report.

usage: python -m benchmarks.accuracy [[NAME=]FOLDER …] [--only] [--list] [--json FILE] [--readme] [-j WORKERS]
"""
