"""Compiled kernels, loaded and called with neither numba nor, where there was a linker, llvmlite.

The library has numba's own calling convention (numba: core/callconv.py, CPUCallConv; core/datamodel/models.py,
ArrayModel): a pointer to the result, one to a pointer to an exception, then the arguments, of each array its memory
block and owner (none), number and size of items, address, shape and strides. The result is a status.
"""

from __future__ import annotations

import ctypes
import functools
import hashlib
import json
import os
import pickle
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

MANIFEST = "kernels.json"

_NUMBERS: dict[str, Any] = {"int": ctypes.c_int64, "bool": ctypes.c_uint8, "float": ctypes.c_double}
_PYTHON: dict[str, Callable[[Any], Any]] = {"int": int, "bool": int, "float": float}

_engines: list[Any] = []  # what is linked in memory lives as long as its engine

Manifest = dict[str, Any]
"""`file` and its `digest`; for each kernel its `symbol`, `arguments` and `returns`, as kinds."""


def kind_of(value: Any) -> str:
    """What an argument is: "int", "bool", "float", or dtype and number of axes of an array."""
    if isinstance(value, np.ndarray):
        return f"{_layout(value.dtype)} {value.ndim}"
    if isinstance(value, (bool, np.bool_)):
        return "bool"
    return "float" if isinstance(value, (float, np.floating)) else "int"


@functools.cache
def _layout(dtype: np.dtype[Any]) -> str:
    """What compiled code knows of a dtype: where its fields are."""
    if dtype.fields is None:
        return dtype.str
    fields = ",".join(f"{name}:{kind.str}@{offset}" for name, (kind, offset, *_) in dtype.fields.items())
    return f"{dtype.itemsize}({fields})"


def can_write(folder: Path) -> bool:
    """Whether a library can be put there; makes the folder."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return False
    return os.access(folder, os.W_OK)


def save(folder: Path, content: bytes, suffix: str, kernels: dict[str, dict[str, Any]]) -> None:
    """Write a library and what is in it: at any moment there is a whole one or none."""
    digest = hashlib.sha256(content).hexdigest()
    file = f"kernels-{digest[:16]}{suffix}"
    _replace(folder / file, content)
    manifest = {"file": file, "digest": digest, "kernels": kernels}
    _replace(folder / MANIFEST, json.dumps(manifest, indent=1).encode())


def _replace(path: Path, content: bytes) -> None:
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    temporary.write_bytes(content)
    temporary.chmod(0o755)
    temporary.replace(path)


def load(folder: Path) -> dict[str, Callable[..., Any]] | None:
    """The kernels of the library there, by name; None when there is none, or a damaged one."""
    try:
        manifest: Manifest = json.loads((folder / MANIFEST).read_bytes())
        file = folder / str(manifest["file"])
        # A library that was cut would kill the process.
        if hashlib.sha256(file.read_bytes()).hexdigest() != manifest["digest"]:
            return None
        address_of = _linked(file) if file.suffix == ".so" else _by_llvm(file)
        return {
            name: _function(name, address_of(entry["symbol"]), entry["arguments"], entry["returns"])
            for name, entry in manifest["kernels"].items()
        }
    except (OSError, ValueError, KeyError, TypeError, AttributeError, ImportError):
        return None


def _linked(file: Path) -> Callable[[str], int]:
    library = ctypes.CDLL(str(file))
    return lambda symbol: int(ctypes.cast(library[symbol], ctypes.c_void_p).value or 0)


def _by_llvm(file: Path) -> Callable[[str], int]:
    """Object code without a linker: LLVM's own loader links it in memory."""
    import llvmlite.binding as llvm

    llvm.initialize_native_target()
    llvm.initialize_native_asmprinter()
    machine = llvm.Target.from_default_triple().create_target_machine(reloc="pic", codemodel="default")
    engine = llvm.create_mcjit_compiler(llvm.parse_assembly(""), machine)
    engine.add_object_file(llvm.object_file.ObjectFileRef.from_data(file.read_bytes()))
    engine.finalize_object()
    _engines.append(engine)
    return lambda symbol: int(engine.get_function_address(symbol))


def _function(name: str, address: int, kinds: Sequence[str], returns: Sequence[str]) -> Callable[..., Any]:
    """A kernel as a Python function. It raises TypeError for arguments of other types than it was compiled for."""
    if not address:
        raise ValueError(name)
    types: list[Any] = [ctypes.c_void_p, ctypes.c_void_p]
    axes = [0 if kind in _NUMBERS else int(kind.rpartition(" ")[2]) for kind in kinds]
    for kind, of_array in zip(kinds, axes, strict=True):
        types += [_NUMBERS[kind]] if kind in _NUMBERS else [ctypes.c_int64] * (5 + 2 * of_array)
    native = ctypes.CFUNCTYPE(ctypes.c_int32, *types)(address)
    result_type: Any = type(
        name, (ctypes.Structure,), {"_fields_": [(f"_{n}", _NUMBERS[k]) for n, k in enumerate(returns)]}
    )
    fields = [(f"_{n}", bool if kind == "bool" else _PYTHON[kind]) for n, kind in enumerate(returns)]

    accepted: list[Any] = [None] * len(
        kinds
    )  # the dtype last found right for each: another hash of its fields takes long

    def call(*arguments: Any) -> Any:
        words: list[Any] = []
        for place, (kind, value) in enumerate(zip(kinds, arguments, strict=True)):
            if kind in _PYTHON:
                words.append(_PYTHON[kind](value))
                continue
            known = isinstance(value, np.ndarray) and value.dtype is accepted[place] and value.ndim == axes[place]
            if not (known or kind_of(value) == kind) or not value.flags.c_contiguous:
                raise TypeError(f"{name} takes {kind}, not {kind_of(value)}")
            accepted[place] = value.dtype
            words += (0, 0, value.size, value.itemsize, value.ctypes.data, *value.shape, *value.strides)
        result = result_type()
        raised = ctypes.c_void_p()
        status = native(ctypes.addressof(result), ctypes.addressof(raised), *words)
        if status not in _FINE:
            raise _exception(name, raised.value)
        values = tuple(python(getattr(result, field)) for field, python in fields)
        return values if len(values) > 1 else values[0] if values else None

    return call


_FINE = (0, -2)  # numba: RETCODE_OK, RETCODE_NONE


def _exception(name: str, address: int | None) -> Exception:
    """The exception that numba pickled into the library (numba: core/callconv.py, excinfo_t)."""
    if address:
        pointer, size = ctypes.c_void_p.from_address(address).value, ctypes.c_int32.from_address(address + 8).value
        kind, arguments, *_ = pickle.loads(ctypes.string_at(pointer or 0, size))  # noqa: S301 - out of our own library
        if isinstance(kind, type) and issubclass(kind, Exception):
            return kind(*(arguments or ()), name)
    return RuntimeError(f"{name} failed")
