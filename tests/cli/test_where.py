"""The grammar of `--where`: what it selects, and what it says about a wrong test."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.cli.cases import NOON, table, two_calls
from xivolab.cli.where import matching
from xivolab.errors import UsageError

CALLS = two_calls().table("calls")


@pytest.mark.parametrize(
    ("test", "ids"),
    [
        ("status = 503", ["bbb"]),
        ("status != 503", ["aaa"]),
        ("status >= 500", ["bbb"]),
        ("status<300", ["aaa"]),
        ("mos_min < 4.5", ["aaa"]),
        ("state = failed", ["bbb"]),
        ("state='failed'", ["bbb"]),
        ("state ~ FAIL", ["bbb"]),
        ("codecs = PCMA", ["aaa"]),
        ("codecs ~ tele", ["aaa"]),
        ("codecs != PCMA", ["bbb"]),
        ("leg_details ~ 192.0.2.10", ["bbb"]),
        ("answered = true", ["aaa"]),
        ("answered != yes", ["bbb"]),
        ("start > 12:30", ["bbb"]),
        ("start = 2026-11-23T12:00:00", ["aaa"]),
        ("from_user = '+32470123456'", ["bbb"]),
        ("status = 200 or status = 503", ["aaa", "bbb"]),
        ("status = 200 or status = 503 and state = busy", ["aaa"]),
        ("(status = 200 or status = 503) and state = busy", []),
        ("not status = 200", ["bbb"]),
    ],
)
def test_selects(test: str, ids: list[str]) -> None:
    assert CALLS["id"][matching(CALLS, test, UTC)].tolist() == ids


@pytest.mark.parametrize(
    ("test", "ids"),
    [
        ("mos_min = null", ["bbb"]),
        ("mos_min != null", ["aaa"]),
        ("caller = null", ["bbb"]),
        ("mos_min < 5", ["aaa"]),
        ("mos_min != 4.4", ["bbb"]),
        ("caller != 1001", ["bbb"]),
        ("caller = 'null'", []),
    ],
)
def test_null_matches_only_when_asked_for_or_left_over(test: str, ids: list[str]) -> None:
    assert CALLS["id"][matching(CALLS, test, UTC)].tolist() == ids


@pytest.mark.parametrize(
    ("test", "words"),
    [
        ("sound < 3", "calls have no field 'sound'; its fields: id, from_user, "),
        ("mos_mn < 3", "did you mean mos_min?"),
        ("status", "an operator should follow status"),
        ("status =", "a value should follow status ="),
        ("status = abc", "status is a number, not 'abc'"),
        ("state < busy", "state has no order"),
        ("state = complete", "state is never 'complete'; it is one of setup, "),
        ("status ~ 4", "~ cannot be used with status"),
        ("answered = maybe", "answered is true or false"),
        ("mos_min > null", "> cannot be used with null"),
        ("start > yesterday", "'yesterday' is not a time"),
        ("(status = 200", "a parenthesis is not closed"),
        ("status = 200 state = busy", "did not expect 'state'"),
        ("from_user = 'alice", "close the quotes"),
        ("", "the test is not complete"),
        ("status = 200 and", "the test is not complete"),
    ],
)
def test_says_what_is_wrong_with_a_test(test: str, words: str) -> None:
    with pytest.raises(UsageError) as error:
        matching(CALLS, test, UTC)
    assert words in str(error.value)
    assert test in str(error.value)


def test_times_are_compared_to_the_nanosecond() -> None:
    calls = table("calls", {"start": NOON}, {"start": NOON + 1000})
    assert matching(calls, "start > 2026-11-23T12:00:00", UTC).tolist() == [False, True]


WORDS = ["status", "mos_min", "state", "start", "answered", "legs", "and", "or", "not", "null", "busy", "'a b'", "200"]
SIGNS = ["(", ")", "=", "!=", "<", ">=", "~", "'", "99999999999999999999", "nan", "1e999", "é", "\x00"]


@given(st.lists(st.sampled_from(WORDS + SIGNS), max_size=9).map(" ".join) | st.text(max_size=20))
def test_any_text_is_a_test_or_an_error_of_usage(text: str) -> None:
    with suppress(UsageError):
        assert matching(CALLS, text, UTC).shape == (2,)
