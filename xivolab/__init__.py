"""xivolab: what happened to this call, from what a telephone system leaves behind."""

__version__ = "0.1.0"
