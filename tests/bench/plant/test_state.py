"""What is known of a bench beside its containers."""

from __future__ import annotations

import stat
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from xivolab.bench.plant import state
from xivolab.bench.plant.state import State
from xivolab.errors import LabError, UsageError


@pytest.fixture(autouse=True)
def runtime(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    return tmp_path


def test_what_is_saved_is_loaded() -> None:
    made = State("class", {"lan": "10.80.0.0/24"}, phones=3)
    made.save()

    assert state.load("class") == made
    assert state.known() == ["class"]


def test_nobody_else_can_read_it(runtime: Path) -> None:
    State("class", {}).save()

    assert stat.S_IMODE((runtime / "xivolab" / "class").stat().st_mode) == 0o700
    assert stat.S_IMODE((runtime / "xivolab" / "class" / "state.json").stat().st_mode) == 0o600


def test_each_bench_has_secrets_of_its_own() -> None:
    drawn = [State(name, {}).secrets for name in ("one", "two")]

    assert all(len(secret) >= 20 for secrets in drawn for secret in secrets.values())
    assert len({secret for secrets in drawn for secret in secrets.values()}) == 2 * len(state.SECRETS)


def test_a_bench_that_is_forgotten_leaves_nothing(runtime: Path) -> None:
    State("class", {}).save()

    state.forget("class")

    assert state.load("class") is None
    assert not (runtime / "xivolab" / "class").exists()


def test_a_damaged_file_is_told_with_its_remedy() -> None:
    made = State("class", {})
    made.save()
    (made.folder / "state.json").write_text("{")

    with pytest.raises(LabError, match=r"xivolab pbx down --bench class"):
        state.load("class")


@pytest.mark.parametrize("name", ["recorder", "bench", "Two", "2", "a-b", "../x", "a" * 21, ""])
def test_a_name_that_cannot_be_one_is_refused(name: str) -> None:
    with pytest.raises(UsageError, match="cannot be the name of a bench"):
        state.check_name(name)


def test_a_folder_of_somebody_else_is_not_used(runtime: Path) -> None:
    (runtime / "elsewhere").mkdir()
    (runtime / "xivolab").symlink_to(runtime / "elsewhere")

    with pytest.raises(LabError, match="not a folder of this user"):
        State("class", {}).save()


def test_without_a_runtime_folder_the_temporary_one_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("XDG_RUNTIME_DIR")

    assert state.home().name.startswith("xivolab-")


def test_one_at_a_time_and_no_lock_is_left(runtime: Path) -> None:
    inside: list[int] = []

    def work() -> None:
        with state.locked("class"):
            inside.append(1)
            assert len(inside) == 1
            time.sleep(0.01)
            inside.pop()

    with ThreadPoolExecutor(4) as pool:
        for done in [pool.submit(work) for _ in range(20)]:
            done.result()

    assert not (runtime / "xivolab").exists()
