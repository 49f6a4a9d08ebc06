"""What a link carries: the :class:`View`, its way into an address and back, and its sentence.

A view names organs by id and figures by key, never by a label, so a link made in one language works in the other. What an
address says and cannot be applied becomes a :class:`ViewNotice` for the reader; nothing is dropped silently.
"""

from ogi.view.groups import group_id, is_group
from ogi.view.sentence import OF_GROUPS, describe, is_of_kind
from ogi.view.sharing import carries, resolve_collection
from ogi.view.state import PAGES, View, ViewNotice, as_on, measures, with_rest_of
from ogi.view.url import from_query, to_query

__all__ = [
    "OF_GROUPS",
    "PAGES",
    "View",
    "ViewNotice",
    "as_on",
    "carries",
    "describe",
    "from_query",
    "group_id",
    "is_group",
    "is_of_kind",
    "measures",
    "resolve_collection",
    "to_query",
    "with_rest_of",
]
