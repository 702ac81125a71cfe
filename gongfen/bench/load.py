"""The load program: `python -m gongfen.bench.load`, a second process with nothing but sockets in it.

Each connection sends its next request when the answer to the one before is there, as a till or a phone would. Reads
{"host", "port", "connections", "seconds", "requests": [text, …]} from stdin; prints what it saw as JSON.
"""

import json
import selectors
import socket
import sys
from collections import Counter
from collections.abc import Iterator
from time import perf_counter
from typing import Any


class Connection:
    """One kept-alive connection with at most one request under way."""

    def __init__(self, host: str, port: int) -> None:
        self.socket = socket.create_connection((host, port))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.heard = b""
        self.sent_at = 0.0

    def send(self, request: bytes) -> None:
        """Send, and look at the watch."""
        self.sent_at = perf_counter()
        self.socket.sendall(request)

    def hear(self) -> int | None:
        """The status, once the whole answer is there."""
        part = self.socket.recv(1 << 16)
        if not part:
            raise ConnectionError("the server hung up")
        self.heard += part
        head, end, body = self.heard.partition(b"\r\n\r\n")
        if not end or len(body) < _length(head):
            return None
        self.heard = b""
        return int(head[9:12])


def _length(head: bytes) -> int:
    for line in head.split(b"\r\n"):
        if line.lower().startswith(b"content-length:"):
            return int(line[15:])
    return 0


def run(host: str, port: int, connections: int, seconds: float, requests: list[str]) -> dict[str, Any]:
    """Send until the time is over or nothing is left to send; then wait for the answers under way."""
    waiting: Iterator[bytes] = (request.encode() for request in requests)
    open_ones = [Connection(host, port) for _ in range(connections)]
    looking = selectors.DefaultSelector()
    statuses: Counter[str] = Counter()
    times: list[float] = []
    under_way = 0
    began = perf_counter()
    for one in open_ones:
        looking.register(one.socket, selectors.EVENT_READ, one)
        if (request := next(waiting, None)) is not None:
            one.send(request)
            under_way += 1
    while under_way:
        for ready, _ in looking.select():
            status = ready.data.hear()
            if status is None:
                continue
            now = perf_counter()
            times.append(now - ready.data.sent_at)
            statuses[str(status)] += 1
            under_way -= 1
            if now - began < seconds and (request := next(waiting, None)) is not None:
                ready.data.send(request)
                under_way += 1
    took = perf_counter() - began
    times.sort()
    return {
        "requests": len(times),
        "per_s": round(len(times) / took),
        "p50_ms": round(times[len(times) // 2] * 1000, 1),
        "p99_ms": round(times[int(len(times) * 0.99)] * 1000, 1),
        "statuses": dict(statuses),
    }


if __name__ == "__main__":
    print(json.dumps(run(**json.load(sys.stdin))))
