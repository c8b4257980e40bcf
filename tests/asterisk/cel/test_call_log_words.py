from __future__ import annotations

from xivolab.asterisk.cel.call_log_words import RULES, in_words


def test_both_languages_have_the_same_rules() -> None:
    assert RULES["en"].keys() == RULES["fr"].keys()


def test_a_step_in_words() -> None:
    step = {
        "field": "destination_exten",
        "value": "test2000",
        "rule": "answer-name",
        "event": "ANSWER",
        "channel": "SIP/a-1",
    }
    assert in_words(step, "en").startswith("destination_exten = test2000: nothing was known to be dialled")
    assert in_words(step, "fr").endswith("[ANSWER SIP/a-1]")
    assert in_words({**step, "value": "", "event": None}, "en").startswith("destination_exten = –: ")
