"""uvicorn's HTTP, with an end to its patience: it waits for ever for the headers of a request that has begun."""

import asyncio

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

HEADER_SECONDS = 10  # from the first byte, or from connecting, to the end of the headers


class ImpatientProtocol(H11Protocol):
    """Hangs up on whoever keeps a connection open without finishing the headers."""

    _limit: asyncio.TimerHandle | None = None

    def connection_made(self, transport) -> None:
        super().connection_made(transport)
        self._limit = self.loop.call_later(HEADER_SECONDS, self._hang_up)

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        if self.conn.their_state is not h11.IDLE:
            self._stop_waiting()
        elif self._limit is None:
            self._limit = self.loop.call_later(HEADER_SECONDS, self._hang_up)

    def connection_lost(self, exc) -> None:
        self._stop_waiting()
        super().connection_lost(exc)

    def _stop_waiting(self) -> None:
        if self._limit:
            self._limit.cancel()
            self._limit = None

    def _hang_up(self) -> None:
        self._limit = None
        if self.conn.their_state is h11.IDLE:
            self.transport.close()
