"""What a message of a ladder is compared with."""

from __future__ import annotations

from xivolab.testing import tcall, tmessage
from xivolab.views.counterparts import counterparts, difference_fold
from xivolab.views.flow import flow
from xivolab.views.ladder import ladder
from xivolab.views.ladder_words import WORDS


def numbers(call: object) -> dict[int, int]:
    return {number: other.number for number, other in counterparts(flow(call)).items()}  # type: ignore[arg-type]


def test_a_later_invite_and_that_of_another_leg() -> None:
    # 1: INVITE, 4: with credentials, 6: to bob
    assert numbers(tcall()) == {4: 1, 6: 4}


def test_a_message_sent_again_is_compared_with_its_first_sending() -> None:
    call = tcall([tmessage(), tmessage(at=0.5, retransmission=True)], [])
    assert numbers(call) == {2: 1}
    arrows = list(flow(call).arrows())
    fold = difference_fold(arrows[1], arrows[0], WORDS["en"], secrets=False)
    assert (fold.heading, fold.lines) == ("difference from 1: none", ())


def test_the_difference_opens_in_the_page_and_hides_secrets() -> None:
    answer = 'Authorization: Digest username="a", response="00112233445566778899aabbccddeeff"\r\n'
    call = tcall([tmessage(), tmessage(at=0.1, cseq="2 INVITE", headers=answer)], [])
    page = ladder(call).html()
    assert "difference from 1: " in page
    assert "<ins>2</ins>" in page
    assert "00112233445566778899" not in page
    assert "différence avec 1" in ladder(call, lang="fr").html()


def test_nothing_of_a_message_is_trusted() -> None:
    call = tcall([tmessage(), tmessage(at=0.1, cseq="2 INVITE", headers="Subject: <script>x</script>\r\n")], [])
    assert "<script" not in ladder(call).html()
