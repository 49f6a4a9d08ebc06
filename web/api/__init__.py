"""``/api/v1``: what the pages show, as JSON and CSV, with the parameters of the pages' own addresses.

Read only, but for files handed in (:mod:`web.api.upload`). Every answer is made of the same selection and the same words as a
page; its parameters are those of :class:`ogi.view.View`, described for programs by ``/api/v1/openapi.json``, which is made from
the same list of resources.
"""

from web.api.routes import api_routes
from web.api.upload import Upload

__all__ = ["Upload", "api_routes"]
