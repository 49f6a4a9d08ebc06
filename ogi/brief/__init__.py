"""Files to take away: workbooks, and comparisons as documents, from the same frames as the screen."""
