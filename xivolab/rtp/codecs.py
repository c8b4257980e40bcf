"""What the E-model needs to know of a codec, and where each number comes from.

| codec | Ie | Bpl | scale | source |
| --- | --- | --- | --- | --- |
| PCMU, PCMA with packet loss concealment | 0 | 25.1 | nb | ITU-T G.113 Appendix I, table I.3 |
| G.729 (as G.729A with VAD, 20 ms) | 11 | 19.0 | nb | ITU-T G.113 Appendix I, table I.3 |
| G.723.1 at 6.3 kbit/s | 15 | 16.1 | nb | ITU-T G.113 Appendix I, table I.3 |
| GSM-EFR, AMR at 12.2 kbit/s | 5 | 10.0 | nb | ITU-T G.113 Appendix I, table I.3 |
| G.722 at 64 kbit/s | 13 | 10.0 | wb | Ie,wb: ITU-T G.113 Appendix IV; Bpl as secondary sources quote it: assumed |
| AMR-WB at 12.65 kbit/s | 13 | 13.0 | wb | ITU-T G.113 Appendix IV, as secondary sources quote it |

For these no pair was found; what they get is told apart as assumed (`mos_assumed`, never `mos`):

| codec | Ie | Bpl | scale | what is assumed |
| --- | --- | --- | --- | --- |
| GSM-FR | 20 | 10.0 | nb | Bpl, as GSM-EFR has it |
| G.726 at 40 kbit/s | 2 | 10.0 | nb | Bpl |
| G.726 at 32 kbit/s | 7 | 10.0 | nb | Bpl |
| G.726 at 24 kbit/s | 25 | 10.0 | nb | Bpl |
| G.726 at 16 kbit/s | 50 | 10.0 | nb | Bpl |
| iLBC | 11 | 32.0 | nb | both: sources disagree |

AMR and AMR-WB change their rate: what holds for one rate is assumed when the packets are of another size (RFC 4867, in
either packing). Other codecs (Opus, Speex, L16, video) get no MOS: none is better than a wrong one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

RO_MINUS_IS = 93.2
"""Ro − Is with the default values of G.107, table 2."""

WIDE_BAND_MAX = 129.0
"""R of an undisturbed wide-band connection (G.107.1, 7.1)."""

WIDE_TO_NARROW = 1.29
"""A wide-band R is divided by this before it becomes a MOS (G.107.1, Annex A)."""


@dataclass(frozen=True, slots=True)
class Impairment:
    """Equipment impairment factor `ie`, packet-loss robustness `bpl` (ITU-T G.107, 7.2), and the scale they are for.

    `lookahead_ms` is what the coder waits for before it can code a frame. `assumed` when ITU gives no such pair. It holds
    for frames of `frame_bytes` (least, most) where that is told: for another bit rate nothing is known.
    """

    ie: float
    bpl: float
    scale: Literal["nb", "wb"]
    lookahead_ms: float = 0.0
    assumed: bool = False
    frame_bytes: tuple[float, float] | None = None

    @property
    def top(self) -> float:
        """R of an undisturbed connection on its scale."""
        return RO_MINUS_IS if self.scale == "nb" else WIDE_BAND_MAX

    @property
    def divisor(self) -> float:
        """What R is divided by before it becomes a MOS."""
        return 1.0 if self.scale == "nb" else WIDE_TO_NARROW


@dataclass(frozen=True, slots=True)
class Impairments:
    """Those of many streams, as columns: arrays of shape (n,), NaN where nothing is known of a codec."""

    ie: NDArray[np.float64]
    bpl: NDArray[np.float64]
    top: NDArray[np.float64]
    divisor: NDArray[np.float64]
    lookahead_ms: NDArray[np.float64]

    @classmethod
    def of(cls, each: Sequence[Impairment | None]) -> Impairments:
        """The columns of one for each stream."""

        def column(name: str) -> NDArray[np.float64]:
            return np.array([np.nan if one is None else getattr(one, name) for one in each], np.float64)

        return cls(*(column(name) for name in ("ie", "bpl", "top", "divisor", "lookahead_ms")))

    def take(self, rows: NDArray[Any]) -> Impairments:
        """Those at some indexes, in that order."""
        return Impairments(self.ie[rows], self.bpl[rows], self.top[rows], self.divisor[rows], self.lookahead_ms[rows])


IMPAIRMENTS: dict[str, Impairment] = {
    "PCMU": Impairment(0, 25.1, "nb"),
    "PCMA": Impairment(0, 25.1, "nb"),
    "G729": Impairment(11, 19.0, "nb", 5.0),
    "G723": Impairment(15, 16.1, "nb", 7.5),
    "GSM-EFR": Impairment(5, 10.0, "nb"),
    "AMR": Impairment(5, 10.0, "nb", 5.0, frame_bytes=(31.5, 33.5)),
    "G722": Impairment(13, 10.0, "wb", 1.5),
    "AMR-WB": Impairment(13, 13.0, "wb", 5.0, frame_bytes=(32.5, 34.5)),
    "GSM": Impairment(20, 10.0, "nb", assumed=True),
    "G726-40": Impairment(2, 10.0, "nb", assumed=True),
    "G726-32": Impairment(7, 10.0, "nb", assumed=True),
    "G726-24": Impairment(25, 10.0, "nb", assumed=True),
    "G726-16": Impairment(50, 10.0, "nb", assumed=True),
    "ILBC": Impairment(11, 32.0, "nb", 5.0, assumed=True),
}
"""By encoding name, in upper case."""


def impairment_of(codec: str | None, frame_bytes: float = 0.0) -> Impairment | None:
    """What is known of a codec by its encoding name, with so many bytes in its packets.

    G.726 in the other bit order (AAL2-G726-32, RFC 3551) is the same codec.
    """
    known = IMPAIRMENTS.get((codec or "").upper().removeprefix("AAL2-"))
    if known is None or known.frame_bytes is None:
        return known
    least, most = known.frame_bytes
    return known if least <= frame_bytes <= most else replace(known, assumed=True)
