"""pjsip.conf: transports, lines of users, trunks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from xivolab.bench.model import Configuration
from xivolab.bench.model.people import Line, User
from xivolab.bench.model.sip import VIDEO_CODECS, SipGeneral, SipOptions
from xivolab.bench.model.trunks import Trunk
from xivolab.bench.render.pickup import named_groups
from xivolab.bench.render.sections import Option, joined, section

_NAT = {
    "no": (False, False, False),
    "yes": (True, True, True),
    "force_rport": (True, False, True),
    "comedia": (False, True, False),
}
_DTMF = {"rfc2833": "rfc4733", "inband": "inband", "info": "info", "auto": "auto"}
_TIMERS = {"originate": "always", "accept": "yes", "refuse": "no"}
_PROTOCOLS = {"udp": "transport-udp", "tcp": "transport-tcp", "tls": "transport-tls", "wss": "transport-wss"}


def pjsip(configuration: Configuration) -> str:
    """The text of pjsip.conf."""
    general = configuration.sip
    sections = [*_general(general), *_transports(general)]
    for user, line in configuration.lines():
        if line.interface is None:
            sections += _line(configuration, user, line)
    for trunk in configuration.trunks:
        sections += _trunk(configuration, trunk)
    return joined(sections)


def _general(general: SipGeneral) -> Iterator[str]:
    yield section(
        "global",
        [
            ("type", "global"),
            ("user_agent", general.useragent),
            ("default_realm", general.realm),
            ("endpoint_identifier_order", "auth_username,username,ip,anonymous"),
        ],
    )
    if general.permit or general.deny:
        yield section("acl", [("type", "acl"), *_acl(general.permit, general.deny)])
    if general.allowguest:
        options = [("type", "endpoint"), ("context", "from-extern"), *endpoint_options(general, SipOptions())]
        yield section("anonymous", options)


def _acl(permit: list[str] | None, deny: list[str] | None) -> list[Option]:
    denied = deny if deny else ["0.0.0.0/0"] if permit else []
    return [*(("deny", network) for network in denied), *(("permit", network) for network in permit or [])]


def _transports(general: SipGeneral) -> Iterator[str]:
    outside: list[Option] = []
    if general.externip:
        outside = [("external_media_address", general.externip), ("external_signaling_address", general.externip)]
    outside += [("local_net", network) for network in general.localnets]
    for protocol, wanted in (("udp", general.udp), ("tcp", general.tcp), ("ws", general.ws), ("wss", general.wss)):
        if not wanted:
            continue
        own: list[Option] = [("bind", f"0.0.0.0:{general.bindport}"), ("tos", general.tos_sip)]
        if protocol in ("ws", "wss"):  # Asterisk's web server listens
            own = [("bind", "0.0.0.0")]  # noqa: S104 - of a container
        yield section(f"transport-{protocol}", [("type", "transport"), ("protocol", protocol), *own, *outside])
    if general.tls:
        yield section(
            "transport-tls",
            [
                ("type", "transport"),
                ("protocol", "tls"),
                ("bind", f"0.0.0.0:{general.tlsbindport}"),
                ("cert_file", general.tlscertfile),
                ("priv_key_file", general.tlsprivkeyfile),
                ("ca_list_file", general.tlscafile),
                ("verify_server", general.tlsverify),
                ("method", "tlsv1_2"),
                ("tos", general.tos_sip),
                *outside,
            ],
        )


def endpoint_options(general: SipGeneral, own: SipOptions) -> list[Option]:
    """The options of an endpoint: its own, the general ones where it says nothing."""
    chosen = {
        name: getattr(general.defaults, name) if getattr(own, name) is None else getattr(own, name)
        for name in SipOptions.model_fields
    }
    options: list[Option] = [("disallow", "all"), ("allow", _codecs(chosen))]
    if chosen["nat"] is not None:
        rport, symmetric, contact = _NAT[chosen["nat"]]
        options += [("force_rport", rport), ("rtp_symmetric", symmetric), ("rewrite_contact", contact)]
    if chosen["transport"] == "wss":
        options.append(("webrtc", True))
    elif chosen["encryption"] is not None:
        options += [("media_encryption", "sdes" if chosen["encryption"] else "no")]
    if chosen["transport"] in ("tcp", "tls"):
        options.append(("transport", _PROTOCOLS[chosen["transport"]]))
    options += [
        ("dtmf_mode", _DTMF.get(chosen["dtmfmode"] or "")),
        ("direct_media", chosen["directmedia"]),
        ("timers", _TIMERS.get(chosen["session_timers"] or "")),
        ("timers_min_se", chosen["session_minse"]),
        ("timers_sess_expires", chosen["session_expires"]),
        ("rtp_timeout", chosen["rtptimeout"]),
        ("rtp_timeout_hold", chosen["rtpholdtimeout"]),
        ("rtp_keepalive", chosen["rtpkeepalive"]),
        ("allow_transfer", chosen["allowtransfer"]),
        ("use_ptime", chosen["autoframing"]),
        ("inband_progress", chosen["progressinband"]),
        ("trust_id_inbound", chosen["trustrpid"]),
        ("device_state_busy_at", chosen["busylevel"]),
        ("t38_udptl", chosen["t38"]),
        ("tos_audio", general.tos_audio),
        ("tos_video", general.tos_video),
        *_acl(chosen["permit"], chosen["deny"]),
    ]
    if chosen["sendrpid"] is not None:
        options += [("send_rpid", chosen["sendrpid"] == "yes"), ("send_pai", chosen["sendrpid"] == "pai")]
    if general.jbenable:
        size, threshold = general.jbmaxsize, general.jbresyncthreshold
        options.append(("set_var", f"JITTERBUFFER({general.jbimpl})={size},{threshold}"))
    return options


def _codecs(chosen: dict[str, Any]) -> str:
    wanted: list[str] = list(chosen["codecs"] or ["alaw"])
    if chosen["videosupport"] is False:
        wanted = [codec for codec in wanted if codec not in VIDEO_CODECS]
    elif chosen["videosupport"] and not any(codec in VIDEO_CODECS for codec in wanted):
        wanted.append("h264")
    if chosen["textsupport"]:
        wanted.append("t140")
    return ",".join(wanted)


def _line(configuration: Configuration, user: User, line: Line) -> Iterator[str]:
    general = configuration.sip
    caller = f'"{user.fullname.strip()}" <{line.number}>'
    options: list[Option] = [
        ("type", "endpoint"),
        ("context", line.context),
        ("aors", line.name),
        ("auth", line.name),
        ("outbound_auth", line.name),
        ("callerid", caller),
        *endpoint_options(general, _webrtc(line)),
        ("moh_suggest", user.musiconhold or general.mohsuggest),
        ("language", user.language or general.language),
        *_pickup(configuration, line),
        ("set_var", "CHANNEL(hangup_handler_push)=hangup_handlers,s,1"),
        ("set_var", f"PICKUPMARK={line.number}%{line.context}"),
        ("set_var", f"TRANSFER_CONTEXT={line.context}"),
        ("set_var", f"XIVO_USERID={user.id}"),
        ("set_var", f"XIVO_USERUUID={user.uuid}"),
    ]
    if user.userfield:
        options.append(("set_var", f"CHANNEL(userfield)={user.userfield}"))
    if user.enablevoicemail and user.voicemail:
        box = next(box for box in configuration.voicemails if box.mailbox == user.voicemail)
        options.append(("mailboxes", f"{box.mailbox}@{box.context}"))
    yield section(line.name, options)
    auth = [("type", "auth"), ("auth_type", "userpass"), ("username", line.name), ("password", line.secret)]
    yield section(line.name, auth)
    yield section(
        line.name, _aor(general, line.options, line.maxcontacts if line.kind != "ua" else max(2, line.maxcontacts))
    )


def _webrtc(line: Line) -> SipOptions:
    return line.options.model_copy(update={"transport": "wss"}) if line.kind == "webrtc" else line.options


def _aor(general: SipGeneral, own: SipOptions, contacts: int) -> list[Option]:
    frequency = general.defaults.qualifyfreq if own.qualifyfreq is None else own.qualifyfreq
    return [
        ("type", "aor"),
        ("max_contacts", contacts),
        ("remove_existing", True),
        ("minimum_expiration", general.minexpiry),
        ("maximum_expiration", general.maxexpiry),
        ("default_expiration", general.defaultexpiry),
        ("qualify_frequency", frequency or None),
    ]


def _pickup(configuration: Configuration, line: Line) -> list[Option]:
    call, pick = named_groups(configuration, line)
    return [("named_call_group", call or None), ("named_pickup_group", pick or None)]


def _trunk(configuration: Configuration, trunk: Trunk) -> Iterator[str]:
    general = configuration.sip
    known = trunk.host != "dynamic"
    asks = trunk.secret is not None and (trunk.kind == "user" or not trunk.insecure_invite or not known)
    gives = trunk.secret is not None and trunk.kind != "user"
    yield section(
        trunk.name,
        [
            ("type", "endpoint"),
            ("context", trunk.context),
            ("aors", trunk.name if trunk.kind != "user" or not known else None),
            ("auth", trunk.name if asks else None),
            ("outbound_auth", trunk.name if gives else None),
            ("callerid", f'"{trunk.callerid}"' if trunk.callerid else None),
            ("from_user", trunk.fromuser),
            ("from_domain", trunk.fromdomain),
            ("language", trunk.language or general.language),
            *endpoint_options(general, trunk.options),
            ("identify_by", "ip" if known and trunk.kind != "user" else "username,auth_username"),
            ("set_var", f"XIVO_TRUNK={trunk.name}"),
        ],
    )
    if trunk.secret is not None:
        name = trunk.username or trunk.name
        auth = [("type", "auth"), ("auth_type", "userpass"), ("username", name), ("password", trunk.secret)]
        yield section(trunk.name, auth)
    frequency = general.defaults.qualifyfreq if trunk.options.qualifyfreq is None else trunk.options.qualifyfreq
    contact: list[Option] = [("contact", f"sip:{trunk.host}:{trunk.port}")] if known else [("max_contacts", 1)]
    yield section(trunk.name, [("type", "aor"), *contact, ("qualify_frequency", frequency or None)])
    if known and trunk.kind != "user":
        yield section(trunk.name, [("type", "identify"), ("endpoint", trunk.name), ("match", trunk.host)])
    registration = trunk.registration
    if registration is not None:
        server = f"sip:{registration.host}:{registration.port}"
        yield section(
            f"{trunk.name}-registration",
            [
                ("type", "auth"),
                ("auth_type", "userpass"),
                ("username", registration.username),
                ("password", registration.secret),
            ],
        )
        yield section(
            trunk.name,
            [
                ("type", "registration"),
                ("outbound_auth", f"{trunk.name}-registration"),
                ("server_uri", server),
                ("client_uri", f"sip:{registration.username}@{registration.host}"),
                ("contact_user", registration.contact),
                ("expiration", registration.expiry),
                ("retry_interval", registration.retry),
                ("endpoint", trunk.name),
                ("line", True),
            ],
        )
