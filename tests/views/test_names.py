"""What hosts are called."""

from __future__ import annotations

from xivolab.evidence.folder import HostInfo
from xivolab.views.names import called, host_at, name_in, role_in

NAMES = {"10.0.0.1": HostInfo("phone 1001", "phone", learnt=True), "127.0.0.1:5070": HostInfo("operator", "operator")}


def test_what_was_learnt_is_said_in_the_language_and_what_was_told_as_it_was_told() -> None:
    assert [name_in(NAMES["10.0.0.1"], lang) for lang in ("en", "fr")] == ["phone 1001", "poste 1001"]
    assert name_in(NAMES["127.0.0.1:5070"], "fr") == "operator"
    assert (role_in("router", "fr"), role_in("router", "en")) == ("routeur", "router")


def test_an_endpoint_keeps_its_port() -> None:
    assert called(NAMES, "10.0.0.1:5060", "en") == "phone 1001:5060"
    assert called(NAMES, "127.0.0.1:5070", "en") == "operator:5070"
    assert called(NAMES, "[2001:db8::1]:5060", "en") == "[2001:db8::1]:5060"


def test_who_shares_an_address_is_found_by_its_port() -> None:
    assert host_at(NAMES, "127.0.0.1:5060") is None
    assert host_at(NAMES, "10.0.0.1") is NAMES["10.0.0.1"]
