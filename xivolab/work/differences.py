"""What differs between two messages: `xivolab.sip.differences`, where comparisons of captures look for it."""

from __future__ import annotations

from xivolab.sip.differences import REQUEST_URI, Difference, differences

__all__ = ["REQUEST_URI", "Difference", "differences"]
