"""What records tell of calls, as rows of numbers: one for each record that tells something, kept for a whole log."""

from __future__ import annotations

import re

import numpy as np

TELLING = np.dtype(
    [
        (
            "time",
            np.int64,
        ),  # as in the row of the record; ns since 1970, `NULL_INT` for none, once the clock of the log is known
        ("callid", np.uint32),  # the number in [C-…]
        ("thread", np.uint32),  # its last 32 bits
        ("line", np.uint32),
        ("channel", np.int32),  # names by number (`names.py`), 0 for none
        ("other", np.int32),  # another channel; the extension of a step; the user that an INVITE is for
        ("value", np.int32),  # see `what`
        ("what", np.uint8),
        ("how", np.uint8),  # bits, see `what`
        ("clock", np.uint8),
        ("has", np.uint8),  # bits: HAS_…
    ],
    align=True,
)

HAS_CALLID, HAS_THREAD, HAS_TEXT = 1, 2, 4
"""What there is of a row: a call id, a thread, its message among the texts that are kept."""

(
    NOTHING_TOLD,
    STEP,  # of the dialplan; `how` as below; `value` the number it tells, its SIP Call-ID, or the cause that it hangs up with
    JOINED,  # a bridge, which is the value; how: BASIC, OF_HELPER, FOR_TWO, OF_LOCAL
    LEFT,  # a bridge: the same
    SWAPPED,  # into a bridge, with the other channel: the same
    ANSWERED,
    RINGING,
    CALLED,
    EXITED,
    NO_ANSWER,
    REFUSED,  # by all; how: bits for some that were busy, congested, otherwise out of reach
    PROGRESS,
    BUSY,
    FELL_THROUGH,
    NOT_MADE,  # a channel; value: the cause
    FORWARDED,
    TIMED_OUT,
    NO_EXTENSION,  # value: the endpoint or user; other: the extension
    STARTED,  # or stopped: Asterisk itself
    OPENED,  # the log
    INVITED,  # by an INVITE that came in: channel is its Call-ID, other the user it is for, value the user it is from
    SENT,  # an INVITE
    LOST,  # messages that Asterisk did not write
    UNREAD,  # what only Python reads
) = range(24)

DIALS, HANGS_UP, IS_BUSY, IS_CONGESTED, ANSWERS = 1, 2, 3, 4, 5
"""What a step does, in the lower bits of `how`."""
DOES, IS_FIRST, UNANSWERED, IS_SOURCE, IS_DESTINATION, HAS_CALL_ID = 7, 8, 16, 32, 64, 128
"""Its other bits: it has priority 1; it plays without answering; it tells the number of the caller, or the called one;
it tells the SIP Call-ID."""

SOME_BUSY, SOME_CONGESTED, SOME_REFUSED = 1, 2, 4

BASIC, OF_HELPER, FOR_TWO, OF_LOCAL = 1, 2, 4, 8
"""Of a bridge: its kind names "basic"; the channel is one that nobody is behind; the kind begins so, as of those that Dial
makes; the channel is one half of a Local channel."""

NO_CAUSE = -1

_DIALS = ("Dial", "Queue", "RetryDial", "Page", "FollowMe", "Originate")
_ANSWERS = (
    "Answer",
    "Playback",
    "BackGround",
    "Background",
    "VoiceMail",
    "VoiceMailMain",
    "ConfBridge",
    "MeetMe",
    "Echo",
    "Read",
    "Record",
    "MusicOnHold",
    "DISA",
    "Directory",
    "Milliwatt",
    "SayDigits",
    "SayNumber",
    "SayAlpha",
    "ControlPlayback",
    "PlayTones",
    "ReceiveFAX",
    "SendFAX",
    "ChanSpy",
    "Park",
)
"""Applications that answer the channel, or play to it for which it is answered."""

APPLICATIONS = ("Hangup", "Busy", "Congestion", "NoOp", *_DIALS, *_ANSWERS)
"""Applications that say something of a call, as the first names have them: `APPLICATION_DOES` (n,) int64 by number of the name."""

NOOP = 1 + APPLICATIONS.index("NoOp")
APPLICATION_DOES = np.array(
    [0, HANGS_UP, IS_BUSY, IS_CONGESTED, 0, *[DIALS] * len(_DIALS), *[ANSWERS] * len(_ANSWERS)], np.int64
)

NUMBER_TOLD = re.compile(r"_*(?:XIVO|WAZO)_(SRC|DST)NUM=(.+)")
"""The arguments of a step that tells the number of the caller, or the called one."""
