"""The static payload types."""

from __future__ import annotations

from xivolab.sip.payload_types import NOT_CODECS, STATIC_PAYLOAD_TYPES, encoding_name


def test_the_clock_of_g722_is_8000_by_rfc_3551() -> None:
    assert STATIC_PAYLOAD_TYPES[9] == ("G722", 8000, 1)


def test_names_in_any_case_are_spelt_one_way() -> None:
    assert encoding_name("pcmu") == "PCMU"
    assert encoding_name("opus") == "opus"


def test_comfort_noise_is_no_codec() -> None:
    assert STATIC_PAYLOAD_TYPES[13][0] in NOT_CODECS
