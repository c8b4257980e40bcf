from __future__ import annotations

from xivolab.bench.model.people import Voicemail
from xivolab.bench.model.sip import SipOptions
from xivolab.bench.store.cells import cell, cells, columns, fields


def test_kinds_of_columns() -> None:
    found = columns(SipOptions)
    assert (found["nat"], found["qualifyfreq"], found["videosupport"], found["codecs"]) == (
        "text",
        "integer",
        "integer",
        "text",
    )
    assert columns(Voicemail)["maxmsg"] == "integer"
    assert "nat" not in columns(SipOptions, {"nat"})


def test_values_go_and_come_back() -> None:
    assert (cell(True), cell(None), cell(["alaw", "ulaw"]), cell([])) == (1, None, "alaw,ulaw", "")
    options = SipOptions(codecs=["alaw", "g722"], videosupport=False, permit=[])
    row = cells(options)
    assert (row["codecs"], row["videosupport"], row["permit"], row["deny"]) == ("alaw,g722", 0, "", None)
    assert SipOptions.model_validate(fields(SipOptions, row)) == options
