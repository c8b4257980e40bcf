"""index.html of a batch: one row for each report, sortable without a network and readable without scripts."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from html import escape
from pathlib import Path
from typing import Any
from urllib.parse import quote

import xivolab
from xivolab.report.html import Html, badge, figures, join, tag
from xivolab.report.spec import Result
from xivolab.report.style import BLOCK_CSS, INDEX_CSS, PAGE_CSS, SORT_JS
from xivolab.report.words import Lang, Words, words

_TONES = {"ok": "good", "failed": "bad", "timeout": "bad", "killed": "bad"}


def write_index(results: Sequence[Result], folder: Path, lang: Lang, tz: str | None = None) -> Path:
    """Write `folder`/index.html: its path."""
    say = words(lang, tz)
    body = [
        tag("h1", say("index-title")),
        tag(
            "p",
            say("made", when=say.moment(datetime.now(UTC).timestamp()), version=xivolab.__version__),
            class_="xl-muted",
        ),
        figures(_figures(results, say)),
        tag("p", say("index-sort"), class_="xl-muted xl-with-script"),
        _table(results, folder, say),
    ]
    page = (
        f'<!DOCTYPE html>\n<html lang="{lang}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n'
        f"<title>{escape(say('index-title'))}</title>\n<style>{PAGE_CSS}{BLOCK_CSS}{INDEX_CSS}</style>\n</head>\n"
        f'<body>\n<main class="xl">\n{join(body)}\n</main>\n<script>{SORT_JS}</script>\n</body>\n</html>\n'
    )
    path = folder / "index.html"
    path.write_text(page, encoding="utf-8")
    return path


def _figures(results: Sequence[Result], say: Words) -> list[tuple[str, str, str]]:
    total: Counter[str] = Counter()
    for result in results:
        for key in ("calls", "failures", "degraded"):
            total[key] += result.summary.get(key, 0)
    without = sum(result.status != "ok" for result in results)
    shown = [
        (say("captures"), say.number(len(results)), ""),
        (say("calls"), say.number(total["calls"]), ""),
        (say("failures"), say.number(total["failures"]), "bad" if total["failures"] else "good"),
        (say("degraded"), say.number(total["degraded"]), "warn" if total["degraded"] else "good"),
    ]
    if without:
        shown.append((say("without-report"), say.number(without), "bad"))
    return shown


def _table(results: Sequence[Result], folder: Path, say: Words) -> Html:
    keys = (
        "capture",
        "start",
        "calls",
        "failures",
        "degraded",
        "worst-mos",
        "problems-short",
        "made-in",
        "report",
    )
    head = tag("tr", join(tag("th", tag("button", say(key), type="button"), scope="col") for key in keys))
    rows = join((_row(result, folder, say) for result in sorted(results, key=_badness)), "\n")
    return tag("div", tag("table", join([tag("thead", head), tag("tbody", rows)]), id_="reports"), class_="xl-scroll")


def _badness(result: Result) -> tuple[bool, int, int, float]:
    """The worst come first: no report, failures, figures over a threshold, a poor MOS."""
    facts = result.summary
    mos = facts.get("worst_mos")
    return result.status == "ok", -facts.get("failures", 0), -facts.get("degraded", 0), 5.0 if mos is None else mos


def _worst(call: Mapping[str, Any] | None, say: Words) -> str:
    """How the worst call went, in a few words."""
    if call is None:
        return ""
    outcome = f"{say('state-' + call['state'])} {call['status'] or ''}".strip()
    return f"{call['caller'] or '?'} → {call['callee'] or '?'}: {outcome}"


def _row(result: Result, folder: Path, say: Words) -> Html:
    facts = result.summary  # a notebook of the user's own may write less into it than ours
    title, mos = facts.get("title", result.name), facts.get("worst_mos")
    link = tag("a", title, href=_href(result.html, folder)) if result.html else tag("strong", title)
    about = [text for text in (result.name if title != result.name else "", _worst(facts.get("worst"), say)) if text]
    below = tag("div", " · ".join(about), class_="xl-muted")
    error = tag("div", result.error, class_="xl-error") if result.error else ""
    trace = tag("a", "ipynb", href=_href(result.ipynb, folder)) if result.ipynb else ""
    cells = [
        tag("td", join([link, below, error]), data_sort=title),
        _cell(say.stamp(facts["start"]) if facts.get("start") else "", facts.get("start")),
        *(_count(facts.get(key), key, say) for key in ("calls", "failures", "degraded")),
        _cell("" if mos is None else say.number(mos, 2), mos),
        _count(len(facts["problems"]) if "problems" in facts else None, "problems", say),
        _cell(say.seconds(result.seconds), result.seconds),
        tag(
            "td", join([badge(say(f"run-{result.status}"), _TONES[result.status]), " ", trace]), data_sort=result.status
        ),
    ]
    return tag("tr", join(cells))


def _count(value: int | None, key: str, say: Words) -> Html:
    """A number, in the colour of what it counts when it is not zero."""
    tone = {"failures": "bad", "degraded": "warn", "problems": "warn"}.get(key) if value else None
    text = "" if value is None else say.number(value)
    return _cell(tag("span", text, class_=f"xl-badge xl-{tone}") if tone else text, value)


def _cell(content: object, value: float | None) -> Html:
    """A cell that sorts by a number, whatever its text looks like."""
    return tag("td", content, class_="num", data_sort="" if value is None else repr(value))


def _href(path: str, folder: Path) -> str:
    return quote(os.path.relpath(path, folder))
