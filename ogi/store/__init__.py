"""The records: what was handed in, what was read of it, and what people decided about it; and the snapshot published from them.

*Records* (SQLAlchemy Core, SQLite in one file or PostgreSQL by URL) are the truth: documents, organs, reports with their
versions, corrections, decisions, shares, audit. The *snapshot* (Parquet, one set of files per report year) is made of them for
reading, and can be made anew at any time. Nothing that was acknowledged is ever lost, a version never changes, and every change
says who made it, when and why.
"""
