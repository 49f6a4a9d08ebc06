"""Sample reports: a fictional city and a few published figures, as documents in mixed formats with their truth."""
