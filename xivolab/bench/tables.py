"""The tables of samples, made from the case folders themselves so that they cannot go stale."""

from __future__ import annotations

import tomllib
from pathlib import Path

_HEAD = {
    "captures": """\
# Sample captures

Real calls between real phones and a real PBX, recorded in containers at the PBX's network interface. Each folder is a
case: the capture, `case.toml` (where and when it was taken) and `truth.toml` (what really happened). What the server
says about the same calls is in `../sample_logs/`. The addresses and names are those of the lab.
""",
    "sample_logs": """\
# Sample logs

What the PBX says about the calls of `../captures/`: the `full` log with its SIP logger on, CEL as CSV (`cel.csv`) and as
`psql` prints the table (`cel.txt`), and the output of `pjsip show channelstats`, `pjsip show endpoints` and
`core show channels` taken during the call.
""",
}
_FOOT = "\nAll of them again: `xivolab pbx record --all --samples`. This table is written by the recorder.\n"


def write(repository: Path) -> None:
    """Write captures/README.md and sample_logs/README.md."""
    for part, head in _HEAD.items():
        folder = repository / part
        folder.mkdir(exist_ok=True)
        (folder / "README.md").write_text(head + "\n" + _table(folder) + _FOOT)


def _table(folder: Path) -> str:
    rows = ["| folder | what it shows | taken at | record it again |", "| --- | --- | --- | --- |"]
    for path in sorted(folder.glob("*/case.toml")):
        case = tomllib.loads(path.read_text())
        head, files = case["case"], case["files"]
        points = [file["capture_point"] for file in files if "capture_point" in file]
        kind = Path(files[0]["path"]).suffix[1:]
        where = f"{' and '.join(points)}, {kind}" if points else ", ".join(file["path"] for file in files)
        rows.append(f"| `{head['name']}` | {head['title']['en']} | {where} | `{head['command']} --samples` |")
    return "\n".join(rows) + "\n"
