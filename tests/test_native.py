"""The library of compiled kernels: what is not whole is never loaded, and what it is called with is checked."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from xivolab import _compile, _kernel, _native
from xivolab._kernel import Kernel, helper
from xivolab._native import kind_of, load

PAIR = np.dtype([("a", np.int64), ("b", np.int32)], align=True)


@helper
def _doubled(value: int) -> int:
    return value * 2


def _sums(
    numbers: object, table: object, pairs: object, scale: int, ratio: float, flag: bool
) -> tuple[int, float, bool]:
    total = 0
    for n in range(len(numbers)):  # type: ignore[arg-type]
        total += numbers[n]  # type: ignore[index]
    for n in range(table.shape[0]):  # type: ignore[attr-defined]
        for m in range(table.shape[1]):  # type: ignore[attr-defined]
            table[n, m] = _doubled(table[n, m])  # type: ignore[index]
    pairs[1]["b"] = total  # type: ignore[index]
    return total * scale, total * ratio, not flag


def _nothing(numbers: object) -> None:
    numbers[0] = 7  # type: ignore[index]


def _divided(by: int) -> int:
    return 100 // by


def _at(numbers: object, index: int) -> int:
    return np.int64(numbers[index])  # type: ignore[index,return-value]


def _arguments() -> tuple[object, ...]:
    return np.arange(5, dtype=np.uint8), np.ones((2, 3), np.int64), np.zeros(2, PAIR), 3, 0.5, True


EXAMPLES = {
    Kernel(_sums): list(_arguments()),  # type: ignore[arg-type]
    Kernel(_nothing): [np.zeros(1)],  # type: ignore[arg-type]
    Kernel(_divided): [1],  # type: ignore[arg-type]
    Kernel(_at): [np.zeros(1), 0],  # type: ignore[arg-type]
}


@pytest.fixture(scope="module", params=[".so", ".o"])
def library(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a library of the kernels above, linked or as object code."""
    folder = tmp_path_factory.mktemp("library")
    content, kernels = _compile.compiled(dict(EXAMPLES))
    linked = _compile.link(content) if request.param == ".so" else content
    if linked is None:
        pytest.skip("no linker on this machine")
    _native.save(folder, linked, request.param, kernels)
    return folder


def function(library: Path, name: str) -> object:
    functions = load(library)
    assert functions is not None
    return functions[f"{__name__}.{name}"]


def test_numbers_and_arrays_of_every_kind_go_in_and_out(library: Path) -> None:
    numbers, table, pairs, *rest = _arguments()
    assert function(library, "_sums")(numbers, table, pairs, *rest) == (30, 5.0, False)  # type: ignore[operator]
    assert table.tolist() == [[2] * 3] * 2  # type: ignore[attr-defined]
    assert pairs["b"].tolist() == [0, 10]  # type: ignore[index]


def test_a_numpy_number_is_a_number(library: Path) -> None:
    assert function(library, "_divided")(np.int32(7)) == 14  # type: ignore[operator]


def test_a_kernel_without_a_result(library: Path) -> None:
    numbers = np.zeros(1)
    assert function(library, "_nothing")(numbers) is None  # type: ignore[operator]
    assert numbers[0] == 7


def test_an_exception_comes_out(library: Path) -> None:
    with pytest.raises(ZeroDivisionError):
        function(library, "_divided")(0)  # type: ignore[operator]


@pytest.mark.parametrize(
    "wrong",
    [
        pytest.param(np.zeros(1, np.float32), id="another-dtype"),
        pytest.param(np.zeros((1, 1)), id="more-axes"),
        pytest.param(np.zeros(8)[::2], id="with-gaps"),
        pytest.param(0, id="no-array"),
    ],
)
def test_what_it_was_not_compiled_for_is_refused(library: Path, wrong: object) -> None:
    with pytest.raises(TypeError, match="_nothing takes <f8 1, not"):
        function(library, "_nothing")(wrong)  # type: ignore[operator]


def test_kinds() -> None:
    assert [kind_of(value) for value in (1, np.uint8(1), True, np.bool_(1), 1.0)] == [
        "int",
        "int",
        "bool",
        "bool",
        "float",
    ]
    assert kind_of(np.zeros((1, 2), PAIR)) == "16(a:<i8@0,b:<i4@8) 2"


@pytest.mark.parametrize("size", [0, 100, -1])
def test_a_library_that_was_cut_or_changed_is_not_loaded(library: Path, tmp_path: Path, size: int) -> None:
    folder = tmp_path / "copy"
    shutil.copytree(library, folder)
    file = folder / json.loads((folder / _native.MANIFEST).read_text())["file"]
    content = file.read_bytes()
    file.write_bytes(content[:size] if size >= 0 else content[:-1] + b"?")
    assert load(folder) is None


@pytest.mark.parametrize("manifest", ["", "{", "[]", "{}", '{"file": "none.so", "digest": "", "kernels": {}}'])
def test_neither_is_one_with_a_damaged_manifest(tmp_path: Path, manifest: str) -> None:
    (tmp_path / _native.MANIFEST).write_text(manifest)
    assert load(tmp_path) is None
    assert load(tmp_path / "missing") is None


_READ = (
    "import numpy as np; from xivolab.net.endpoints import Endpoints;"
    "print(Endpoints().numbers(['10.0.0.1'], np.zeros(1, np.int64), np.array([5060]))[0])"
)


def test_a_damaged_library_is_made_again(tmp_path: Path) -> None:
    env = os.environ | {"XIVOLAB_CACHE": str(tmp_path)}

    def reads() -> None:
        done = subprocess.run([sys.executable, "-c", _READ], env=env, capture_output=True, text=True, check=False)
        assert (done.returncode, done.stdout) == (0, "0\n"), done.stderr

    reads()
    (manifest,) = tmp_path.glob(f"*/{_native.MANIFEST}")
    file = manifest.with_name(json.loads(manifest.read_text())["file"])
    file.write_bytes(file.read_bytes()[:1000])
    reads()
    assert load(manifest.parent)


def test_the_folder_may_be_read_only_when_the_library_is_there() -> None:
    _kernel.warm()
    code = f"import os; os.access = lambda path, mode: False; {_READ}; import sys; assert 'numba' not in sys.modules"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "0\n"), done.stderr
