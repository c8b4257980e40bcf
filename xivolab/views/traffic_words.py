"""The words of the traffic pictures, in French and English."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from typing import Any

from xivolab.views.clock import absolute

Row = Mapping[str, Any]

# key: (English, French)
WORDS: dict[str, tuple[str, str]] = {
    "traffic": ("Traffic", "Trafic"),
    "none": ("No packet in this evidence.", "Aucun paquet dans ces pièces."),
    "captured": ("captured at", "capturé sur"),
    "each": ("intervals of {length}", "intervalles de {length}"),
    "calls": ("Calls", "Appels"),
    "calls_per_s": ("Calls per second", "Appels par seconde"),
    "concurrent": ("Concurrent calls", "Appels simultanés"),
    "registrations_per_s": ("Registrations per second", "Enregistrements par seconde"),
    "streams": ("Concurrent RTP streams", "Flux RTP simultanés"),
    "kbit_s": ("RTP bandwidth, kbit/s", "Débit RTP, kbit/s"),
    "all calls": ("all", "tous"),
    "failed calls": ("failed or rejected", "échoués ou refusés"),
    "held": ("from INVITE to end", "de l’INVITE à la fin"),
    "talking": ("answered", "répondus"),
    "accepted": ("accepted", "acceptés"),
    "most": ("most", "max."),
    "attempts": ("attempts", "tentatives"),
    "answered": ("answered", "répondus"),
    "completed": ("completed", "terminés"),
    "diverted": ("diverted", "renvoyés"),
    "overdue": ("without answer", "restés muets"),
    "pending": ("pending at the end", "en attente à la fin"),
    "begun-before": ("begun before", "commencés avant"),
    "rejected": ("rejected", "refusés"),
    "busiest": ("busiest second", "seconde la plus chargée"),
    "ratios": ("Ratios", "Taux"),
    "load": ("Load", "Charge"),
    "delays": ("Delays", "Délais"),
    "registrations": ("Registrations", "Enregistrements"),
    "others": ("Apart", "À part"),
    "asr": ("ASR answered / calls", "ASR répondus / appels"),
    "ner": ("NER reached the user", "NER usager atteint"),
    "ser": ("SER established", "SER établis"),
    "seer": ("SEER effective", "SEER efficaces"),
    "isa": ("ISA ineffective calls", "ISA appels inefficaces"),
    "scr": ("SCR completed", "SCR menés à terme"),
    "ira": ("IRA ineff. registrations", "IRA enreg. inefficaces"),
    "srd": ("SRD session request", "SRD demande de session"),
    "srd_failed": ("SRD failed requests", "SRD demandes refusées"),
    "sdd": ("SDD disconnect", "SDD libération"),
    "sdt": ("SDT session duration", "SDT durée de session"),
    "rrd": ("RRD registration request", "RRD enregistrement"),
    "mean": ("mean", "moyenne"),
    "longest": ("max", "max."),
    "erlang": ("erlang", "erlang"),
    "at": ("at", "à"),
    "streams-load": ("RTP streams", "Flux RTP"),
    "bandwidth": ("RTP bandwidth", "Débit RTP"),
    "calls-load": ("calls at once", "appels simultanés"),
    "talking-load": ("conversations at once", "conversations simultanées"),
    "options": ("OPTIONS requests", "requêtes OPTIONS"),
    "scans": ("attempts of scanners", "tentatives de scanners"),
    "peer": ("From", "Origine"),
    "called-peer": ("Towards", "Destination"),
    "user-agent": ("User agent", "Agent"),
    "codec": ("Codec", "Codec"),
    "status": ("Status", "Code"),
    "unknown": ("unknown", "inconnu"),
    "no-codec": ("none negotiated", "aucun négocié"),
    "no-status": ("no final response", "sans réponse finale"),
    "more": ("{count} more", "{count} autres"),
    "caveat": (
        "Measured at the capture point; RFC 6076 measures at the user agent.",
        "Mesuré au point de capture ; la RFC 6076 mesure chez l’agent.",
    ),
}

LANGS = ("en", "fr")


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the figures: `group` is a key of `WORDS`, `value` its main figure, `note` what else there is to say."""

    group: str
    label: str
    value: str
    note: str = ""


