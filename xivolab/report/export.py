"""An executed notebook as one HTML page: no input cells, nothing loaded from anywhere."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from nbconvert.exporters import TemplateExporter
from nbformat import NotebookNode

from xivolab.report.style import PAGE_CSS

TEMPLATES = Path(__file__).parent / "templates"


@cache
def _exporter() -> TemplateExporter:
    """Nbconvert with our template.

    Not its HTMLExporter: that one names scripts on a CDN, and takes the finished page apart with BeautifulSoup,
    which costs seconds on a page full of SVG and writes SVG's attributes in lower case.
    """
    return TemplateExporter(
        template_name="xivolab",
        template_file="index.html.j2",
        extra_template_basedirs=[str(TEMPLATES)],
        file_extension=".html",
    )


def page(notebook: NotebookNode, *, lang: str, title: str) -> str:
    """The page of an executed notebook."""
    body, _ = _exporter().from_notebook_node(notebook, {"page": {"lang": lang, "title": title, "css": PAGE_CSS}})
    return str(body)


def write_html(notebook: NotebookNode, path: Path, *, lang: str, title: str) -> None:
    """Write the page whole or not at all."""
    part = path.with_name(path.name + ".part")
    part.write_text(page(notebook, lang=lang, title=title), encoding="utf-8")
    part.replace(path)
