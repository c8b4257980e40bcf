"""What one recording left, and the folders it is kept in."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from xivolab.bench.capture import Tap
from xivolab.bench.case import Case, File, write_case, write_truth
from xivolab.bench.truth import Truth

_KINDS = {
    "cel.csv": "cel-csv",
    "cel.txt": "cel-psql",
    "queue_log": "queue-log",
    "Master.csv": "cdr-csv",
}


@dataclass(frozen=True, slots=True)
class Recording:
    """The captures by the point where they were taken, and the texts of the PBX (file name to content), with what is known
    about them.
    """

    case: Case
    truth: Truth
    captures: dict[Tap, Path]
    texts: dict[str, str]

    def keep(self, folder: Path) -> list[Path]:
        """Write everything into one case folder."""
        self._write(folder, [*self._captured(), *self._told()])
        return [folder]

    def keep_as_samples(self, repository: Path) -> list[Path]:
        """Write the capture under captures/, and what the server says under sample_logs/."""
        captures, logs = (repository / part / self.case.name for part in ("captures", "sample_logs"))
        self._write(captures, self._captured())
        self._write(logs, list(self._told()))
        return [captures, logs]

    def _captured(self) -> list[File]:
        return [File(tap.file, "capture", tap.point, tap.host) for tap in self.captures]

    def _told(self) -> Iterable[File]:
        return (File(name, _kind(name)) for name in self.texts)

    def _write(self, folder: Path, files: list[File]) -> None:
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        captured = {tap.file: path for tap, path in self.captures.items()}
        for file in files:
            if file.kind == "capture":
                shutil.copyfile(captured[file.path], folder / file.path)
                write_truth(folder, self.truth)
            else:
                (folder / file.path).parent.mkdir(exist_ok=True)
                # As bytes: a text file would turn the carriage returns of SIP messages into something else.
                (folder / file.path).write_bytes(self.texts[file.path].encode())
        write_case(folder, self.case, files)


def _kind(name: str) -> str:
    """What a file of the PBX is: what its command line prints ends in .txt, other files are logs."""
    return _KINDS.get(name) or ("cli" if name.endswith(".txt") else "asterisk-log")
