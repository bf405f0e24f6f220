"""The room as a server: gunicorn where there is one (Unix), a small threaded server elsewhere."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from typing import Any

from communique.room.project import Room

WORKERS, THREADS = 2, 24  # threads only wait: for the database, for their turn


def application() -> Callable[..., Any]:
    """The WSGI application of the open room, with its static files."""
    from django.core.wsgi import get_wsgi_application
    from whitenoise import WhiteNoise

    from communique.room.framing import STATIC, version

    static = WhiteNoise(get_wsgi_application(), max_age=31_536_000, immutable_file_test=lambda *_: True)
    static.add_files(str(STATIC), prefix=f"static/{version()}/")
    return static


def serve(room: Room, host: str, port: int, *, ready: Callable[[str], None]) -> None:
    """Serve until stopped. `ready` is told the address once the room can be entered. `port` 0 takes a free one."""
    from django.db import connections

    from communique.room.kept import warm

    app = application()
    warm()
    connections.close_all()
    if sys.platform == "win32":
        _threaded(app, host, port, ready)
    else:
        _gunicorn(app, host, port, ready)


def _gunicorn(app: Callable[..., Any], host: str, port: int, ready: Callable[[str], None]) -> None:
    from gunicorn.app.base import BaseApplication

    options: Mapping[str, Any] = {
        "bind": f"{host}:{port}", "workers": WORKERS, "threads": THREADS, "worker_class": "gthread", "timeout": 180,
        "keepalive": 15, "loglevel": "warning", "accesslog": None, "errorlog": "-", "proc_name": "communique room",
        "max_requests": 20_000, "max_requests_jitter": 2_000, "graceful_timeout": 5, "control_socket_disable": True,
        "when_ready": lambda server: ready("http://{}:{}/".format(*server.LISTENERS[0].sock.getsockname()[:2])),
    }  # fmt: skip

    class Server(BaseApplication):
        def load_config(self) -> None:
            for name, value in options.items():
                if name in self.cfg.settings:
                    self.cfg.set(name, value)

        def load(self) -> Callable[..., Any]:
            return app

    Server().run()


def _threaded(app: Callable[..., Any], host: str, port: int, ready: Callable[[str], None]) -> None:
    from socketserver import ThreadingMixIn
    from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

    class Threaded(ThreadingMixIn, WSGIServer):
        daemon_threads = True

    class Quiet(WSGIRequestHandler):
        def log_message(self, format: str, *args: Any) -> None:
            pass

    with make_server(host, port, app, server_class=Threaded, handler_class=Quiet) as server:
        ready(f"http://{host}:{server.server_port}/")
        server.serve_forever()
