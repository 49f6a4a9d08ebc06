"""The check of an installation: what is there, what is missing, what that costs and what to do (``python -m loaders.doctor``)."""
