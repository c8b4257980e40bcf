"""A papermill engine that runs the cells in this very process, in IPython's own shell.

A kernel costs a process, sockets and most of the time of a small report. In a process that serves one report and
then ends, none of this is needed, and killing that one process ends everything. Both engines must give the same
outputs: a test runs the project's notebooks with each.

Never use it where IPython is already running (a notebook, a console): there is one shell per process.
"""

from __future__ import annotations

import io
import os
import sys
from contextlib import redirect_stderr, redirect_stdout
from tempfile import TemporaryDirectory
from typing import Any

from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.interactiveshell import InteractiveShell
from nbformat import NotebookNode
from nbformat.v4 import new_output
from papermill.engines import Engine, NotebookExecutionManager
from traitlets.config import Config

NAME = "xivolab-inline"
"""The name papermill knows the engine by."""


class _Publisher(DisplayPublisher):
    """`display(…)` becomes an output of the running cell."""

    shell: _Shell

    def publish(self, data: Any, metadata: Any = None, source: Any = None, **more: Any) -> None:
        """Keep one mime bundle; an update takes the place of what has its display id, as in a kernel's notebook."""
        shown = new_output("display_data", data=data, metadata=metadata or {})
        display_id = (more.get("transient") or {}).get("display_id")
        place = self.shell.displayed.get(display_id)
        if not more.get("update"):
            self.shell.cell_outputs.append(shown)
            if display_id is not None:
                self.shell.displayed[display_id] = shown
        elif place is not None:
            place.update(shown)

    def clear_output(self, wait: bool = False) -> None:
        """Forget what the cell has shown so far."""
        self.shell.cell_outputs.clear()


class _Hook(DisplayHook):
    """The value of a cell's last expression becomes its result."""

    shell: _Shell

    def write_output_prompt(self) -> None:
        """Nothing: a notebook has the number beside the output."""

    def write_format_data(self, format_dict: dict[str, Any], md_dict: dict[str, Any] | None = None) -> None:
        """Keep the mime bundle."""
        self.shell.cell_outputs.append(
            new_output(
                "execute_result", data=format_dict, metadata=md_dict or {}, execution_count=self.shell.cell_count
            )
        )

    def finish_displayhook(self) -> None:
        """Nothing is written to the terminal, so no blank line after it."""
        self._is_active = False


class _Stream(io.StringIO):
    """What a cell prints: neighbouring pieces of one stream are one output, as in a kernel."""

    def __init__(self, name: str, outputs: list[NotebookNode]) -> None:
        super().__init__()
        self._name = name
        self._outputs = outputs

    def write(self, text: str) -> int:
        """Append to the cell's outputs."""
        last = self._outputs[-1] if self._outputs else None
        if last is not None and last.output_type == "stream" and last.name == self._name:
            last.text += text
        else:
            self._outputs.append(new_output("stream", name=self._name, text=text))
        return len(text)


class _Shell(InteractiveShell):
    """IPython without a terminal: what a cell shows is collected in `cell_outputs`."""

    displayhook_class = _Hook
    display_pub_class = _Publisher
    kernel = None  # pandas looks for it, to know that it does not write to a terminal

    def __init__(self, **kwargs: Any) -> None:
        self.cell_outputs: list[NotebookNode] = []
        self.displayed: dict[Any, NotebookNode] = {}  # by display id
        self.cell_count = 0
        super().__init__(**kwargs)  # type: ignore[no-untyped-call]

    def _showtraceback(self, etype: type[BaseException], evalue: BaseException, stb: list[str]) -> None:
        self.cell_outputs.append(new_output("error", ename=etype.__name__, evalue=str(evalue), traceback=stb))

    def run(self, source: str) -> tuple[list[NotebookNode], bool]:
        """Run one cell: its outputs, and whether it went through."""
        self.cell_outputs.clear()
        self.cell_count = self.execution_count  # IPython counts up before it shows the result
        with (
            redirect_stdout(_Stream("stdout", self.cell_outputs)),
            redirect_stderr(_Stream("stderr", self.cell_outputs)),
        ):
            result = self.run_cell(source, store_history=True)  # type: ignore[no-untyped-call]
        return list(self.cell_outputs), bool(result.success)


class InlineEngine(Engine):  # type: ignore[misc]  # papermill has no types
    """Cells in order, up to the first that raises."""

    @classmethod
    def execute_managed_notebook(cls, nb_man: NotebookExecutionManager, kernel_name: str, **_: Any) -> None:
        """Run the notebook `nb_man` holds; papermill saves after each cell and reads the outcome from the outputs."""
        os.environ.setdefault("MPLBACKEND", "agg")
        config = Config()
        config.HistoryManager.enabled = False  # no thread, no database in the user's home
        if "pandas" in sys.modules:  # it looked before there was a shell: 0 means as many as a terminal is wide
            sys.modules["pandas"].set_option("display.max_columns", 20)
        hook = sys.displayhook
        with TemporaryDirectory() as profile:
            shell = _Shell.instance(config=config, ipython_dir=profile)  # `display()` asks for the instance
            try:
                for index, cell in enumerate(nb_man.nb.cells):
                    nb_man.cell_start(cell, index)
                    fine = cell.cell_type != "code" or _run(shell, cell)
                    if not fine:
                        nb_man.cell_exception(cell, index)
                    nb_man.cell_complete(cell, index)
                    if not fine:
                        break
            finally:
                sys.displayhook = hook
                shell.restore_sys_module_state()  # type: ignore[no-untyped-call]
                _Shell.clear_instance()


def _run(shell: _Shell, cell: NotebookNode) -> bool:
    """Run a code cell into its outputs: whether it went through."""
    if not cell.source.strip():
        return True
    cell.outputs, fine = shell.run(cell.source)
    cell.execution_count = shell.cell_count
    return fine
