"""Pictures of the places figures were read from: drawn in a worker when asked for, and kept for the session."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from loaders.errors import CannotReadError
from loaders.picture import Extent, Look, Picture, pictures_of
from ogi.labels import Labels
from pages.parts.plain import plain
from pages.parts.upload_reading import Outcome, bytes_of, upload_sandbox

_PICTURES = "upload_pictures"
_MOST = 200
_DPI = 144
"""A page is shown half as large again as printed, where there is room for it."""
Refused = tuple[str, dict[str, str | int | float]]
"""Code and parameters of an error."""


def pictures(outcome: Outcome, keys: Sequence[str], extent: Extent, labels: Labels) -> dict[str, Picture | Refused]:
    """Return the pictures of cells, or why there is none of one; what was drawn before is not drawn again."""
    kept: dict[tuple[str, ...], Picture | Refused] = st.session_state.setdefault(_PICTURES, {})
    names = {key: (outcome.key, key, extent, labels.lang) for key in keys}
    wanted = [key for key, name in names.items() if name not in kept]
    data = bytes_of(outcome)
    if wanted and (data is None or outcome.report is None):
        return {key: kept.get(name, ("picture_no_bytes", {})) for key, name in names.items()}
    if wanted:
        look = Look(extent=extent, dpi=_DPI, kind="svg", lang=labels.lang)
        try:
            drawn = upload_sandbox().run(pictures_of, data, outcome.report, wanted, look)
            kept |= {names[key]: picture for key, picture in (drawn.shown | drawn.refused).items()}
        except CannotReadError as error:  # the worker gave up, for example for want of time: not kept, it may be asked again
            return {key: kept.get(name, (error.code, error.params)) for key, name in names.items()}
    found = {key: kept[name] for key, name in names.items()}
    while len(kept) > _MOST:
        kept.pop(next(iter(kept)))
    return found


def show_picture(picture: Picture | Refused, labels: Labels) -> None:
    """Draw one picture, or say why there is none."""
    if not isinstance(picture, Picture):
        code, params = picture
        text = labels("check.no_bytes") if code == "picture_no_bytes" else labels(f"error.{code}", **params)
        st.caption(f":material/hide_image: {plain(text)}")
        return
    image = picture.data.decode("utf-8") if picture.media_type == "image/svg+xml" else picture.data
    st.image(image, output_format="PNG", alt=picture.text)  # with a width it would be made coarser, and JPEG blurs digits
