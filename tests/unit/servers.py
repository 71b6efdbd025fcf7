"""Makes real servers on the loopback interface: those that answer by a table of paths, and those that send bytes as a script says."""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Reply = tuple[int, dict[str, str], bytes]


@contextmanager
def serving(pages: dict[str, Reply | Callable[[Any], Reply]]) -> Iterator[tuple[str, list[tuple[str, dict[str, str]]]]]:
    """Serves `pages`, by path; yields the server's address and the list of what was asked, path and headers."""
    asked: list[tuple[str, dict[str, str]]] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            headers = {name.lower(): value for name, value in self.headers.items()}
            asked.append((self.path, headers))
            page = pages.get(self.path, (404, {}, b""))
            status, more, body = page(headers) if callable(page) else page
            self.send_response(status)
            for name, value in more.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", asked
    finally:
        server.shutdown()
        server.server_close()


@contextmanager
def playing(script: Callable[[socket.socket], None]) -> Iterator[str]:
    """Runs `script` on each connection after the request has come; yields the server's address."""
    server = socket.create_server(("127.0.0.1", 0))

    def play(connection: socket.socket) -> None:
        with connection:
            try:
                connection.recv(65536)
                script(connection)
            except OSError:
                pass

    def accept() -> None:
        while True:
            try:
                connection, _ = server.accept()
            except OSError:
                return
            threading.Thread(target=play, args=(connection,), daemon=True).start()

    threading.Thread(target=accept, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.getsockname()[1]}"
    finally:
        server.close()
