from __future__ import annotations

from xivolab.bench.render.sections import joined, section, told


def test_a_section_leaves_out_what_has_no_value() -> None:
    assert section("a", [("x", True), ("y", None), ("z", ["1", "2"]), ("n", 0)]) == "[a]\nx = yes\nz = 1,2\nn = 0\n"


def test_values_and_files() -> None:
    assert (told(False), told(3), told("t")) == ("no", "3", "t")
    assert joined(["[a]\n", "[b]\n"]) == "[a]\n\n[b]\n"
