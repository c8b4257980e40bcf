"""What is written down about the faults that are in, and who can read it."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xivolab.bench.impair.catalogue import FAULTS
from xivolab.bench.impair.ledger import Entry, Ledger, seal, unseal
from xivolab.errors import UsageError

LOSS = Entry("packet-loss", {})
PASSWORD = Entry("line-password", {"file": "pjsip.conf", "before": "é" * 5000, "after": "b"})


def test_a_fault_is_kept_until_it_is_struck_out(tmp_path: Path) -> None:
    Ledger(tmp_path).add(LOSS)
    Ledger(tmp_path).add(PASSWORD)

    assert Ledger(tmp_path).named() == [LOSS, PASSWORD]
    Ledger(tmp_path).forget(LOSS)
    assert Ledger(tmp_path).named() == [PASSWORD]


def test_a_sealed_fault_is_in_no_file_a_learner_can_read(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path)
    ledger.add(PASSWORD, "seed of the trainer")

    kept = (tmp_path / "open.json").read_text()
    assert not any(name in kept for name in FAULTS)
    assert "seed" not in kept
    assert ledger.named() == []
    assert ledger.secrets() == 1
    assert ledger.sealed("seed of the trainer") == [PASSWORD]
    with pytest.raises(UsageError, match="no fault is sealed with this seed"):
        ledger.sealed("another")
    ledger.forget(PASSWORD, "seed of the trainer")
    assert ledger.secrets() == 0


def test_the_length_does_not_tell_faults_apart() -> None:
    assert len(seal("a", "seed")) == len(seal("b" * 20_000, "seed"))


@given(st.text(max_size=300).map(str.rstrip), st.text(max_size=20))
def test_what_is_sealed_comes_back(text: str, seed: str) -> None:
    assert unseal(seal(text, seed), seed) == text


def test_nobody_has_faults_at_first(tmp_path: Path) -> None:
    assert Ledger(tmp_path).named() == []
    assert Ledger(tmp_path).secrets() == 0