class TrafficWords:
    """The texts in one language, times in one zone."""

    def __init__(self, lang: str, place: tzinfo) -> None:
        self.lang = lang
        self.place = place
        self._column = LANGS.index(lang)

    def __call__(self, key: str, **holes: object) -> str:
        """The word of that key."""
        text = WORDS[key][self._column]
        return text.format(**holes) if holes else text

    def number(self, value: float | None, digits: int = 0) -> str:
        """A number with the signs of the language; a dash for nothing."""
        if value is None:
            return "–"
        text = f"{value:,.{digits}f}"
        return text.replace(",", "\u202f").replace(".", ",") if self.lang == "fr" else text

    def short(self, value: float) -> str:
        """A number with as many digits as tell it: 0.025, 2.5, 250."""
        if value == int(value):
            return self.number(value)
        return self.number(value, 3 if value < 0.1 else 2 if value < 10 else 0)

    def percent(self, value: float | None) -> str:
        """`66.7 %`."""
        return "–" if value is None else f"{self.number(value, 1)} %"

    def ms(self, value: float | None) -> str:
        """`5.5 ms`, from ten seconds on `12.0 s`."""
        if value is None:
            return "–"
        return f"{self.number(value / 1000, 1)} s" if value >= 10_000 else f"{self.number(value, 1)} ms"

    def clock(self, time: float) -> str:
        """The time of day."""
        return f"{datetime.fromtimestamp(time, UTC).astimezone(self.place):%H:%M:%S}"

    def length(self, seconds: float) -> str:
        """`10 s`, `5 min`, `2 h`."""
        for unit, name in ((86400, "d" if self.lang == "en" else "j"), (3600, "h"), (60, "min")):
            if seconds >= unit and seconds % unit == 0:
                return f"{self.number(seconds / unit)} {name}"
        return f"{self.number(seconds, 0 if seconds == int(seconds) else 3)} s"

    def period(self, summary: Row) -> str:
        """From when to when, and where it was captured."""
        if summary["start"] is None:
            return self("none")
        span = f"{absolute(summary['start'], self.place)[:19]} – {self._until(summary)}"
        points = ", ".join(summary["capture_points"])
        return f"{span} · {self('captured')} {points}" if points else span

    def _until(self, summary: Row) -> str:
        start, end = absolute(summary["start"], self.place), absolute(summary["end"], self.place)
        zone = end[24:]
        return f"{end[11:19]} {zone}" if start[:10] == end[:10] else f"{end[:19]} {zone}"

    def value(self, row: Row) -> str:
        """What a share is of."""
        if row["value"] is not None:
            return str(row["value"])
        return self({"codec": "no-codec", "status": "no-status"}.get(row["dimension"], "unknown"))

    def figures(self, told: Row) -> list[Figure]:
        """All figures worth a line."""
        return [*self._calls(told), *self._load(told), *self._ratios(told), *self._delays(told), *self._others(told)]

    def _calls(self, told: Row) -> list[Figure]:
        notes = ("completed", "diverted", "overdue", "pending")
        extra = [f"{self.number(told[f'calls_{key}'])} {self(key)}" for key in notes if told[f"calls_{key}"]]
        if told["calls_begun_before"]:
            extra.append(f"{self.number(told['calls_begun_before'])} {self('begun-before')}")
        found = [
            Figure("calls", self("attempts"), self.number(told["calls"]), self._busiest(told, "calls")),
            Figure("calls", self("answered"), self.number(told["calls_answered"]), ", ".join(extra)),
        ]
        if told["registrations"]:
            keys = ("rejected", "overdue")
            refused = [
                f"{self.number(told[f'registrations_{key}'])} {self(key)}"
                for key in keys
                if told[f"registrations_{key}"]
            ]
            count, accepted = told["registrations"], told["registrations_accepted"]
            found += [
                Figure("registrations", self("attempts"), self.number(count), self._busiest(told, "registrations")),
                Figure("registrations", self("accepted"), self.number(accepted), ", ".join(refused)),
            ]
        return found

    def _busiest(self, told: Row, what: str) -> str:
        rate = told[f"{what}_per_s"]
        if rate is None:
            return ""
        return f"{self.short(rate)}/s, {self('busiest')} {self.number(told[f'{what}_per_s_max'])}"

    def _load(self, told: Row) -> list[Figure]:
        if told["concurrent_mean"] is None:
            return []
        when = told["concurrent_max_at"]
        at = f"{self('at')} {self.clock(when)}, " if when is not None else ""
        mean = self("mean")
        found = [
            Figure(
                "load",
                self("calls-load"),
                self.number(told["concurrent_max"]),
                f"{at}{mean} {self.short(told['concurrent_mean'])}",
            ),
            Figure(
                "load",
                self("talking-load"),
                self.number(told["talking_max"]),
                f"{mean} {self.short(told['talking_mean'])} {self('erlang')}",
            ),
        ]
        if told["streams_max"]:
            found += [
                Figure(
                    "load",
                    self("streams-load"),
                    self.number(told["streams_max"]),
                    f"{mean} {self.short(told['streams_mean'])}",
                ),
                Figure(
                    "load",
                    self("bandwidth"),
                    f"{self.number(told['kbit_s_max'])} kbit/s",
                    f"{mean} {self.number(told['kbit_s_mean'])} kbit/s",
                ),
            ]
        return found

    def _ratios(self, told: Row) -> list[Figure]:
        names = ("asr", "ner", "ser", "seer", "isa", "scr", "ira")
        known = [name for name in names if told[f"{name}_pct"] is not None]
        return [Figure("ratios", self(name), self.percent(told[f"{name}_pct"])) for name in known]

    def _delays(self, told: Row) -> list[Figure]:
        found = [
            Figure(
                "delays",
                self(name),
                self.ms(told[f"{name}_mean_ms"]),
                f"95 % < {self.ms(told[f'{name}_p95_ms'])}, {self('longest')} {self.ms(told[f'{name}_max_ms'])}"
                f" ({self.number(told[f'{name}_count'])})",
            )
            for name in ("srd", "srd_failed", "sdd", "rrd")
            if told[f"{name}_count"]
        ]
        if told["sdt_count"]:
            mean = f"{self.number(told['sdt_mean_s'], 1)} s"
            found.append(Figure("delays", self("sdt"), mean, f"({self.number(told['sdt_count'])})"))
        return found

    def _others(self, told: Row) -> list[Figure]:
        found = []
        if told["options"]:
            found.append(Figure("others", self("options"), self.number(told["options"])))
        scans = told["scan_calls"] + told["scan_registrations"]
        if scans:
            found.append(Figure("others", self("scans"), self.number(scans), ", ".join(told["scanners"])))
        return found
