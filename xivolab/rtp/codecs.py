"""What the E-model needs to know of a codec, and where each number comes from.

| codec | Ie | Bpl | scale | source |
| --- | --- | --- | --- | --- |
| PCMU, PCMA with packet loss concealment | 0 | 25.1 | nb | ITU-T G.113 Appendix I, table I.3 |
| G.729 (as G.729A with VAD, 20 ms) | 11 | 19.0 | nb | ITU-T G.113 Appendix I, table I.3 |
| G.723.1 at 6.3 kbit/s | 15 | 16.1 | nb | ITU-T G.113 Appendix I, table I.3 |
| GSM-EFR | 5 | 10.0 | nb | ITU-T G.113 Appendix I, table I.3 |
| G.722 at 64 kbit/s | 13 | 10.0 | wb | Ie,wb: ITU-T G.113 Appendix IV; Bpl as secondary sources quote it: assumed |

Codecs for which no pair was found (Opus, Speex, iLBC, GSM-FR, G.726, L16, AMR, video) get no MOS: none is better than
a wrong one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Impairment:
    """Equipment impairment factor `ie`, packet-loss robustness `bpl` (ITU-T G.107, 7.2), and the scale they are for."""

    ie: float
    bpl: float
    scale: Literal["nb", "wb"]


IMPAIRMENTS: dict[str, Impairment] = {
    "PCMU": Impairment(0, 25.1, "nb"),
    "PCMA": Impairment(0, 25.1, "nb"),
    "G729": Impairment(11, 19.0, "nb"),
    "G723": Impairment(15, 16.1, "nb"),
    "GSM-EFR": Impairment(5, 10.0, "nb"),
    "G722": Impairment(13, 10.0, "wb"),
}
"""By encoding name, in upper case."""
