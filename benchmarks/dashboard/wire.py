"""One session over the raw socket, in the words of the browser."""

from __future__ import annotations

import time
from dataclasses import dataclass
from urllib.parse import urlencode

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import ClientConnection, connect

_FINISHED = (ForwardMsg.FINISHED_SUCCESSFULLY, ForwardMsg.FINISHED_WITH_COMPILE_ERROR)


@dataclass(frozen=True)
class Run:
    """One run of a page, from the request to the last message."""

    milliseconds: float
    bytes: int
    elements: int
    charts: int
    failed: bool
    """Whether an exception was shown."""


class Session:
    """One visitor."""

    def __init__(self, port: int) -> None:
        self._socket: ClientConnection = connect(
            f"ws://127.0.0.1:{port}/_stcore/stream",
            subprotocols=["streamlit"],
            max_size=None,
            compression=None,  # type: ignore[list-item]
        )
        self._page_hash = ""

    def run(self, page: str, query: list[tuple[str, str]]) -> Run:
        """Open ``page`` at an address, or run it again where it is open, and read to the last message."""
        message = BackMsg()
        message.rerun_script.query_string = urlencode(query)
        message.rerun_script.page_name = page
        message.rerun_script.page_script_hash = self._page_hash
        started = time.perf_counter()
        self._socket.send(message.SerializeToString())
        taken = elements = charts = 0
        failed = False
        while True:
            data = self._socket.recv()
            assert isinstance(data, bytes)
            taken += len(data)
            answer = ForwardMsg.FromString(data)
            kind = answer.WhichOneof("type")
            if kind == "navigation":
                self._page_hash = answer.navigation.page_script_hash
            elif kind == "delta" and answer.delta.WhichOneof("type") == "new_element":
                element = answer.delta.new_element.WhichOneof("type")
                elements += 1
                charts += element == "plotly_chart"
                failed = failed or element == "exception"
            elif kind == "script_finished" and answer.script_finished in _FINISHED:
                return Run(1000 * (time.perf_counter() - started), taken, elements, charts, failed)

    def close(self) -> None:
        """Leave."""
        self._socket.close()
