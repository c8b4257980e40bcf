"""Draws a scene as HTML: the picture, and the details of each group opening beside it.

Nothing is loaded and no script runs: each group with details becomes a `<details>` whose summary lies over its strip of
the picture, so that a click, Tab and Enter, a reader of screens and the find command of a browser all work, in a
notebook, in an exported page and in a file opened from a mail. Where the style sheet is taken away (JupyterLab does it
to notebooks that are not trusted, mail programs do) the hidden picture stays hidden, and the text form and the plain
list of details show instead.
"""

from __future__ import annotations

from hashlib import sha256
from html import escape

from xivolab.views import svg
from xivolab.views.clean import many_lines, one_line
from xivolab.views.palette import ink_rules, variables
from xivolab.views.scene import Details, Fold, Group, Item, Scene

PANEL_HEIGHT = 430
"""Pixels an open message takes beside the picture."""

_LIGHT, _DARK = variables("light"), variables("dark")

_STYLE = (
    # The page's own word (JupyterLab, VS Code) goes before the system's.
    f".xivolab{{{_LIGHT};color-scheme:light}}"
    f"@media (prefers-color-scheme:dark){{.xivolab{{{_DARK};color-scheme:dark}}}}"
    f"[data-jp-theme-light=true] .xivolab,.vscode-light .xivolab{{{_LIGHT};color-scheme:light}}"
    f"[data-jp-theme-light=false] .xivolab,.vscode-dark .xivolab{{{_DARK};color-scheme:dark}}"
    ".xivolab{position:relative;container-type:inline-size;background:var(--xv-paper);color:var(--xv-text);"
    f"font:13px/1.45 {svg.SANS}}}"
    ".xivolab .xv-stage{display:block;width:max-content;background:var(--xv-paper)}"
    ".xivolab .xv-plain{display:none}"
    ".xivolab svg{display:block;max-width:none}"
    ".xivolab .xv-head{position:sticky;top:0;z-index:2;background:var(--xv-paper)}"
    ".xivolab summary{position:absolute;left:0;top:var(--y);height:var(--h);z-index:1;margin:0;padding:0;cursor:pointer;"
    "list-style:none;border-radius:4px;overflow:hidden;color:transparent;background:none;white-space:nowrap;user-select:none}"
    ".xivolab summary::-webkit-details-marker{display:none}"
    ".xivolab summary:hover,.xivolab details[open] summary{box-shadow:inset 0 0 0 1.5px var(--xv-request)}"
    ".xivolab summary:focus-visible{outline:3px solid var(--xv-request);outline-offset:-3px}"
    ".xivolab .xv-panel{position:absolute;left:12px;right:12px;top:calc(var(--y) + var(--h));z-index:3;box-sizing:border-box;"
    f"max-width:900px;max-height:min({PANEL_HEIGHT}px,max(220px,100% - var(--y) - var(--h) - 6px));overflow:auto;"
    "background:var(--xv-paper);border:1.5px solid var(--xv-request);border-radius:6px;box-shadow:0 4px 18px #0005}"
    f".xivolab .xv-up .xv-panel{{top:auto;bottom:calc(100% - var(--y));max-height:min({PANEL_HEIGHT}px,var(--y))}}"
    f".xivolab:has(>details[open]) .xv-stage{{min-height:{PANEL_HEIGHT}px}}"
    ".xivolab .xv-panel p{position:sticky;top:0;margin:0;padding:6px 12px;"
    "background:var(--xv-wash);color:var(--xv-text)}"
    f".xivolab .xv-panel pre{{margin:0;padding:8px 12px;font:11.5px/1.5 {svg.MONO};color:var(--xv-text);background:none;"
    "border:0;white-space:pre-wrap;overflow-wrap:anywhere}"
    # One click takes all of it: no script is needed to copy it.
    f".xivolab .xv-panel code{{font:11.5px/1.5 {svg.MONO};color:var(--xv-text);background:none;user-select:all}}"
    ".xivolab .xv-panel details summary{position:static;width:auto!important;height:auto;color:var(--xv-text);"
    "padding:4px 12px;box-shadow:none;white-space:normal}.xivolab .xv-panel details summary::before{content:'▸ '}"
    ".xivolab .xv-panel details[open] summary::before{content:'▾ '}"
    ".xivolab .xv-panel del{color:var(--xv-failure);font-weight:700}"
    ".xivolab .xv-panel ins{color:var(--xv-success);font-weight:700}"
    "@media print{.xivolab .xv-head{position:static}}"
)


