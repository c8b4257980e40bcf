from __future__ import annotations

from typing import Any

import pytest

from xivolab.bench.model import Configuration
from xivolab.bench.model.presets import course, small
from xivolab.bench.render.pjsip import pjsip

Section = dict[str, list[str]]


def sections(text: str) -> dict[tuple[str, str], Section]:
    """Each section by its name and type, each option with its values in order."""
    found: dict[tuple[str, str], Section] = {}
    for block in text.split("\n\n"):
        head, *lines = block.strip().splitlines()
        options: Section = {}
        for line in lines:
            key, _, value = line.partition(" = ")
            options.setdefault(key, []).append(value)
        found[head.strip("[]"), options["type"][0]] = options
    return found


def line(**changes: Any) -> dict[tuple[str, str], Section]:
    plain = course().model_dump()
    plain["users"] = [{"firstname": "A", "lines": [{"name": "aaaaaaaa", "secret": "s", "number": "70060", **changes}]}]
    plain["incalls"] = []
    return sections(pjsip(Configuration.of(plain)))


def endpoint(**options: Any) -> Section:
    return line(options=options)["aaaaaaaa", "endpoint"]


def test_a_line_has_the_variables_that_the_course_shows() -> None:
    found = sections(pjsip(course()))["knax1wql", "endpoint"]
    assert found["set_var"] == [
        "CHANNEL(hangup_handler_push)=hangup_handlers,s,1",
        "PICKUPMARK=70060%default",
        "TRANSFER_CONTEXT=default",
        "XIVO_USERID=167",
        "XIVO_USERUUID=e7fabee2-2736-4551-80c5-d75f88056758",
    ]
    assert found["callerid"] == ['"Debierre Portier" <70060>']


@pytest.mark.parametrize(
    ("nat", "rport", "symmetric"),
    [("no", "no", "no"), ("yes", "yes", "yes"), ("force_rport", "yes", "no"), ("comedia", "no", "yes")],
)
def test_nat_says_where_answers_and_media_go(nat: str, rport: str, symmetric: str) -> None:
    found = endpoint(nat=nat)
    assert (found["force_rport"], found["rtp_symmetric"]) == ([rport], [symmetric])


@pytest.mark.parametrize(
    ("option", "value", "key", "told"),
    [
        ("dtmfmode", "rfc2833", "dtmf_mode", "rfc4733"),
        ("session_timers", "originate", "timers", "always"),
        ("session_timers", "refuse", "timers", "no"),
        ("encryption", True, "media_encryption", "sdes"),
        ("sendrpid", "pai", "send_pai", "yes"),
        ("videosupport", True, "allow", "alaw,ulaw,h264"),
        ("textsupport", True, "allow", "alaw,ulaw,t140"),
        ("transport", "tls", "transport", "transport-tls"),
        ("permit", ["10.0.0.0/8"], "deny", "0.0.0.0/0"),
    ],
)
def test_options_of_chan_sip_in_pjsips_words(option: str, value: object, key: str, told: str) -> None:
    assert endpoint(**{option: value})[key] == [told]


def test_video_codecs_go_where_there_is_no_video() -> None:
    assert endpoint(codecs=["alaw", "h264"], videosupport=False)["allow"] == ["alaw"]


def test_a_browsers_line_is_webrtc_and_a_unique_account_has_two_contacts() -> None:
    assert line(kind="webrtc")["aaaaaaaa", "endpoint"]["webrtc"] == ["yes"]
    assert line(kind="ua")["aaaaaaaa", "aor"]["max_contacts"] == ["2"]


def test_a_custom_line_has_no_endpoint() -> None:
    assert ("aaaaaaaa", "endpoint") not in line(interface="Local/2000@default")


def trunk(**changes: Any) -> dict[tuple[str, str], Section]:
    plain = small().model_dump()
    plain["trunks"] = [{**plain["trunks"][0], "registration": None, **changes}]
    return sections(pjsip(Configuration.of(plain)))


def test_a_peer_is_known_by_its_address_and_not_challenged() -> None:
    found = trunk(host="198.51.100.1")
    assert found["operator", "identify"]["match"] == ["198.51.100.1"]
    assert "auth" not in found["operator", "endpoint"]
    assert found["operator", "endpoint"]["outbound_auth"] == ["operator"]


def test_without_insecure_invite_the_peer_is_challenged() -> None:
    assert trunk(host="198.51.100.1", insecure_invite=False)["operator", "endpoint"]["auth"] == ["operator"]


def test_a_user_is_known_by_its_credentials_and_never_called() -> None:
    found = trunk(kind="user", host="dynamic")
    assert found["operator", "endpoint"]["auth"] == ["operator"]
    assert ("operator", "identify") not in found
    assert "outbound_auth" not in found["operator", "endpoint"]


def test_a_trunk_that_registers() -> None:
    found = sections(pjsip(small("198.51.100.9")))["operator", "registration"]
    assert (found["server_uri"], found["client_uri"]) == (["sip:198.51.100.9:5060"], ["sip:xivo@198.51.100.9"])
    assert found["contact_user"] == ["0199005678"]
