"""uvicorn's WebSocket protocol with bounds on what a client that does not read may pile up.

For ``uvicorn --ws huaben.runtime.websocket_protocol:BoundedWebSocket``.
"""

from __future__ import annotations

from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol


class BoundedWebSocket(WebSocketsSansIOProtocol):
    """uvicorn answers each ping at once, however much waits to be read by the client already: a
    client that sends pings and reads nothing would fill the memory. RFC 6455 asks for an answer to
    the latest ping only, so none is written while the client does not read.
    """

    def handle_ping(self) -> None:
        if self.writable.is_set():
            super().handle_ping()
        else:
            self.conn.data_to_send()  # takes the answer out of the queue

    def send_receive_event_to_app(self) -> None:
        """Close with 1007 for a text that is not UTF-8; uvicorn would write a traceback too."""
        if self.curr_msg_data_type == "text" and not self.close_sent:
            try:
                b"".join(self.frames).decode()
            except UnicodeDecodeError:
                self.frames = []
                self.conn.send_close(1007)
                self.handle_parser_exception()
                return
        super().send_receive_event_to_app()
