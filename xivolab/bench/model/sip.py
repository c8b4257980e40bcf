"""SIP: the options that the general settings, a line and a trunk share, and the general settings themselves."""

from __future__ import annotations

from ipaddress import ip_network
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, StringConstraints

from xivolab.bench.model.base import Item, RefusedError, Text
from xivolab.bench.model.words import Mistake

Codec = Literal["alaw", "ulaw", "g722", "g729", "gsm", "opus", "slin", "speex", "ilbc", "g726", "h264", "h263", "vp8"]
VIDEO_CODECS = ("h264", "h263", "vp8")


def _network(text: str) -> str:
    try:
        ip_network(text, strict=False)
    except ValueError as error:
        raise RefusedError(
            Mistake("", f"{text!r} is no network", "an address or a network such as 10.0.0.0/8")
        ) from error
    return text


Network = Annotated[str, AfterValidator(_network)]
Path = Annotated[str, StringConstraints(pattern=r"^/[\w./-]+$")]
Host = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9.:-]{1,255}$")]


class SipOptions(Item):
    """Options of an endpoint. None: what the general settings say. Left out on purpose are those of chan_sip that have no
    effect with PJSIP (compensation of RFC 2833, who refreshes the session).
    """

    nat: Literal["no", "yes", "force_rport", "comedia"] | None = None
    dtmfmode: Literal["rfc2833", "inband", "info", "auto"] | None = None
    qualifyfreq: int | None = Field(default=None, ge=0, le=86400)
    codecs: list[Codec] | None = Field(default=None, min_length=1)
    videosupport: bool | None = None
    textsupport: bool | None = None
    directmedia: bool | None = None
    encryption: bool | None = None
    transport: Literal["udp", "tcp", "tls", "wss"] | None = None
    session_timers: Literal["originate", "accept", "refuse"] | None = None
    session_minse: int | None = Field(default=None, ge=90, le=86400)
    session_expires: int | None = Field(default=None, ge=90, le=86400)
    rtptimeout: int | None = Field(default=None, ge=0, le=3600)
    rtpholdtimeout: int | None = Field(default=None, ge=0, le=3600)
    rtpkeepalive: int | None = Field(default=None, ge=0, le=3600)
    allowtransfer: bool | None = None
    autoframing: bool | None = None
    progressinband: bool | None = None
    trustrpid: bool | None = None
    sendrpid: Literal["no", "yes", "pai"] | None = None
    t38: bool | None = None
    busylevel: int | None = Field(default=None, ge=0, le=1000)
    permit: list[Network] | None = None
    deny: list[Network] | None = None


class SipGeneral(Item):
    """Paramètres globaux, protocole SIP: network, security, signalling, jitter buffer, defaults."""

    # Général
    useragent: Text = "XiVO PBX"
    realm: Text = "xivo"
    allowguest: bool = False
    tos_sip: int = Field(default=104, ge=0, le=255)
    tos_audio: int = Field(default=184, ge=0, le=255)
    tos_video: int = Field(default=136, ge=0, le=255)
    # Réseau
    udp: bool = True
    tcp: bool = True
    ws: bool = True
    wss: bool = True
    bindport: int = Field(default=5060, ge=1, le=65535)
    externip: Host | None = None
    localnets: list[Network] = []
    permit: list[Network] = []
    deny: list[Network] = []
    rtpstart: int = Field(default=10000, ge=1024, le=65534)
    rtpend: int = Field(default=20000, ge=1025, le=65535)
    # Sécurité
    tls: bool = False
    tlsbindport: int = Field(default=5061, ge=1, le=65535)
    tlscertfile: Path = "/etc/asterisk/keys/asterisk.crt"
    tlsprivkeyfile: Path = "/etc/asterisk/keys/asterisk.key"
    tlscafile: Path | None = None
    tlsverify: bool = False
    # Signalisation
    minexpiry: int = Field(default=60, ge=1, le=86400)
    maxexpiry: int = Field(default=3600, ge=1, le=86400)
    defaultexpiry: int = Field(default=120, ge=1, le=86400)
    # Jitter Buffer
    jbenable: bool = False
    jbimpl: Literal["fixed", "adaptive"] = "fixed"
    jbmaxsize: int = Field(default=200, ge=20, le=5000)
    jbresyncthreshold: int = Field(default=1000, ge=20, le=10000)
    # Défaut
    defaults: SipOptions = SipOptions(
        nat="no", dtmfmode="rfc2833", codecs=["alaw", "ulaw"], directmedia=False, session_timers="accept", qualifyfreq=0
    )
    mohsuggest: Text = "default"
    language: Text = "en"
