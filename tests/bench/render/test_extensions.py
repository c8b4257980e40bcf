from __future__ import annotations

from typing import Any

from tests.bench.model.everything import data
from xivolab.bench.model import Configuration
from xivolab.bench.model.presets import course
from xivolab.bench.render.extensions import extensions, pattern_of


def text(**changes: Any) -> str:
    return extensions(Configuration.of({**data(), **changes}), ["extensions_lib_user.conf"])


def block(whole: str, name: str) -> list[str]:
    return whole.partition(f"[{name}]\n")[2].partition("\n[")[0].splitlines()


def test_a_number_takes_the_steps_of_the_course() -> None:
    lines = block(extensions(course(), []), "default")
    at = lines.index("exten => 70060,1,Set(XIVO_BASE_CONTEXT=${CONTEXT})")
    assert lines[at + 1 : at + 5] == [
        " same => n,Set(XIVO_PRESUBR_GLOBAL_NAME=INTERNAL)",
        " same => n,Set(XIVO_BASE_EXTEN=${EXTEN})",
        " same => n,Gosub(xivo-global-subroutine,s,1)",
        " same => n,Gosub(user,s,1(167,))",
    ]
    assert "exten => 70060,hint,PJSIP/knax1wql" in lines


def test_each_kind_of_number_has_its_subroutine() -> None:
    lines = "\n".join(block(text(), "default"))
    for number, target in (("2000", "group,s,1(1,)"), ("3000", "queue,s,1(1,)"), ("4000", "meetme,s,1(1,)")):
        assert f"exten => {number},1,Set" in lines
        assert f"Gosub({target})" in lines
    assert "exten => *1150,1,Set(XIVO_BASE_CONTEXT=${CONTEXT})" in lines
    assert "Gosub(paging,s,1(50))" in lines


def test_includes_keep_their_order() -> None:
    includes = [line for line in block(text(), "default") if line.startswith("include")]
    assert includes[-3:] == ["include => to-extern", "include => parkedcalls", "include => xivo-extrafeatures"]


def test_patterns_get_their_underscore() -> None:
    assert [pattern_of(exten) for exten in ("0612", "06XX", "_06XX", "0.", "*21", "[12]")] == [
        "0612",
        "_06XX",
        "_06XX",
        "_0.",
        "*21",
        "_[12]",
    ]
    assert "exten => _67XX,1,Set(XIVO_BASE_CONTEXT=${CONTEXT})" in block(text(), "from-extern")


def test_a_number_that_comes_whole_is_cut_to_the_digits_received() -> None:
    assert "exten => _01234567XX,1,Goto(${CONTEXT},${EXTEN:-4},1)" in block(text(), "from-extern")


def test_codes_that_are_switched_off_are_not_there() -> None:
    assert "exten => *25,1,Set(XIVO_BASE_CONTEXT=${CONTEXT})" in block(text(), "xivo-features")
    assert "*25" not in "\n".join(block(text(features={"enablednd": None}), "xivo-features"))


def test_what_follows_a_code_is_cut_off_it() -> None:
    lines = block(text(features={"fwdunc": "*217"}), "xivo-features")
    assert "exten => _*217.,1,Set(XIVO_BASE_CONTEXT=${CONTEXT})" in lines
    assert " same => n,Gosub(feature_forward,s,1(unc,${EXTEN:4}))" in lines


def test_subroutines_are_named_as_xivo_names_them() -> None:
    lines = block(text(subroutines={"subrfwd": False}), "globals")
    assert "XIVO_PRESUBR_GLOBAL_USER_PREDIAL = xivo-subrgbl-user-predial" in lines
    assert "XIVO_PRESUBR_GLOBAL_ENABLE = 1" in lines
    assert "XIVO_PRESUBR_FWD_ENABLE = 0" in lines
