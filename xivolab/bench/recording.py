"""What one recording left, and the folders it is kept in."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from xivolab.bench.case import Case, File, write_case, write_truth
from xivolab.bench.truth import Truth

_KINDS = {"full": "asterisk-log", "cel.csv": "cel-csv", "cel.txt": "cel-psql"}


@dataclass(frozen=True, slots=True)
class Recording:
    """A capture and the texts of the PBX (file name to content), with what is known about them."""

    case: Case
    truth: Truth
    capture: Path
    capture_point: str
    texts: dict[str, str]

    def keep(self, folder: Path) -> list[Path]:
        """Write everything into one case folder."""
        self._write(folder, [self._captured(), *self._told()])
        return [folder]

    def keep_as_samples(self, repository: Path) -> list[Path]:
        """Write the capture under captures/, and what the server says under sample_logs/."""
        captures, logs = (repository / part / self.case.name for part in ("captures", "sample_logs"))
        self._write(captures, [self._captured()])
        self._write(logs, list(self._told()))
        return [captures, logs]

    def _captured(self) -> File:
        return File(self.capture.name, "capture", self.capture_point)

    def _told(self) -> Iterable[File]:
        return (File(name, _KINDS.get(name, "cli")) for name in self.texts)

    def _write(self, folder: Path, files: list[File]) -> None:
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        for file in files:
            if file.kind == "capture":
                shutil.copyfile(self.capture, folder / file.path)
                write_truth(folder, self.truth)
            else:
                # As bytes: a text file would turn the carriage returns of SIP messages into something else.
                (folder / file.path).write_bytes(self.texts[file.path].encode())
        write_case(folder, self.case, files)
