"""The door: which requests are answered at all, who asks, signing in and out, and the headers every answer carries."""
