"""What the server answers besides the pages: routes of Starlette, handed to the application in ``app.py``.

Nothing here knows Streamlit. What a request may see is decided by whoever hands over the library.
"""
