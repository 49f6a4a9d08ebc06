"""One zip for machines without a network: the program, its packages, a font, and the ways to start it (``make bundle``)."""
