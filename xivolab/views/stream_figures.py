"""The figures of one stream in sections that a person can read: loss and bursts, the sender, jitter buffers, RTCP."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any

from xivolab.views.stream_words import StreamWords

Record = Mapping[str, Any]
Row = tuple[str, str]

_LONG = 46  # columns of label and value together
_BUFFERS = ("50", "200", "adaptive")
_XR = ("lost_pct", "discarded_pct", "rtt_ms", "mos_lq", "mos_cq", "r_factor", "buffer_ms", "end_system_ms", "lost")


@dataclass(frozen=True, slots=True)
class Section:
    """Some figures that belong together: rows of label and value, or a table with a `head`; `note` stands under them."""

    title: str
    rows: tuple[tuple[str, ...], ...]
    head: tuple[str, ...] = ()
    note: str = ""


def sections(stream: Record, words: StreamWords) -> tuple[Section, ...]:
    """The sections of a stream, given its record (`xivolab.schema.STREAM`, as JSON has it)."""
    xr = _xr(stream, words)
    return (
        Section(words("way"), tuple(_way(stream, words))),
        _buffers(stream, words),
        Section(words("remote"), tuple(_remote(stream, words)) or ((words("no-report"), words("none-seen")),)),
        *([Section(words("xr"), tuple(xr))] if xr else []),
        Section(words("sender"), tuple(_sender(stream, words))),
    )


def in_text(stream: Record, words: StreamWords) -> str:
    """The sections as plain text in even columns."""
    return "\n\n".join("\n".join([section.title, *_lines(section)]) for section in sections(stream, words))


def in_short(stream: Record, words: StreamWords) -> list[str]:
    """What should not be missed, in a few lines: bursts, packet time, late packets and quality behind each buffer."""
    told = [(words("bursts"), _bursts(stream, words))] if stream["loss_bursts"] else []
    told.append((words("ptime"), _ptime(stream, words)))
    lines = [f"  {words('colon', label=label, value=value)}" for label, value in told]
    return [*lines, *_lines(_buffers(stream, words))]


def _lines(section: Section) -> list[str]:
    rows = [section.head, *section.rows] if section.head else list(section.rows)
    widths = [max(len(row[n]) for row in rows) for n in range(len(rows[0]))]
    lines = []
    for row in rows:
        if section.head:
            cells = [row[0].ljust(widths[0]), *(cell.rjust(w) for cell, w in zip(row[1:], widths[1:], strict=True))]
            lines.append("  " + "  ".join(cells).rstrip())
            continue
        # A value of several parts that is long has a line for each.
        parts = row[1].split(" · ") if widths[0] + len(row[1]) > _LONG else [row[1]]
        lines += [f"  {label.ljust(widths[0])}  {part}" for label, part in zip_longest(row[:1], parts, fillvalue="")]
    return [*lines, *(f"  {part}" for part in section.note.split(" · "))] if section.note else lines


def _way(stream: Record, words: StreamWords) -> Iterator[Row]:
    number = words.number
    yield words("packets"), words("packets-of", packets=stream["packets"], expected=stream["expected"])
    yield words("lost"), f"{stream['lost']} ({number(stream['lost_pct'], 1)} %)"
    if stream["loss_bursts"]:
        yield words("bursts"), _bursts(stream, words)
        yield words("lengths"), _lengths(stream["burst_histogram"])
    yield words("order"), f"{stream['out_of_order']} · {stream['duplicates']}"
    for key, name in (("captured-twice", "capture_duplicates"), ("restarts", "restarts")):
        if stream[name]:
            yield words(key), str(stream[name])
    means = (stream["jitter_rfc_ms"], stream["jitter_mean_ms"], stream["jitter_max_ms"])
    rfc, mean, most = (number(value, 1) for value in means)
    yield words("jitter"), words("jitter-is", rfc=rfc, mean=mean, most=most)
    yield words("gap"), f"{number(stream['gap_max_ms'])} ms"


def _bursts(stream: Record, words: StreamWords) -> str:
    mean, ratio = words.number(stream["burst_mean"], 1), words.number(stream["burst_ratio"], 2)
    return words("bursts-are", count=stream["loss_bursts"], mean=mean, longest=stream["burst_max"], ratio=ratio)


def _lengths(histogram: list[int]) -> str:
    """ "1 ×8 · 2 ×3 · 16+ ×1": how many runs of each length."""
    last = len(histogram)
    return " · ".join(f"{n}{'+' if n == last else ''} ×{count}" for n, count in enumerate(histogram, 1) if count)


def _buffers(stream: Record, words: StreamWords) -> Section:
    rows = []
    known = stream["mos"] is not None or stream["mos_assumed"] is not None
    for buffer in _BUFFERS:
        delay = stream["buffer_adaptive_ms"]
        if buffer != "adaptive":
            name = words("fixed", ms=buffer)
        else:
            name = words("adaptive") if delay is None else words("adaptive-ms", ms=words.number(delay))
        mos = [words.number(stream[f"mos_{kind}_{buffer}"], 2) for kind in ("lq", "cq")] if known else []
        rows.append((name, words.number(stream[f"late_{buffer}"]), *mos))
    head = (words("buffer"), words("late"), *((words("listening"), words("talking")) if known else ()))
    note = f"{words('kinds')} · {mos_note(stream, words)}" if known else mos_note(stream, words)
    return Section(words("buffers"), tuple(rows), head, note)


def mos_note(stream: Record, words: StreamWords) -> str:
    """On which scale the MOS of a stream is, whether it is assumed, or why there is none."""
    codec = stream["codec"] or f"PT {stream['payload_type']}"
    if stream["mos"] is None and stream["mos_assumed"] is None:
        if stream["file"] is not None and stream["late_50"] is None:
            return words("no-times")
        return words("no-mos", codec=codec)
    scale = words(f"scale-{stream['mos_scale'] or 'nb'}")
    return scale if stream["mos"] is not None else f"{scale}; {words('assumed', codec=codec)}"


def _remote(stream: Record, words: StreamWords) -> Iterator[Row]:
    for key, name, digits, unit in (
        ("loss", "remote_lost_pct", 1, "%"),
        ("jitter", "remote_jitter_ms", 1, "ms"),
        ("round-trip", "rtt_ms", 0, "ms"),
    ):
        if stream[name] is not None:
            yield words(key), f"{words.number(stream[name], digits)} {unit}"


def _xr(stream: Record, words: StreamWords) -> list[Row]:
    xr = {name: stream[f"xr_{name}"] for name in (*_XR, "burst_pct", "burst_ms", "duplicates", "jitter_ms")}
    number = words.number
    rows = [
        (words(key), f"{number(xr[name], digits)} {unit}")
        for key, name, digits, unit in (
            ("loss", "lost_pct", 1, "%"),
            ("xr-discarded", "discarded_pct", 1, "%"),
            ("round-trip", "rtt_ms", 0, "ms"),
            ("xr-end", "end_system_ms", 0, "ms"),
            ("xr-buffer", "buffer_ms", 0, "ms"),
            ("jitter", "jitter_ms", 1, "ms"),
        )
        if xr[name] is not None
    ]
    if xr["burst_pct"] is not None:
        told = words("xr-burst-is", share=number(xr["burst_pct"], 1), ms=number(xr["burst_ms"]))
        rows.append((words("xr-burst"), told))
    if any(xr[name] is not None for name in ("mos_lq", "mos_cq", "r_factor")):
        lq, cq, r = number(xr["mos_lq"], 1), number(xr["mos_cq"], 1), number(xr["r_factor"])
        rows.append((words("xr-mos"), words("xr-mos-is", lq=lq, cq=cq, r=r)))
    if xr["lost"] is not None:
        rows.append((words("xr-sum"), f"{xr['lost']} · {number(xr['duplicates'])}"))
    return rows


def _sender(stream: Record, words: StreamWords) -> Iterator[Row]:
    yield words("ptime"), _ptime(stream, words)
    skew = stream["clock_skew_ppm"]
    told = words("skew-unknown") if skew is None else words("skew-is", ppm=f"{skew:+.0f}")
    yield words("skew"), told
    types = ", ".join(map(str, stream["payload_types"]))
    changes = stream["payload_type_changes"]
    yield words("types"), words("types-change", types=types, count=changes) if changes else types
    yield words("security"), words(f"srtp-{stream['srtp'] or 'none'}")
    others = [f"{name.upper()} ×{stream[name]}" for name in ("stun", "dtls", "zrtp") if stream[name]]
    if others:
        yield words("other"), " · ".join(others)
    if stream["cname"]:
        yield words("cname"), stream["cname"]
    if stream["rtcp_bye"] is not None and stream["start"] is not None:
        after = words.number(stream["rtcp_bye"] - stream["start"], 1)
        yield words("goodbye"), words("goodbye-at", seconds=after)
    yield words("matched"), words(f"by-{stream['matched_by']}")
    if stream["file"] is not None:
        yield words("told"), words("told-at", file=stream["file"], line=stream["line"])


def _ptime(stream: Record, words: StreamWords) -> str:
    measured, told = stream["ptime_ms"], stream["ptime_sdp_ms"]
    if measured is None:
        return words("ptime-unknown")
    shown = words.number(measured, 1 if measured % 1 else 0)
    if told is None:
        return words("ptime-alone", measured=shown)
    key = "ptime-both" if abs(measured - told) < 0.5 else "ptime-differs"
    return words(key, measured=shown, told=words.number(told, 1 if told % 1 else 0))
