"""The look of reports: one sheet for the blocks, live in JupyterLab or in a page, and one for the page around them."""

from __future__ import annotations

from pathlib import Path

_TEMPLATES = Path(__file__).parent / "templates"

BLOCK_CSS = (_TEMPLATES / "blocks.css").read_text(encoding="utf-8")
"""Rules under `.xl`: they touch nothing else on a page."""

PAGE_CSS = (_TEMPLATES / "page.css").read_text(encoding="utf-8")
"""Body, headings, print."""

INDEX_CSS = (_TEMPLATES / "index.css").read_text(encoding="utf-8")
"""The headings that sort, the line of an error."""

SORT_JS = (_TEMPLATES / "sort.js").read_text(encoding="utf-8")
"""Sorts a table by the column whose heading is clicked."""
