"""Notebooks of a few lines for tests: with the parameters of the report notebook and any cells after them."""

from __future__ import annotations

from pathlib import Path

import nbformat
from nbformat.v4 import new_code_cell, new_notebook

PARAMETERS = """
evidence: list = []
lang: str = "en"
title: str = ""
thresholds: dict = {}
tz: str = None
year: int = None
result_file: str = ""
"""

WRITE_RESULT = "import json, pathlib; pathlib.Path(result_file).write_text(json.dumps({'calls': 1}))"


def write_notebook(path: Path, *cells: str) -> str:
    """A notebook whose code cells are the parameters and then `cells`: its path."""
    notebook = new_notebook(
        cells=[
            new_code_cell(PARAMETERS.strip(), metadata={"tags": ["parameters"]}),
            *(new_code_cell(cell) for cell in cells),
        ],
        metadata={
            "kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"},
            "language_info": {"name": "python"},
        },
    )
    nbformat.write(notebook, path)
    return str(path)
