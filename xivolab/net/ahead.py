"""An iterator that works ahead of its consumer, in a thread."""

from __future__ import annotations

import queue
import threading
from collections.abc import Generator
from contextlib import suppress
from typing import TypeVar

T = TypeVar("T")

AHEAD = 1
"""Items that wait for the consumer; one more is being made, and one is in use."""


class _Failed:
    """What the iterator raised."""

    def __init__(self, error: BaseException) -> None:
        self.error = error


_END = object()


def ahead(items: Generator[T, None, None]) -> Generator[T, None, None]:
    """The items of a generator, which runs in a thread of its own; closed with it. Raises what it raises."""
    ready: queue.Queue[object] = queue.Queue(maxsize=AHEAD)
    closed = threading.Event()

    def work() -> None:
        try:
            for item in items:
                ready.put(item)
                if closed.is_set():
                    items.close()
                    return
            ready.put(_END)
        except BaseException as error:
            ready.put(_Failed(error))

    thread = threading.Thread(target=work, name="xivolab-reader", daemon=True)
    thread.start()
    item: object = None
    try:
        while (item := ready.get()) is not _END:
            if isinstance(item, _Failed):
                raise item.error
            yield item  # type: ignore[misc]  # what is no mark is an item
    finally:
        closed.set()
        while not (item is _END or isinstance(item, _Failed)):  # it may wait for room for one more
            with suppress(queue.Empty):
                item = ready.get(timeout=0.01)
            if not thread.is_alive() and ready.empty():
                break
        thread.join()
