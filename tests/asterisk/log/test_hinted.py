"""Records that are kept for other tables."""

from __future__ import annotations

from pathlib import Path

from tests.asterisk.log.made import logs, written
from xivolab.asterisk.log.hints import REFUSAL, SIP

REFUSED = (
    "NOTICE[2] a.c: Request 'REGISTER' from '<sip:a@x>' failed for '1.2.3.4:5' (callid: x) - No matching endpoint found"
)
PRINTED = "VERBOSE[3] res_pjsip_logger.c: <--- Received SIP request (9 bytes) from UDP:1.2.3.4:5 --->\nOPTIONS x"


def test_they_are_given_again_to_who_asks_again(tmp_path: Path) -> None:
    text = "".join(f"[Nov 23 07:51:1{n}] {line}\n" for n, line in enumerate(("VERBOSE[1] a.c: x", REFUSED, PRINTED)))
    made = logs(written(tmp_path, text))
    for _ in range(2):
        rows, texts = made.hinted(0, REFUSAL)
        assert (rows["line"].tolist(), rows["thread"].tolist()) == ([2], [2])
        assert list(texts) == [REFUSED.partition(".c: ")[2].encode()]
        rows, texts = made.hinted(0, SIP)
        assert (rows["line"].tolist(), list(texts)) == ([3], [f"[Nov 23 07:51:12] {PRINTED}\n".encode()])
