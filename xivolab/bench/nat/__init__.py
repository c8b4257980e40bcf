"""The home network of a bench, behind a router that hides it."""

from xivolab.bench.nat.network import Home

__all__ = ["Home"]
