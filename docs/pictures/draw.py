"""Draws the pictures of the README and of docs/traffic.md from the sample captures: `.venv/bin/python docs/pictures/draw.py`."""

from __future__ import annotations

from pathlib import Path

import xivolab
from xivolab import resources

HERE = Path(__file__).parent


def main() -> None:
    """A ladder, a quality plot and the traffic of all samples, as SVG that follows the reader's light or dark theme."""
    xivolab.open(resources.captures() / "clean-call").call(0).ladder().save(HERE / "ladder.svg")
    xivolab.open(resources.captures() / "packet-loss").call(0).quality().save(HERE / "quality.svg")
    xivolab.open(resources.captures()).traffic().plots().save(HERE / "traffic.svg")


if __name__ == "__main__":
    main()
