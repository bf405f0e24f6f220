"""Pages rendered without a server: the same views, asked from inside."""

from __future__ import annotations

from typing import Any


class Renderer:
    """Asks the open room for pages."""

    def __init__(self) -> None:
        from django.core.handlers.base import BaseHandler
        from django.test import RequestFactory

        self._handler = BaseHandler()
        self._handler.load_middleware()
        self._factory = RequestFactory(headers={"host": "localhost"})

    def ask(self, address: str) -> Any:
        """The answer to an address: a Django response."""
        return self._handler.get_response(self._factory.get(address))


def body(answer: Any) -> bytes:
    """The bytes of an answer, streamed or not."""
    return b"".join(answer.streaming_content) if answer.streaming else bytes(answer.content)
