"""The wheel carries the notebooks and the labs; an editable install, being the checkout, needs no copy of them."""

from __future__ import annotations

from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class Resources(BuildHookInterface[Any]):
    """Puts `notebooks/` and `labs/` where `xivolab/resources.py` looks for them."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Called by hatchling: `version` is "standard" or "editable"."""
        if version == "standard":
            for folder in ("notebooks", "labs"):
                build_data["force_include"][folder] = f"xivolab/_data/{folder}"
