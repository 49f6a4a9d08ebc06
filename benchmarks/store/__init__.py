"""The library at the size of a country: how long sums, single organs, ranks and changes take, and how much memory."""
