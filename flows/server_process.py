"""The process of Prefect's API server: `python -m flows.server_process DESCRIPTOR RELEASES`, ended by closing its stdin.

DESCRIPTOR is the number of an open listening socket. RELEASES is the folder of releases, or empty: then the server is
there for one load, without services and user interface.
"""

import os
import re
import socket
import sys
import threading
from pathlib import Path

READY = b"ready\n"
DATA_DOCS = "/data-docs/{release}"

_RELEASE = re.compile(r"\d{8}T\d{6}\.\d{3}Z")


def _serve(descriptor: int, releases: Path | None) -> None:
    """Serve until standard input is closed."""

    def end_with_the_parent() -> None:
        while sys.stdin.buffer.read(1):
            pass
        os._exit(0)

    threading.Thread(target=end_with_the_parent, daemon=True).start()
    import uvicorn
    from prefect.server.api.server import create_app

    class Server(uvicorn.Server):
        """Says when it answers."""

        async def startup(self, sockets: list[socket.socket] | None = None) -> None:
            await super().startup(sockets)
            if self.started:
                sys.stdout.buffer.write(READY)
                sys.stdout.buffer.flush()

    app = create_app(ephemeral=releases is None)
    if releases is not None:
        from starlette.routing import Route

        # Before Prefect's own routes, the last of which takes whatever is left
        app.router.routes.insert(0, Route(DATA_DOCS, _data_docs(releases)))
    config = uvicorn.Config(app, log_level="warning", lifespan="on")
    Server(config).run([socket.socket(fileno=descriptor)])


def _data_docs(releases: Path):  # type: ignore[no-untyped-def]  # noqa: ANN202 - starlette is the server's alone
    """Make the handler that shows the audit of a release: a browser follows no link from here to a file."""
    from starlette.requests import Request
    from starlette.responses import FileResponse, PlainTextResponse, Response

    async def show(request: Request) -> Response:
        release = request.path_params["release"]
        page = releases / release / "data_docs" / "index.html"
        if not _RELEASE.fullmatch(release) or not page.is_file():
            return PlainTextResponse("该版本已不在 / This release is gone", status_code=404)
        return FileResponse(page)

    return show


if __name__ == "__main__":
    _serve(int(sys.argv[1]), Path(sys.argv[2]) if sys.argv[2] else None)
