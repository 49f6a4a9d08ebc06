"""One session over the raw socket, in the words of the browser."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Subprotocol

from ogi.labels import LANGS, Labels

_FINISHED = (ForwardMsg.FINISHED_SUCCESSFULLY, ForwardMsg.FINISHED_WITH_COMPILE_ERROR)
_FAILED = frozenset(Labels(lang)("frame.failed") for lang in LANGS)
"""What a visitor reads where a page failed: the exception itself stands in the log only."""


@dataclass(frozen=True)
class Run:
    """One run of a page, from the request to the last message."""

    milliseconds: float
    bytes: int
    elements: int
    charts: int
    failed: bool
    """Whether the page failed or an exception was shown."""
    said: tuple[str, ...] = ()
    """The texts in Markdown, in their order."""


class Session:
    """One visitor."""

    def __init__(self, port: int, timeout: float | None = None) -> None:
        """Connect; ``timeout`` is how many seconds a message may keep one waiting before :class:`TimeoutError`."""
        self._socket: ClientConnection = connect(
            f"ws://127.0.0.1:{port}/_stcore/stream",
            subprotocols=[Subprotocol("streamlit")],
            max_size=None,
            compression=None,  # type: ignore[list-item]
            open_timeout=timeout or 10,
        )
        self._timeout = timeout
        self._page = self._page_hash = ""
        self._widgets: dict[str, str] = {}
        self.ids: set[str] = set()
        """The names the server gave this session: one for its whole life, unless sessions are mixed."""
        self.address = ""
        """The query in the browser's address: as it was opened, or as the server wrote it since."""

    def run(self, page: str, query: Sequence[tuple[str, str]]) -> Run:
        """Open ``page`` at an address, or run it again where it is open, and read to the last message."""
        self.address = urlencode(query)
        message = self._message(page)
        self._page = page
        return self._sent(message)

    def choose(self, key: str, chosen: Sequence[str]) -> Run:
        """Choose in a widget for several choices (pills or a list), by its key and the labels; read to the last message.

        Raises:
            KeyError: no page has shown such a widget.
        """
        message = self._message(self._page)
        state = message.rerun_script.widget_states.widgets.add()
        state.id = self._widgets[key]
        state.string_array_value.data.extend(chosen)
        return self._sent(message)

    def _message(self, page: str) -> BackMsg:
        message = BackMsg()
        message.rerun_script.query_string = self.address
        message.rerun_script.page_name = page
        message.rerun_script.page_script_hash = self._page_hash if page == self._page else ""
        return message

    def _sent(self, message: BackMsg) -> Run:
        started = time.perf_counter()
        self._socket.send(message.SerializeToString())
        taken = elements = charts = 0
        failed, said = False, []
        while True:
            data = self._socket.recv(self._timeout)
            assert isinstance(data, bytes)
            taken += len(data)
            answer = ForwardMsg.FromString(data)
            kind = answer.WhichOneof("type")
            if kind == "navigation":
                self._page_hash = answer.navigation.page_script_hash
            elif kind == "new_session":
                self.ids.add(answer.new_session.initialize.session_id)
            elif kind == "page_info_changed":
                self.address = answer.page_info_changed.query_string
            elif kind == "delta" and answer.delta.WhichOneof("type") == "new_element":
                element = answer.delta.new_element.WhichOneof("type")
                elements += 1
                charts += element == "plotly_chart"
                if element == "markdown":
                    said.append(answer.delta.new_element.markdown.body)
                elif element in ("button_group", "multiselect"):
                    name = getattr(answer.delta.new_element, element).id
                    self._widgets[name.rpartition("-")[2]] = name
                failed = failed or element == "exception"
                failed = failed or (element == "alert" and answer.delta.new_element.alert.body in _FAILED)
            elif kind == "script_finished" and answer.script_finished in _FINISHED:
                return Run(1000 * (time.perf_counter() - started), taken, elements, charts, failed, tuple(said))

    def close(self) -> None:
        """Leave."""
        self._socket.close()
