"""The bare page as an ASGI app: the same Streamlit, served the same way and as packed, with one button and one chart."""

from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware

from web.packed_files import PackedFiles

app = st.App(Path(__file__).with_name("bare_page.py"), middleware=[Middleware(PackedFiles)])
