"""Tables as HTML and LaTeX; psql itself is asked in test_psql.py."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from xivolab.asterisk.cel.psql_markup import html_tables, latex_tables


def test_the_page_of_another_program() -> None:
    page = (
        "<html><body><table class=menu><tr><td>Home</td><td>Log out</td></tr></table>\n<TABLE><THEAD><TR><TH>id<TH><a href=x>eventtype"
        "</a><TH>extra</TR></THEAD>\n<TR><TD>1<TD>HANGUP<TD>{&quot;hangupcause&quot;:16}\n<tr><td colspan=3>and more</td></tr></TABLE>"
    )
    (table,) = html_tables(page)
    assert table.columns == ["id", "eventtype", "extra"]
    assert (table.rows, table.lines, table.broken) == ([["1", "HANGUP", '{"hangupcause":16}']], [3], [4])


def test_signs_that_latex_has_for_itself() -> None:
    text = (
        "\\begin{tabular}{r | l}\n\\textit{id} & \\textit{cid\\_name} \\\\\n\\hline\n"
        "1 & 50\\% \\& \\{a\\} \\textless{}b\\textgreater{} \\textbackslash{}n \\$ \\# \\textasciitilde{} \\\\\n\\end{tabular}\n"
    )
    (table,) = latex_tables(text)
    assert table.rows == [["1", "50% & {a} <b> \\n $ # ~"]]
    assert table.lines == [4]


@given(st.text(alphabet='<>trdh/ a="&;\n{}\\\\beginabul|'))
def test_any_markup_gives_tables_or_none(text: str) -> None:
    for table in [*html_tables(f"<table><tr><td>id</td><td>eventtype</td>{text}"), *latex_tables(text)]:
        assert all(len(row) == len(table.columns) for row in table.rows)
        assert len(table.rows) == len(table.lines)
