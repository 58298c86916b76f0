"""A web site on the loopback whose every answer a test decides."""

import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

Answer = Callable[[BaseHTTPRequestHandler], None]


class Site:
    """The answers by path; `asked` lists the paths in the order of the requests, `headers` what came with the last."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.answers: dict[str, Answer] = {}
        self.asked: list[str] = []
        self.headers: dict[str, str] = {}

    def url(self, path: str, host: str = "127.0.0.1") -> str:
        return f"http://{host}:{self.port}{path}"

    def give(self, path: str, body: bytes = b"", status: int = 200, **headers: str) -> None:
        """Answer a path with these bytes."""

        def answer(handler: BaseHTTPRequestHandler) -> None:
            handler.send_response(status)
            for name, value in headers.items():
                handler.send_header(name.replace("_", "-"), value)
            handler.send_header("Content-Length", str(len(body)))
            handler.end_headers()
            handler.wfile.write(body)

        self.answers[path] = answer

    def give_version(self, path: str, body: bytes, etag: str) -> None:
        """Answer with 304 whoever has this version."""

        def answer(handler: BaseHTTPRequestHandler) -> None:
            is_known = handler.headers.get("If-None-Match") == etag
            handler.send_response(304 if is_known else 200)
            handler.send_header("ETag", etag)
            handler.send_header("Content-Length", "0" if is_known else str(len(body)))
            handler.end_headers()
            if not is_known:
                handler.wfile.write(body)

        self.answers[path] = answer


@contextmanager
def web_site(certificate: Path | None = None) -> Iterator[Site]:
    """Serve a site until the test ends, through TLS if there is a certificate; a path without answer is not found."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            site.asked.append(self.path)
            site.headers = dict(self.headers.items())
            answer = site.answers.get(self.path)
            if answer is None:
                self.send_error(404)
            else:
                answer(self)

        def handle(self) -> None:
            try:
                super().handle()
            except OSError:  # the client went away, as it should
                self.close_connection = True

        def log_message(self, *_: object) -> None: ...

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    if certificate is not None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        server.socket = context.wrap_socket(server.socket, server_side=True)
    site = Site(server.server_port)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
