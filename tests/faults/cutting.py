"""A bad network on loopback: a proxy that cuts connections at random bytes."""

import random
import socket
import struct
import threading
from contextlib import suppress
from types import TracebackType

CHUNK = 512
CHANCE = 0.6  # of a connection to be cut at all
FARTHEST = 4000  # bytes after which one is cut at the latest
# Closing says "reset", as routers do: a reader then knows that what it has is not the whole.
RESET = struct.pack("ii", 1, 0)


class CuttingProxy:
    """Passes connections on to a port; `cuts` counts those it broke. The seed decides where."""

    def __init__(self, port: int, seed: int) -> None:
        self.port = port
        self.random = random.Random(seed)
        self.cuts = self.connections = 0
        self._lock = threading.Lock()
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=128)
        self.address = f"http://127.0.0.1:{self._listener.getsockname()[1]}"

    def __enter__(self) -> "CuttingProxy":
        threading.Thread(target=self._accept, daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:  # fmt: skip
        self._listener.close()

    def _accept(self) -> None:
        while True:
            try:
                near, _ = self._listener.accept()
            except OSError:
                return  # closed
            with self._lock:
                self.connections += 1
                is_cut = self.random.random() < CHANCE
                left = self.random.randint(0, FARTHEST) if is_cut else None
                direction = self.random.choice(("up", "down"))
            is_over = threading.Event()
            far = socket.create_connection(("127.0.0.1", self.port))
            for source, target, way in ((near, far, "up"), (far, near, "down")):
                limit = left if way == direction else None
                work = (source, target, limit, is_over)
                threading.Thread(target=self._pass, args=work, daemon=True).start()

    def _pass(
        self, source: socket.socket, target: socket.socket, left: int | None,
        is_over: threading.Event,
    ) -> None:  # fmt: skip
        try:
            while data := source.recv(CHUNK):
                if left is not None and len(data) >= left:
                    target.sendall(data[:left])
                    is_over.set()
                    self._cut(source, target)
                    return
                target.sendall(data)
                left = None if left is None else left - len(data)
            if not is_over.is_set():
                target.shutdown(socket.SHUT_WR)
        except OSError:
            return  # the other direction has been cut
        finally:
            source.close()

    def _cut(self, *both: socket.socket) -> None:
        with self._lock:
            self.cuts += 1
        for one in both:
            with suppress(OSError):  # the other end may have gone first
                one.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
                one.shutdown(socket.SHUT_RD)  # wakes the thread that reads here, says nothing
            one.close()
