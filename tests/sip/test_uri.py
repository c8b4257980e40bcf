"""URIs and addresses as phones write them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from xivolab.sip.uri import bare_user, parse_address, parse_uri


def test_all_parts_of_a_sip_uri() -> None:
    uri = parse_uri("sip:alice;day=tue:secret@PBX.example:5070;transport=tcp;lr?subject=x")
    assert uri is not None
    assert (uri.scheme, uri.user, uri.host, uri.port) == ("sip", "alice;day=tue", "pbx.example", 5070)
    assert uri.parameters == {"transport": "tcp", "lr": ""}


def test_a_uri_without_user() -> None:
    uri = parse_uri("sip:[2001:db8::1]:5060")
    assert uri is not None
    assert (uri.user, uri.host, uri.port) == (None, "[2001:db8::1]", 5060)


def test_the_user_of_a_tel_uri_is_its_number() -> None:
    uri = parse_uri("tel:+33123456789;phone-context=example.org")
    assert uri is not None
    assert uri.user == "+33123456789"


def test_the_user_is_literal_and_unescaped_for_comparing() -> None:
    uri = parse_uri("sip:%2B33123@host")
    assert uri is not None
    assert uri.user == "%2B33123"
    assert bare_user(uri.user) == "+33123"
    assert bare_user("1002;phone-context=example.org") == "1002"


def test_a_name_addr_with_quotes_in_the_name() -> None:
    address = parse_address('"Alice \\"A\\" <boss>" <sip:alice@pbx;x=y>;tag=88;z')
    assert (address.display, address.user, address.tag) == ('Alice "A" <boss>', "alice", "88")


def test_a_quote_too_many() -> None:
    address = parse_address('\\"arik\\" <sip:816666@pbx>;tag=64')
    assert (address.user, address.tag) == ("816666", "64")


def test_a_name_without_quotes() -> None:
    assert parse_address("Alice B <sip:a@b>;tag=1").display == "Alice B"


def test_without_brackets_parameters_belong_to_the_header() -> None:
    address = parse_address("sip:alice@pbx;tag=1")
    assert (address.uri_text, address.tag) == ("sip:alice@pbx", "1")


@given(st.text())
def test_no_text_raises(text: str) -> None:
    parse_uri(text)
    assert parse_address(text).uri is None or parse_address(text).uri_text