def html(scene: Scene, plain: str) -> str:
    """An HTML fragment of the scene; `plain` is its text form, for readers that take style sheets away."""
    head, body = _cut(scene)
    opening = [(group.title, group.details) for group in scene.groups() if group.details]
    content = "\n".join([scene.title, plain, *(details.text for _, details in opening)])
    prefix = "xv-" + sha256(content.encode("utf-8", "replace")).hexdigest()[:10]
    stage = svg.strip(scene, scene.head, scene.height, "", svg.items(body))
    if scene.head:
        stage = f'<div class="xv-head">{svg.strip(scene, 0, scene.head, "", svg.items(head))}</div>{stage}'
    style = (
        _STYLE
        + svg.TEXT_RULES.format(".xivolab")
        + ink_rules(".xivolab", lambda ink: f"var(--xv-{ink})")
        + _place(prefix, scene)
    )
    return (
        f'<div class="xivolab" id="{prefix}" lang="{scene.lang}"><style>{style}</style>'
        f'<pre class="xv-plain">{escape(plain)}</pre>'
        # `hidden` holds only where the style sheet is gone: the texts of a picture without its lines are rubbish. It has a
        # value because JupyterLab drops attributes without one.
        f'<div class="xv-stage" hidden="hidden">{stage}</div>'
        + "".join(
            _details(tip, details, f"{prefix}-{number}", prefix, scene)
            for number, (tip, details) in enumerate(opening, 1)
        )
        + "</div>"
    )


def page(scene: Scene, plain: str, before: str = "") -> str:
    """A stand-alone HTML document of the scene; `before` is HTML that goes before it."""
    return (
        f'<!DOCTYPE html>\n<html lang="{scene.lang}"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width,initial-scale=1"><title>{escape(one_line(scene.title))}</title>'
        "<style>:root{color-scheme:light dark}body{margin:16px;background:#fff}"
        "@media (prefers-color-scheme:dark){body{background:#111}}</style></head>"
        f"<body>{before}{html(scene, plain)}</body></html>\n"
    )


def _cut(scene: Scene) -> tuple[tuple[Item, ...], tuple[Item, ...]]:
    """The items of the strip that stays in sight (groups of kind "head") and the others."""
    heads = [isinstance(item, Group) and item.kind == "head" for item in scene.items]
    return (
        tuple(item for item, is_head in zip(scene.items, heads, strict=True) if is_head),
        tuple(item for item, is_head in zip(scene.items, heads, strict=True) if not is_head),
    )


def _place(prefix: str, scene: Scene) -> str:
    """CSS of this picture alone: how wide its strips are, and from which width on its panel stands beside it."""
    width = round(scene.width)
    return (
        f"#{prefix} summary{{width:{width}px}}"
        f"@container (min-width:{width + 380}px){{"
        f"#{prefix} .xv-panel{{left:{width + 10}px;right:6px;bottom:auto;max-height:{PANEL_HEIGHT}px;"
        f"top:clamp(0px,var(--y) - 80px,max(0px,100% - {PANEL_HEIGHT + 4}px))}}}}"
    )


def _details(tip: str, details: Details, own: str, prefix: str, scene: Scene) -> str:
    """A message that opens; where its panel cannot stand beside the picture, one of the lower half opens upwards."""
    side = "xv-up" if details.top > scene.height / 2 else "xv-down"
    heading = escape(one_line(details.heading))
    command = f"<br><code>{escape(one_line(details.command))}</code>" if details.command else ""
    return (
        f'<details name="{prefix}" id="{own}" class="{side}" style="--y:{details.top:.0f}px;--h:{details.height:.0f}px">'
        f'<summary title="{escape(many_lines(tip))}">{heading}</summary>'
        f'<div class="xv-panel"><p><b>{heading}</b><br>{escape(one_line(details.note))}{command}</p>{"".join(map(_fold, details.folds))}<pre>{escape(many_lines(details.text).rstrip())}</pre></div></details>'
    )


def _fold(fold: Fold) -> str:
    """A part that opens by itself; what stands out is struck through (-), underlined (+) or bold."""
    tags = {"-": "del", "+": "ins"}
    lines = []
    for sign, pieces in fold.lines:
        tag = tags.get(sign, "b")
        shown = "".join(
            f"<{tag}>{escape(one_line(text))}</{tag}>" if stands_out else escape(one_line(text))
            for text, stands_out in pieces
        )
        lines.append(f"{escape(sign)} {shown}".rstrip())
    return f"<details><summary>{escape(one_line(fold.heading))}</summary><pre>{chr(10).join(lines)}</pre></details>"
