"""The subject matter: the form, reports, checks, views and charts. No file formats, no Streamlit."""

__version__ = "0.6.0"
