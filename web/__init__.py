"""Plain HTTP beside the pages: what answers without a session of Streamlit. Starlette lives here and in ``app.py``.

Nothing here knows Streamlit. What a request may see is decided by whoever hands over the library.
"""
