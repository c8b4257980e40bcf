"""The declarations of the records against what is printed, tabulated and documented."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

import xivolab
from tests.terminal import Run
from xivolab.json_schema import json_schema, markdown
from xivolab.schema import ALL_RECORDS, RECORDS

ROOT = Path(__file__).parents[2]
CASES = sorted(path.parent.name for path in (ROOT / "captures").glob("*/case.toml"))
DTYPES = {
    "time": "datetime64[ns, UTC]",
    "int": "Int64",
    "float": "float64",
    "bool": "boolean",
    "str": "string",
    "list": "object",
}

# The fields that programs of others read: more may be added, none of these may go.
FIXED = {
    "dialogs": "call_id method from_user to_user src dst start end state status messages retransmissions "
    "capture_duplicates codecs transport user_agents",
    "calls": "id from_user to_user caller callee start end answered answered_at answered_by connected_at setup_s talk_s "
    "state status cause released_by partial legs leg_details streams stream_ids codecs mos_min mos_scale findings log_ids "
    "linkedids",
    "streams": "ssrc src dst payload_type codec packets expected lost lost_pct duplicates out_of_order capture_duplicates "
    "wireshark_lost jitter_mean_ms jitter_max_ms delta_max_ms jitter_rfc_ms remote_lost_pct remote_jitter_ms rtt_ms mos "
    "mos_scale r_factor start end call",
    "quality": "stream second packets lost jitter_ms mos",
    "registrations": "aor contact src dst first last attempts accepted rejected last_status expires_s",
}


@pytest.mark.parametrize("name", FIXED)
def test_no_field_that_others_rely_on_is_gone(name: str) -> None:
    assert {"id", *FIXED[name].split()} <= {field.name for field in RECORDS[name].fields}


@pytest.fixture(params=CASES)
def case(request: pytest.FixtureRequest) -> str:
    return str(ROOT / "captures" / request.param)


def test_there_are_samples() -> None:
    assert CASES


def test_every_record_printed_is_valid(case: str, run: Run) -> None:
    for name, record in RECORDS.items():
        records: list[dict[str, Any]] = json.loads(run(name, case, "--json").out, parse_constant=pytest.fail)
        jsonschema.validate(records, {"type": "array", "items": json_schema(record)})


def test_ids_are_unique(case: str) -> None:
    opened = xivolab.open(case)
    for name in RECORDS:
        ids = opened.table(name)["id"].tolist()
        assert len(set(ids)) == len(ids), name


def test_data_frames_have_the_types_of_the_schema(case: str) -> None:
    opened = xivolab.open(case)
    for name, record in RECORDS.items():
        frame = getattr(opened, name)
        assert {column: str(dtype) for column, dtype in frame.dtypes.items()} == {
            field.name: DTYPES[field.kind] for field in record.fields
        }


def test_the_page_of_documentation_is_current() -> None:
    page = ROOT / "docs" / "schema.md"
    assert page.read_text(encoding="utf-8") == markdown(), "make it again: xivolab schema --markdown > docs/schema.md"


@pytest.mark.parametrize("name", ALL_RECORDS)
def test_every_field_has_a_title_in_both_languages(name: str) -> None:
    assert all(field.en and field.fr for field in ALL_RECORDS[name].fields)
