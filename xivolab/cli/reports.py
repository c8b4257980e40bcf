"""The commands that make HTML reports: report for some evidence, batch for folders of captures."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from xivolab.cli.app import command
from xivolab.cli.language import language
from xivolab.cli.options import Evidence, KeyLogFile, Language, Year, Zone
from xivolab.cli.status import BAD_INPUT, DEFECT, tell
from xivolab.cli.times import zone
from xivolab.errors import UsageError, XivolabError

if TYPE_CHECKING:
    from collections.abc import Callable

    from xivolab.report.batch import FailOn
    from xivolab.report.spec import ReportSpec, Result


def _folder(path: Path) -> Path:
    """Checks that reports can go there, now rather than at the end of each. Raises UsageError."""
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError(f"cannot be made: {error.strerror}", f"-o {path}", "name a folder you can write to") from error
    if not os.access(path, os.W_OK):
        raise UsageError("cannot be written", f"-o {path}", "name a folder you can write to")
    return path


Folder = Annotated[
    Path, typer.Option("-o", "--output", metavar="DIR", callback=_folder, help="Folder the reports go to.")
]
Deadline = Annotated[float, typer.Option("--deadline", metavar="SECONDS", min=1, help="Longest time for one report.")]
Thresholds = Annotated[
    list[str] | None,
    typer.Option("--threshold", metavar="CODE=FIGURE", help="From when on a call is pointed out: packet-loss=0.5."),
]
FailOption = Annotated[
    str | None,
    typer.Option("--fail-on", metavar="error|warning", help="Exit status 1 when something that bad is found."),
]

# What is not one of these is a defect of ours, in a notebook too.
_ERRORS = {XivolabError.__name__, *(error.__name__ for error in XivolabError.__subclasses__())}

_REPORT = (
    "xivolab report trace.pcap -o reports",
    "xivolab report captures/one-way-audio -o reports --lang fr",
    "xivolab report trace.pcap full -o reports --name ticket-4711",
    "xivolab report trace.pcap -o reports --audio",
    "xivolab report trace.pcap -o reports --kind traffic",
    "xivolab report paste.txt -o reports --kind console",
)
_KINDS = ("calls", "traffic", "console", "journal")
_BATCH = (
    "xivolab batch captures -o reports",
    "xivolab batch /var/spool/traces -o reports -j 4 --fail-on error",
)


@command(_REPORT)
def report(
    evidence: Evidence,
    output: Folder,
    name: Annotated[str, typer.Option("--name", metavar="NAME", help="Name of the files.")] = "report",
    title: Annotated[str, typer.Option("--title", metavar="TEXT", help="Heading of the page.")] = "",
    kind: Annotated[
        str,
        typer.Option(
            "--kind",
            metavar="calls|traffic|console|journal",
            help="The calls one by one, the traffic, the console, or the journal.",
        ),
    ] = "calls",
    threshold: Thresholds = None,
    audio: Annotated[bool, typer.Option("--audio", help="Put the sound of the calls in, to be heard.")] = False,
    deadline: Deadline = 300.0,
    lang: Language = None,
    tz: Zone = None,
    year: Year = None,
    keylog: KeyLogFile = None,
) -> int:
    """Make one report of some evidence: DIR/NAME.html, with its notebook and its figures beside it."""
    import xivolab
    from xivolab.report.isolated import run_isolated
    from xivolab.report.spec import ReportSpec

    zone(tz)
    notebook = _notebook(kind)
    if audio and notebook:
        raise UsageError("only reports of calls have sound", "--audio", f"leave --kind {kind} or --audio out")
    # What cannot be read is told here, not by the process of the report.
    xivolab.open(*evidence, tz=tz, year=year, keylog=keylog)
    figures = _thresholds(threshold or ())
    spec = ReportSpec(
        tuple(evidence),
        str(output),
        name,
        lang=language(lang),
        title=title,
        thresholds=figures,
        tz=tz,
        year=year,
        keylog=keylog,
        deadline_s=deadline,
        notebook=notebook,
        parameters={"audio": True} if audio else {},
    )
    with _progress() as (on_start, on_result):
        on_start([spec])
        result = run_isolated(spec)
        on_result(result)
    if result.status == "ok":
        print(result.html)
        return 0
    return BAD_INPUT if result.status != "failed" or result.error_kind in _ERRORS else DEFECT


@command(_BATCH)
def batch(
    places: Annotated[list[str], typer.Argument(metavar="DIR", help="Folders of captures, or captures.")],
    output: Folder,
    jobs: Annotated[int | None, typer.Option("-j", "--jobs", metavar="N", min=1, help="Reports at a time.")] = None,
    dask: Annotated[str | None, typer.Option("--dask", metavar="ADDRESS", help="Dask scheduler to run them.")] = None,
    fail_on: FailOption = None,
    threshold: Thresholds = None,
    deadline: Deadline = 300.0,
    lang: Language = None,
    tz: Zone = None,
    year: Year = None,
    keylog: KeyLogFile = None,
) -> int:
    """Make a report for each capture, log and case folder below DIR, and DIR/index.html that lists them."""
    from xivolab.report.batch import Runner, run_batch
    from xivolab.report.isolated import run_all

    zone(tz)
    if keylog is not None:
        from xivolab.net.keylog import read_key_log

        read_key_log(keylog)  # one that cannot be read is told once, not for each report
    fail = _fail_on(fail_on)
    runner: Runner = run_all
    if dask is not None:
        from xivolab.report.dask_runner import dask_runner

        runner = dask_runner(dask)
    with _progress() as (on_start, on_result):
        done = run_batch(
            places,
            output,
            jobs=jobs,
            lang="fr" if language(lang) == "fr" else "en",
            deadline_s=deadline,
            thresholds=_thresholds(threshold or ()),
            tz=tz,
            year=year,
            keylog=keylog,
            on_start=on_start,
            on_result=on_result,
            runner=runner,
        )
    print(done.index)
    return 1 if fail and done.found(fail) else 0


def _notebook(kind: str) -> str | None:
    """The notebook of that kind of report, None for the usual one. Raises UsageError."""
    from xivolab import resources

    if kind not in _KINDS:
        raise UsageError(f"no kind of report {kind!r}", "--kind", f"it is {', '.join(_KINDS[:-1])} or {_KINDS[-1]}")
    return None if kind == "calls" else str(resources.notebook(f"{kind}.ipynb"))


def _fail_on(text: str | None) -> FailOn | None:
    if text is None or text == "error":
        return "error" if text else None
    if text == "warning":
        return "warning"
    raise UsageError(f"no severity {text!r}", "--fail-on", "it is error or warning")


def _thresholds(options: Sequence[str]) -> dict[str, float]:
    """`CODE=FIGURE` options as a mapping; the codes are checked where they are used. Raises UsageError."""
    figures: dict[str, float] = {}
    for option in options:
        code, _, figure = option.partition("=")
        try:
            figures[code] = float(figure)
        except ValueError as error:
            raise UsageError(
                "a code and a figure are expected", f"--threshold {option}", "write packet-loss=0.5"
            ) from error
    return figures


@contextmanager
def _progress() -> Iterator[tuple[Callable[[Sequence[ReportSpec]], None], Callable[[Result], None]]]:
    """Two functions to call when the reports are known and when one is done: a line for each, and a bar on a terminal."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    console = Console(stderr=True)
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task("reports", total=None)

        def on_start(specs: Sequence[ReportSpec]) -> None:
            bar.update(task, total=len(specs))

        def on_result(result: Result) -> None:
            bar.advance(task)
            if result.status != "ok":
                tell(f"{result.name}: {result.status}: {result.error}")
            else:  # above the bar, where there is one
                console.print(_line(result), markup=False, highlight=False, soft_wrap=True)

        yield on_start, on_result


def _line(result: Result) -> str:
    """What became of a report, in a line: only what is not zero, but for the calls."""
    counts = {key: result.summary.get(key, 0) for key in ("calls", "failures", "degraded", "problems")}
    counts["problems"] = len(counts["problems"] or ())
    words = {"calls": "call", "failures": "failure", "degraded": "to look at", "problems": "problem"}
    told = [
        f"{count} {words[key]}{'s' if count != 1 and key != 'degraded' else ''}"
        for key, count in counts.items()
        if count or (key == "calls" and result.summary)
    ]
    return f"{result.name}: {', '.join([*told, f'{result.seconds:.1f} s'])}"
