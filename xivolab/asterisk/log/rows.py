"""The rows that the framing kernel fills: one per record of the block being read, then reused for a later block."""

from __future__ import annotations

import numpy as np

RECORD = np.dtype(
    [
        ("line", np.int64),  # number of its first line in its file, from 1
        ("time", np.int64),  # ns, as `clock` says
        ("callid", np.int64),  # the number in [C-…], -1 without
        ("thread", np.int64),  # -1 without
        # offsets in the buffer of the block
        ("start", np.int32),  # of the record
        ("message", np.int32),  # of its text behind the header
        ("end", np.int32),  # of it: behind its last byte that is no line end
        ("next", np.int32),  # where the next record begins
        ("level_at", np.int32),  # of the name of its level
        ("source", np.int32),  # of the name of the source file
        ("source_end", np.int32),
        ("function", np.int32),  # of the name of the function, where the header has one
        ("function_end", np.int32),
        ("source_line", np.int32),  # 0 without
        ("lines", np.int32),  # how many lines it takes
        ("level", np.uint8),  # index into LEVELS
        ("clock", np.uint8),  # one of the clocks below
    ],
    align=True,
)

LEVELS = (
    None,  # text without a header
    "DEBUG",
    "TRACE",
    "NOTICE",
    "WARNING",
    "ERROR",
    "VERBOSE",
    "DTMF",
    "SECURITY",
    "FAX",
    "CC",
    None,  # one of custom_levels: its name is at `level_at`
    None,  # the line that Asterisk writes when it opens the file: "Asterisk 22.1.0 built by …"
)
TEXT, VERBOSE, SECURITY, CUSTOM, BANNER = 0, 6, 8, 11, 12

NO_CLOCK, YEARLESS, LOCAL, ABSOLUTE = 0, 1, 2, 3
"""Clocks: no time; ns since the beginning of a leap year of 366 days, whose number counts from 0 at the first record;
ns since 1970 by the server's own clock; ns since 1970 in UTC."""

DAY = 86_400_000_000_000
YEAR = 366 * DAY
