"""Pictures of points: a grid of values as a PNG of its own, for the parts of a scene that lines cannot draw."""

from __future__ import annotations

import struct
import zlib

import numpy as np
from numpy.typing import NDArray

# Dark to light at an even pace, told apart by every kind of colour vision: ten points of matplotlib's "inferno".
_POINTS = (
    (0, 0, 4),
    (27, 12, 65),
    (74, 12, 107),
    (120, 28, 109),
    (165, 44, 96),
    (207, 68, 70),
    (237, 105, 37),
    (251, 155, 6),
    (247, 209, 61),
    (252, 255, 164),
)


def palette() -> NDArray[np.uint8]:
    """256 colours from black over purple and orange to pale yellow: uint8 (256, 3)."""
    points = np.array(_POINTS, float)
    place = np.linspace(0, len(points) - 1, 256)
    channels = [np.interp(place, np.arange(len(points)), points[:, channel]) for channel in range(3)]
    return np.asarray(np.rint(np.stack(channels, axis=1)), np.uint8)


def png(values: NDArray[np.float32], lowest: float, highest: float) -> bytes:
    """A PNG of values (height, width), the first row on top: `lowest` is black, `highest` pale yellow."""
    share = (values - lowest) / (highest - lowest)
    index = np.rint(np.clip(np.nan_to_num(share), 0, 1) * 255).astype(np.uint8)
    return _file(index, 3, 9, _chunk(b"PLTE", palette().tobytes()))


def png_of_colours(points: NDArray[np.uint8]) -> bytes:
    """A PNG of red, green and blue (height, width, 3), quickly: unfiltered, which drawings with much paper need least."""
    return _file(points.reshape(len(points), -1), 2, 3)


def _file(samples: NDArray[np.uint8], colour_type: int, level: int, more: bytes = b"") -> bytes:
    """A PNG (RFC 2083) of 8-bit samples (height, samples in a row); `more` are chunks before the image."""
    height, length = samples.shape
    rows = np.zeros((height, 1 + length), np.uint8)  # each begins with filter 0
    rows[:, 1:] = samples
    size = struct.pack("!II", length // (3 if colour_type == 2 else 1), height)
    return b"".join(
        (
            b"\x89PNG\r\n\x1a\n",
            _chunk(b"IHDR", size + struct.pack("!BBBBB", 8, colour_type, 0, 0, 0)),
            more,
            _chunk(b"IDAT", zlib.compress(rows.data, level)),
            _chunk(b"IEND", b""),
        )
    )


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack("!I", len(content)) + kind + content + struct.pack("!I", zlib.crc32(kind + content))
