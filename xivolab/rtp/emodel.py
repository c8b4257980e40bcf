"""The E-model: from loss and delay to R and MOS (ITU-T G.107, wide-band G.107.1), with default values for the rest.

Works on numbers and on numpy arrays alike.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from xivolab.rtp.codecs import Impairment, Impairments


def delay_impairment(one_way_ms: Any) -> Any:
    """Idd: 0 up to 100 ms mouth to ear, then as G.107, 7.4 has it."""
    x = np.log2(np.maximum(np.asarray(one_way_ms, float), 100.0) / 100.0)
    return 25.0 * ((1 + x**6) ** (1 / 6) - 3 * (1 + (x / 3) ** 6) ** (1 / 6) + 2)


def loss_impairment(codec: Impairment | Impairments, loss_pct: Any, burst_ratio: Any = 1.0) -> Any:
    """Ie,eff: G.107, 7.5. `burst_ratio` is 1 for losses at random, more when they come in bursts."""
    loss = np.asarray(loss_pct, float)
    ratio = np.maximum(np.asarray(burst_ratio, float), 1.0)
    return codec.ie + (95.0 - codec.ie) * loss / (loss / ratio + codec.bpl)


def burst_ratio(gone: Any, bursts: Any, share: Any) -> Any:
    """BurstR (G.107, 7.2): the mean length of the bursts of loss, as a multiple of what loss at random would have.

    `gone` packets in `bursts` runs, which are a `share` of all (0 to 1). At least 1: 1 is loss at random.
    """
    runs = np.maximum(np.asarray(bursts, float), 1.0)
    return np.maximum(np.asarray(gone, float) / runs * (1.0 - np.asarray(share, float)), 1.0)


def rating(codec: Impairment | Impairments, loss_pct: Any, burst_ratio: Any = 1.0, one_way_ms: Any = 0.0) -> Any:
    """R: narrow-band 0 … 93.2, wide-band 0 … 129."""
    return np.maximum(codec.top - delay_impairment(one_way_ms) - loss_impairment(codec, loss_pct, burst_ratio), 0.0)


def mos(codec: Impairment | Impairments, r: Any) -> Any:
    """MOS of R on the codec's own scale: G.107, Annex B; wide-band on R / 1.29 (G.107.1, Annex A). From 1 to 4.5."""
    scaled = np.asarray(r, float) / codec.divisor
    value = 1 + 0.035 * scaled + 7e-6 * scaled * (scaled - 60) * (100 - scaled)
    value = np.where(scaled <= 0, 1.0, np.where(scaled >= 100, 4.5, value))
    return np.clip(value, 1.0, 4.5)
