"""What a report is asked for, and what became of it: plain data that crosses processes as JSON."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Literal

Status = Literal["ok", "failed", "timeout", "killed"]


@dataclass(frozen=True, slots=True)
class ReportSpec:
    """One report: `evidence` as `xivolab.open()` takes it, written to `out`/`name`.html, .ipynb and .json.

    `thresholds` maps finding codes to figures (`xivolab.findings.thresholds`). `deadline_s` is kept by whoever gives the
    report its process (`run_all`, a batch). `notebook` names another notebook than the project's, `parameters` its
    further parameters. `keylog` is a file of TLS keys.
    """

    evidence: tuple[str, ...]
    out: str
    name: str
    lang: str = "en"
    title: str = ""
    thresholds: Mapping[str, float] = field(default_factory=dict)
    tz: str | None = None
    year: int | None = None
    keylog: str | None = None
    deadline_s: float = 300.0
    notebook: str | None = None
    parameters: Mapping[str, Any] = field(default_factory=dict)

    def path(self, suffix: str) -> Path:
        """Where the artefact of that suffix goes."""
        return Path(self.out) / f"{self.name}{suffix}"

    def to_json(self) -> dict[str, Any]:
        """As a JSON object."""
        return asdict(self)

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> ReportSpec:
        """From that JSON object."""
        return cls(**{**data, "evidence": tuple(data["evidence"])})


@dataclass(frozen=True, slots=True)
class Result:
    """What became of a report: `status` "ok" only when the HTML page and the summary are there.

    `summary` is what the index shows (`xivolab.report.summary`), empty unless ok. `error` is one line, empty when ok;
    `error_kind` the class name of the exception behind it, where there is one. `seconds` is wall-clock time.
    """

    status: Status
    name: str
    html: str | None = None
    ipynb: str | None = None
    summary: Mapping[str, Any] = field(default_factory=dict)
    error: str = ""
    error_kind: str = ""
    seconds: float = 0.0

    def to_json(self) -> dict[str, Any]:
        """As a JSON object."""
        return asdict(self)

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Result:
        """From that JSON object."""
        return cls(**data)
