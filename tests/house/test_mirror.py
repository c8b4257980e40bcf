"""A test file for each module, in the same place, and no test file without its module."""

from __future__ import annotations

from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "xivolab"

# Modules without a test file of their own, and where they are tested instead.
ELSEWHERE: dict[str, str] = {
    "cli/app.py": "cli/test_commands.py",  # what it makes is the help of every command
    "cli/columns.py": "cli/test_people.py",  # data
    "cli/options.py": "cli/test_tables.py",  # data
    "cli/machine_readable.py": "cli/test_tables.py",
    "cli/status.py": "cli/test_main.py",
    "views/crossing.py": "views/test_crossing_picture.py",  # data
    "views/subjects.py": "views/test_flow.py",  # protocols: the type checker tests them
    "asterisk/cli/found.py": "asterisk/cli/test_tables.py",  # data
    "bench/model/base.py": "bench/model/test_words.py",
    "bench/model/groups.py": "bench/model/test_items.py",  # each of its mistakes, as the next nine
    "bench/model/hours.py": "bench/model/test_items.py",
    "bench/model/numbering.py": "bench/model/test_items.py",
    "bench/model/offices.py": "bench/model/test_items.py",
    "bench/model/people.py": "bench/model/test_items.py",
    "bench/model/rooms.py": "bench/model/test_items.py",
    "bench/model/routes.py": "bench/model/test_items.py",
    "bench/model/services.py": "bench/model/test_items.py",
    "bench/model/sip.py": "bench/model/test_items.py",
    "bench/model/trunks.py": "bench/model/test_items.py",
    "bench/store/objects.py": "bench/store/test_rows.py",
    "bench/store/tables.py": "bench/store/test_rows.py",  # data
    "bench/agid/__main__.py": "bench/agid/test_server.py",  # three lines
    "bench/agid/common.py": "bench/agid/test_users.py",
    "bench/agid/database.py": "bench/agid/test_server.py",
    "bench/agid/handlers.py": "bench/agid/test_server.py",  # data
    "bench/capture.py": "bench/test_recorder.py",  # by real calls, as the next five
    "bench/faults.py": "bench/test_scenarios.py",
    "bench/home.py": "bench/test_scenarios.py",
    "bench/pbx.py": "bench/test_recorder.py",
    "bench/sipp.py": "bench/test_scenarios.py",
    "bench/stage.py": "bench/test_recorder.py",
    # What runs inside the container of the phones, and its other end: by real calls.
    "bench/phone/link.py": "bench/phone/test_phones.py",
    "bench/phone/phone.py": "bench/phone/test_phones.py",
    "bench/phone/inside/handset.py": "bench/phone/test_call.py",
    "bench/phone/inside/sip.py": "bench/phone/test_call.py",
    "bench/phone/inside/sound.py": "bench/phone/test_call.py",
    "bench/beside.py": "bench/operator/test_itsp.py",
    "bench/operator/personality.py": "bench/operator/test_itsp.py",
    **{
        f"bench/impair/{name}.py": "bench/impair/test_catalogue.py"
        for name in (
            "behind",
            "capture",
            "fault",
            "mistakes",
            "network",
            "outside",
            "probe",
            "scene",
            "services",
            "settings",
        )
    },
    "bench/scenario.py": "bench/test_judge.py",
    "bench/truth.py": "bench/test_case.py",  # data
    # A scenario is tested by the sample recorded from it.
    **{
        f"bench/scenarios/{path.name}": "bench/test_scenarios.py"
        for path in (PACKAGE / "bench/scenarios").glob("[a-z]*.py")
    },
    # Records: data, tested together.
    **{f"schema/{path.name}": "schema/test_schema.py" for path in (PACKAGE / "schema").glob("[a-z]*.py")},
    # Findings: what the rules share is tested by those that use it.
    "findings/ended.py": "findings/rules/test_rtp_timeout.py",
    "findings/evidence.py": "findings/test_samples.py",
    "findings/finding.py": "findings/test_find.py",  # data
    "findings/log_signals.py": "findings/rules/test_rtp_timeout.py",
    "findings/media_ways.py": "findings/rules/test_packet_loss.py",
    "findings/missing_media.py": "findings/rules/test_one_way_audio.py",
    "findings/nat.py": "findings/rules/test_private_address_in_sdp.py",
    "findings/poor_streams.py": "findings/rules/test_high_jitter.py",
    "findings/refused.py": "findings/rules/test_call_forbidden.py",
    "findings/registering.py": "findings/rules/test_register_auth_failed.py",
    "findings/rule.py": "findings/test_registry.py",  # data
    "findings/scanners.py": "findings/rules/test_sip_scan.py",
    "findings/sendings.py": "findings/rules/test_request_unanswered.py",
    "findings/facts.py": "findings/rules/test_hold.py",
    "findings/told_by_queue.py": "findings/rules/test_queue_abandoned.py",
    "findings/told_by_log.py": "findings/rules/test_schedule_closed.py",
    "asterisk/log/rows.py": "asterisk/log/test_frame.py",  # data
    "asterisk/log/tellings.py": "asterisk/log/test_tell.py",  # data
    "net/rows.py": "net/test_reader.py",  # data, as the next
    "testing/tunnels.py": "net/test_tunnels.py",  # against tshark
    "testing/foreign.py": "net/test_unread.py",
    "testing/logged.py": "sip/test_pjsip_logger.py",
    "testing/websockets.py": "sip/test_websocket.py",
    "rtp/state.py": "rtp/test_engine.py",
    "cli/pbx.py": "cli/test_commands.py",  # three lines
}
# Tests of more than one module: folders, and the whole path from a file to its tables.
ACROSS = (
    "browser",
    "course",
    "fuzzing",
    "house",
    "notebooks",
    "recorded",
    "test_against_tshark.py",
    "test_damaged.py",
    "test_damaged_logs.py",
)


def modules() -> list[str]:
    paths = (path.relative_to(PACKAGE).as_posix() for path in PACKAGE.rglob("*.py"))
    return sorted(path for path in paths if not path.endswith("__init__.py"))


def mirrored(module: str) -> Path:
    """The test file of a module: xivolab/net/link.py → tests/net/test_link.py."""
    path = Path(module)
    return ROOT / "tests" / path.parent / f"test_{path.stem.strip('_')}.py"


def test_every_module_has_its_test_file() -> None:
    assert [module for module in modules() if module not in ELSEWHERE and not mirrored(module).is_file()] == []


@pytest.mark.parametrize("module", ELSEWHERE)
def test_the_exceptions_are_needed(module: str) -> None:
    assert (PACKAGE / module).is_file()
    assert (ROOT / "tests" / ELSEWHERE[module]).is_file()
    assert not mirrored(module).exists(), "take it off the list"


def test_a_test_file_has_its_module() -> None:
    known = {mirrored(module) for module in modules()} | {ROOT / "tests" / place for place in ELSEWHERE.values()}
    stray = [
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "tests").rglob("test_*.py")
        if path not in known
        and not set(ACROSS) & set(path.relative_to(ROOT / "tests").parts)
        and path.stem != f"test_{path.parent.name}"  # tests/sip/test_sip.py: the room as a whole
    ]
    assert stray == []
