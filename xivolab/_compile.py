"""Compiles all kernels into one library: `python -m xivolab._compile`, which `make setup` runs.

The types of their arguments are those they are called with when two small captures are read (`xivolab.warm`). numba
makes LLVM's code of each, which is linked into one library for any processor of this architecture.
"""

from __future__ import annotations

import fcntl
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

from xivolab import _kernel, _native
from xivolab._kernel import Kernel

_LINKERS = ("cc", "gcc", "clang", "ld")


def build(folder: Path) -> None:
    """Make the library unless a good one is there. Raises OSError when the folder cannot be written."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # who comes second finds the work done
        if _native.load(folder) is None:
            content, kernels = compiled(recorded(import_module("xivolab.warm").warm))
            linked = link(content)
            _native.save(folder, linked or content, ".so" if linked else ".o", kernels)


def recorded(use: Callable[[], None]) -> dict[Kernel, list[Any]]:
    """The kernels that `use` calls, each with example arguments; they run uncompiled."""
    examples: dict[Kernel, list[Any]] = {}
    kernels = _all_kernels()
    for kernel in kernels:

        def call(*arguments: Any, kernel: Kernel = kernel) -> Any:
            examples.setdefault(kernel, list(arguments))
            return kernel.function(*arguments)

        kernel._compiled = call
    try:
        use()
    finally:
        for kernel in kernels:
            kernel._compiled = None
    return examples


def _all_kernels() -> list[Kernel]:
    modules = [import_module(name) for name in _kernel.KERNEL_MODULES]
    return [
        item
        for module in modules
        for item in vars(module).values()
        if isinstance(item, Kernel) and item.function.__module__ == module.__name__
    ]


def compiled(examples: dict[Kernel, list[Any]]) -> tuple[bytes, dict[str, dict[str, Any]]]:
    """The object code of the kernels, and what the manifest says of each."""
    import llvmlite.binding as llvm
    from numba.core import compiler
    from numba.core.registry import cpu_target

    whole = llvm.parse_assembly("")
    kernels: dict[str, dict[str, Any]] = {}
    for kernel, arguments in examples.items():
        flags = compiler.Flags()
        flags.no_cpython_wrapper = flags.no_cfunc_wrapper = flags.release_gil = True
        flags.nrt = False
        flags.boundscheck = _kernel.bounds_checked()
        function = compiler.compile_extra(
            cpu_target.typing_context,
            cpu_target.target_context,
            _kernel.jitted(kernel.function).py_func,
            tuple(_type_of(value) for value in arguments),
            None,
            flags,
            {},
        )
        whole.link_in(llvm.parse_assembly(function.library.get_llvm_str()))
        kernels[kernel.name] = {
            "symbol": function.fndesc.llvm_func_name,
            "arguments": [_native.kind_of(value) for value in arguments],
            "returns": _returned(kernel.name, function.signature.return_type),
        }
    machine = llvm.Target.from_default_triple().create_target_machine(opt=3, reloc="pic", codemodel="default")
    _optimise(whole, machine, {entry["symbol"] for entry in kernels.values()})
    return bytes(machine.emit_object(whole)), kernels


def _optimise(whole: Any, machine: Any, entries: set[str]) -> None:
    """Optimise the helpers with who calls them: nobody outside sees them, so one with a single caller goes into it.

    numba optimises kernel by kernel and exports every helper, which is then called through the linker's table, its arrays on
    the stack.
    """
    import llvmlite.binding as llvm

    for function in whole.functions:
        if not function.is_declaration and function.name not in entries:
            function.linkage = "internal"
    builder = llvm.create_pass_builder(machine, llvm.create_pipeline_tuning_options(speed_level=3))
    builder.getModulePassManager().run(whole, builder)


def _type_of(value: Any) -> Any:
    from numba import from_dtype, types

    kind = _native.kind_of(value)
    if kind in ("int", "bool", "float"):
        return {"int": types.int64, "bool": types.boolean, "float": types.float64}[kind]
    return types.Array(from_dtype(value.dtype), value.ndim, "C")


def _returned(name: str, type_: Any) -> list[str]:
    from numba import types

    kinds = {types.int64: "int", types.boolean: "bool", types.float64: "float"}
    members = [] if type_ == types.none else list(type_) if isinstance(type_, types.BaseTuple) else [type_]
    if not all(member in kinds for member in members):
        raise TypeError(f"{name} returns {type_}: 64-bit numbers, booleans and tuples of them can be returned")
    return [kinds[member] for member in members]


def link(content: bytes) -> bytes | None:
    """The object code as a shared library; None where there is no linker."""
    for linker in filter(shutil.which, _LINKERS):
        with tempfile.TemporaryDirectory(prefix="xivolab-") as folder:
            code, library = Path(folder) / "kernels.o", Path(folder) / "kernels.so"
            code.write_bytes(content)
            command: list[str | Path] = [linker, "-shared", "-o", library, code]
            if subprocess.run(command, capture_output=True, check=False).returncode == 0:
                return library.read_bytes()
    return None


if __name__ == "__main__":
    try:
        build(_kernel.cache_folder())
    except OSError as error:
        sys.exit(f"the compiled kernels cannot be kept: {error}")
