"""What nobody holds any more goes back to the system, where the C library is glibc; elsewhere nothing happens.

glibc keeps free memory, and of arrays everything as large as one that was freed once (up to 32 MB), where later ones rarely
fit: a tenth of all memory for 200 000 SIP messages.
"""

from __future__ import annotations

import ctypes

_MMAP_THRESHOLD = -3  # M_MMAP_THRESHOLD of malloc.h: setting it also keeps it as it is
LARGE = 1 << 20
"""Bytes. What is smaller is used again and again: new memory has to be cleared first."""


def return_large_arrays() -> None:
    """Each as soon as it is free, from now on."""
    set_option = getattr(ctypes.CDLL(None), "mallopt", None)
    if set_option is not None:
        set_option(_MMAP_THRESHOLD, LARGE)


def return_the_rest() -> None:
    """What is free now, large or small."""
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim is not None:
        trim(0)
