"""What a phone is given: its accounts, and how the phone itself is set up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

Transport = Literal["udp", "tcp", "tls"]
AutoAnswer = Literal["header", "always", "never"]

_WIDEBAND = {"g722", "speex16", "speex32"}
_NARROW_HZ, _WIDE_HZ = 8000, 16000


@dataclass(frozen=True, slots=True)
class Account:
    """One line on a phone, as its PBX knows it. `registrar` is the PBX's address or name, with `:port` where it is not the usual one."""

    line: str
    password: str
    registrar: str
    name: str = ""
    transport: Transport = "udp"
    registers: bool = True
    # The part after the @; None: the registrar.
    domain: str | None = None
    # Where the name to authenticate with is not the line's.
    auth_user: str | None = None
    expires_s: int = 600
    # After a refusal or silence; 0: never again.
    retry_s: int = 0
    srtp: Literal["no", "optional", "required"] = "no"
    srtp_keys: Literal["sdes", "dtls"] = "sdes"
    session_timers: Literal["no", "optional", "required", "always"] = "optional"
    session_expires_s: int = 1800
    # 0: nothing is sent to keep the hole in a NAT open.
    keepalive_s: int = 0
    # Whether the phone writes the address the PBX sees it at into Contact, Via and SDP, as some do behind NAT.
    learns_address: bool = False
    # What is changed in every SDP it sends, as pairs of a pattern (`re`) and its replacement: no real phone does as it is told
    # in everything, and some lie.
    sdp_changes: tuple[tuple[str, str], ...] = ()
    # SUBSCRIBE to message-summary (RFC 3842).
    message_waiting: bool = False

    def as_json(self) -> dict[str, Any]:
        """The account as the phone's process reads it."""
        host = self.registrar if self.domain is None else self.domain
        return asdict(self) | {
            "user": self.line,
            "domain": host.rpartition(":")[0] if _has_port(host) else host,
            "auth_user": self.auth_user or self.line,
        }


@dataclass(frozen=True, slots=True)
class Voice:
    """What a phone says: a WAV file of its container, or one tone of one or two frequencies in Hz; neither is silence."""

    file: str | None = None
    tones: tuple[int, ...] = ()
    loop: bool = True

    def as_json(self) -> dict[str, Any]:
        """The voice as the phone's process reads it."""
        return {"file": self.file, "loop": self.loop} if self.file else {"tones": list(self.tones)}


@dataclass(frozen=True, slots=True)
class Setup:
    """How one phone is set up. `address` is its own on the network of its container, in no other's use."""

    address: str
    accounts: Sequence[Account] = ()
    # The router that all it sends goes to, where the phone stands in a network behind one.
    gateway: str = ""
    codecs: Sequence[str] = ("alaw",)
    voice: Voice = field(default_factory=Voice)
    auto_answer: AutoAnswer = "header"
    # Whether it says 180 at once.
    ring: bool = True
    user_agent: str = "xivolab phone"
    sip_port: int = 5060
    tls_port: int = 5061
    rtp_port: int = 10000
    rtp_ports: int = 100
    # PEM texts: "ca" (checked only when given), "certificate" and "key" of the phone.
    tls: Mapping[str, str] = field(default_factory=dict)
    # Empty: names are asked of the container's resolver, without SRV and NAPTR.
    nameservers: Sequence[str] = ()
    # pjsip's: 3 tells of errors and calls, 5 of every message.
    log_level: int = 3

    def as_json(self, name: str) -> dict[str, Any]:
        """The set-up as the phone's process reads it."""
        plain = {key: getattr(self, key) for key in _PLAIN}
        return plain | {
            "accounts": [account.as_json() for account in self.accounts],
            "codecs": list(self.codecs),
            "voice": self.voice.as_json(),
            "tls": dict(self.tls),
            "nameservers": list(self.nameservers),
            # UDP in any case: what speaks TCP alone could not even be asked.
            "transports": sorted({"udp", *(account.transport for account in self.accounts)}),
            "clock_rate": _WIDE_HZ if _WIDEBAND & set(self.codecs) else _NARROW_HZ,
            "log": f"/run/xivolab/{name}.log",
            "given": asdict(self),
        }

    @classmethod
    def from_json(cls, config: Mapping[str, Any]) -> Setup:
        """The set-up that `as_json` was made from."""
        given = dict(config["given"])
        accounts = tuple(
            Account(**{**account, "sdp_changes": tuple((old, new) for old, new in account["sdp_changes"])})
            for account in given.pop("accounts")
        )
        voice = Voice(**{**given.pop("voice"), "tones": tuple(config["given"]["voice"]["tones"])})
        given |= {key: tuple(given[key]) for key in ("codecs", "nameservers")}
        return cls(accounts=accounts, voice=voice, **given)


_PLAIN = (
    "address",
    "gateway",
    "auto_answer",
    "ring",
    "user_agent",
    "sip_port",
    "tls_port",
    "rtp_port",
    "rtp_ports",
    "log_level",
)


def _has_port(host: str) -> bool:
    """Whether a host ends in a port; an IPv6 address is in brackets."""
    head, colon, port = host.rpartition(":")
    return bool(colon) and port.isdigit() and (head.endswith("]") or ":" not in head)
