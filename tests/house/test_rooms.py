"""The rooms of the house: who may import whom, and that every module stands in the list."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

from importlinter.cli import lint_imports

ROOT = Path(__file__).parents[2]


def test_a_room_knows_only_the_rooms_before_it() -> None:
    assert lint_imports(config_filename=str(ROOT / "pyproject.toml"), no_cache=True) == 0


def test_every_module_stands_in_the_order() -> None:
    config = tomllib.loads((ROOT / "pyproject.toml").read_text())
    layers = " ".join(config["tool"]["importlinter"]["contracts"][0]["layers"])
    places = re.findall(r"(\(?)xivolab\.(\w+)", layers)
    ordered = {name for _, name in places}
    to_come = {name for bracket, name in places if bracket}
    package = ROOT / "xivolab"
    there = {p.stem for p in package.iterdir() if p.suffix == ".py" or (p / "__init__.py").exists()} - {"__init__"}
    assert there <= ordered
    assert ordered <= there | to_come
