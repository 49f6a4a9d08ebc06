"""The bare page as an ASGI app: the same Streamlit, served the same way, with one button and one chart."""

from pathlib import Path

import streamlit as st

app = st.App(Path(__file__).with_name("bare_page.py"))
