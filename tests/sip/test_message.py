"""Start lines, headers and bodies, also the odd ones."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from xivolab.sip.message import canonical, parse_message

INVITE = b"""\
INVITE sip:1002@pbx SIP/2.0\r
v: SIP/2.0/UDP a;branch=z9hG4bK1,\r
 SIP/2.0/UDP b;branch=z9hG4bK2\r
Via: SIP/2.0/UDP c;branch=z9hG4bK3\r
FROM:"Alice, sales" <sip:alice@pbx>;tag=1\r
i:abc@a\r
Contact: "A, B" <sip:a@b;x=1,2>, <sip:c@d>\r
User-Agent: Phone (1, 2)\r
Content-Length: 4\r
\r
v=0
and more than announced"""


def test_request_line() -> None:
    message = parse_message(INVITE)
    assert (message.is_request, message.method, message.uri, message.status) == (True, "INVITE", "sip:1002@pbx", None)


def test_status_line() -> None:
    message = parse_message(b"SIP/2.0 480 Temporarily not available\r\n\r\n")
    assert (message.is_request, message.status, message.reason) == (False, 480, "Temporarily not available")


def test_compact_forms_and_any_case_are_one_name() -> None:
    message = parse_message(INVITE)
    assert message.header("Call-ID") == message.header("I") == "abc@a"
    assert message.header("from") == '"Alice, sales" <sip:alice@pbx>;tag=1'
    assert canonical("V") == canonical(" VIA ") == "via"


def test_folded_lines_lists_and_repeated_fields_are_one_list() -> None:
    assert [via[-1] for via in parse_message(INVITE).values("via")] == ["1", "2", "3"]


def test_a_comma_in_quotes_brackets_or_free_text_separates_nothing() -> None:
    message = parse_message(INVITE)
    assert message.values("m") == ['"A, B" <sip:a@b;x=1,2>', "<sip:c@d>"]
    assert message.values("user-agent") == ["Phone (1, 2)"]


def test_the_body_ends_where_content_length_says() -> None:
    assert parse_message(INVITE).body == b"v=0\n"


def test_a_wrong_content_length_is_ignored() -> None:
    for length in (b"9999", b"-3", b"abc", b"\xb2"):
        assert parse_message(b"MESSAGE sip:a SIP/2.0\r\nl: " + length + b"\r\n\r\nhello").body == b"hello"


def test_utf8_and_latin1_names_in_one_message() -> None:
    message = parse_message("OPTIONS sip:a SIP/2.0\r\nFrom: Zoé\r\n".encode() + "To: Zoé\r\n\r\n".encode("latin-1"))
    assert message.header("From") == message.header("To") == "Zoé"


def test_a_cut_message_has_what_is_there() -> None:
    message = parse_message(INVITE[:150])
    assert message.method == "INVITE"
    assert message.header("f") is not None
    assert message.body == b""


def test_junk_is_neither_request_nor_response() -> None:
    message = parse_message(b"hello\r\nworld")
    assert (message.method, message.status, message.start_line) == (None, None, "hello")


def test_bare_newlines_end_lines_too() -> None:
    assert parse_message(b"BYE sip:a SIP/2.0\ni: 1\n\nbody").body == b"body"


@given(st.binary() | st.lists(st.sampled_from(list(INVITE.splitlines(keepends=True)))).map(b"".join))
def test_no_bytes_raise(data: bytes) -> None:
    message = parse_message(data)
    for name, _ in message.headers:
        assert message.header(name) is not None
        message.values(name)


@given(st.integers(0, len(INVITE)))
def test_parsing_what_was_parsed_changes_nothing(length: int) -> None:
    message = parse_message(INVITE[:length])
    again = "".join(f"{name}: {value}\r\n" for name, value in message.headers)
    second = parse_message(f"{message.start_line}\r\n{again}\r\n".encode() + message.body)
    assert (second.headers, second.body) == (message.headers, message.body)
