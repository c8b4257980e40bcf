from __future__ import annotations

from xivolab.asterisk.helpers import is_helper


def test_nobody_is_behind_an_announcer() -> None:
    assert is_helper("CBAnn/4000-00000000;2")
    assert not is_helper("PJSIP/CBAnn-00000001")
    assert not is_helper("")
