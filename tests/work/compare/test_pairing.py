"""Copies of one message at two points: pairs in order, and what is lost is the copy that was lost."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from xivolab.testing import tmessage, tpcap, tudp
from xivolab.work.compare.pairing import HALF_APART_NS, align, pair_messages
from xivolab.work.compare.sides import Side

SECOND = 10**9
COPIES = [0, SECOND // 2, 3 * SECOND // 2, 7 * SECOND // 2]


@given(st.sets(st.integers(0, 3)), st.sets(st.integers(0, 3)), st.integers(0, HALF_APART_NS // 2))
def test_the_copies_that_both_saw_are_paired_and_no_others(at_a: set[int], at_b: set[int], delay: int) -> None:
    times_a = [COPIES[n] for n in sorted(at_a)]
    times_b = [COPIES[n] + delay for n in sorted(at_b)]
    pairs = align(times_a, times_b)
    assert [times_a[x] for x, y in pairs if x is not None and y is not None] == [COPIES[n] for n in sorted(at_a & at_b)]
    assert sorted(x for x, _ in pairs if x is not None) == list(range(len(times_a)))
    assert sorted(y for _, y in pairs if y is not None) == list(range(len(times_b)))


TIMES = st.lists(st.integers(0, 4 * SECOND), max_size=6).map(sorted)


@given(TIMES, TIMES)
def test_any_times_are_paired_in_order_and_close_together(times_a: list[int], times_b: list[int]) -> None:
    pairs = [(x, y) for x, y in align(times_a, times_b) if x is not None and y is not None]
    assert pairs == sorted(pairs)
    assert all(abs(times_a[x] - times_b[y]) <= HALF_APART_NS for x, y in pairs)


A, P, B = "10.0.0.1:5060", "10.0.0.2:5060", "10.0.0.3:5060"


def side(folder: Path, name: str, *messages: tuple[str, str, str]) -> Side:
    """A capture of messages (text, source, destination)."""
    packets = [tudp(src, dst, text.encode(), n / 10) for n, (text, src, dst) in enumerate(messages)]
    return Side(tpcap(folder / name, packets))


def invite(via: str, call_id: str = "one@10.0.0.1", tag: str = "tag12345") -> str:
    text = tmessage(src=A, call_id=call_id).text.replace("tag=a", f"tag={tag}")
    head, _, rest = text.partition("Via: ")
    return f"{head}{via}{rest.partition(chr(10))[2]}"


def via(*branches: str) -> str:
    return "".join(f"Via: SIP/2.0/UDP x;branch=z9hG4bK{branch}\r\n" for branch in branches)


def test_behind_a_proxy_the_hop_is_told_by_the_via(tmp_path: Path) -> None:
    """A sees both hops of the proxy, B only the second: the message with two Vias is the one."""
    a = side(tmp_path, "a.pcap", (invite(via("phone")), A, P), (invite(via("proxy", "phone")), P, B))
    b = side(tmp_path, "b.pcap", (invite(via("proxy", "phone")), P, B))
    (group,) = pair_messages(a, b).groups
    assert (group.a, group.b) == ([1], [0])


def test_through_a_proxy_the_message_is_the_same_one(tmp_path: Path) -> None:
    a = side(tmp_path, "a.pcap", (invite(via("phone")), A, P))
    b = side(tmp_path, "b.pcap", (invite(via("proxy", "phone")), P, B))
    (group,) = pair_messages(a, b).groups
    assert group.plain


def test_a_changed_host_in_the_call_id_is_seen_through(tmp_path: Path) -> None:
    a = side(tmp_path, "a.pcap", (invite(via("phone"), "abcdef-1@10.0.0.1"), A, P))
    b = side(tmp_path, "b.pcap", (invite(via("phone"), "abcdef-1@198.51.100.1"), A, P))
    found = pair_messages(a, b)
    assert found.call_ids == {"abcdef-1@10.0.0.1": "abcdef-1@198.51.100.1"}
    assert found.groups[0].plain


def test_another_call_id_with_the_same_from_tag_is_seen_through(tmp_path: Path) -> None:
    a = side(tmp_path, "a.pcap", (invite(via("phone"), "abc"), A, P))
    b = side(tmp_path, "b.pcap", (invite(via("sbc"), "xyz"), P, B))
    assert pair_messages(a, b).call_ids == {"abc": "xyz"}


def test_two_calls_that_could_be_the_one_are_not_guessed(tmp_path: Path) -> None:
    a = side(tmp_path, "a.pcap", (invite(via("phone"), "abc"), A, P))
    b = side(tmp_path, "b.pcap", (invite(via("s"), "x"), P, B), (invite(via("t"), "y"), P, B))
    assert pair_messages(a, b).call_ids == {}
