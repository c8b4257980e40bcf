"""The files of the operator's Asterisk. What changes with the personality is in as few of them as can be."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from xivolab.bench.operator.personality import Personality

EMERGENCY = ("15", "17", "18", "112", "114", "115", "119")
LOG = "/var/log/asterisk/messages"
MARK = "CALL SEEN"
# Tones by which a listener knows who speaks.
VOICE_HZ, EMERGENCY_HZ, EARLY_HZ = 440, 950, 1400

# Few modules: an operator that idles shall not cost what a whole PBX does.
_MODULES = """\
app_dial app_echo app_originate app_playback app_playtones app_verbose bridge_builtin_features bridge_simple bridge_softmix
chan_pjsip codec_alaw codec_g722 codec_gsm codec_ulaw format_pcm format_wav func_callerid func_channel func_global
func_logic func_pjsip_endpoint func_strings pbx_config res_clioriginate res_format_attr_g729 res_pjproject res_pjsip
res_pjsip_acl res_pjsip_authenticator_digest res_pjsip_caller_id res_pjsip_dtmf_info
res_pjsip_endpoint_identifier_ip res_pjsip_endpoint_identifier_user res_pjsip_header_funcs res_pjsip_logger res_pjsip_nat
res_pjsip_outbound_authenticator_digest res_pjsip_pubsub res_pjsip_registrar res_pjsip_rfc3326 res_pjsip_sdp_rtp res_pjsip_session res_rtp_asterisk
res_sorcery_astdb res_sorcery_config res_sorcery_memory res_timing_timerfd
"""
_EMPTY = (
    "acl.conf",
    "ccss.conf",
    "cdr.conf",
    "cel.conf",
    "features.conf",
    "indications.conf",
    "manager.conf",
    "pjproject.conf",
    "udptl.conf",
)


@dataclass(frozen=True, slots=True)
class Customer:
    """The PBX as the operator knows it: by its digest credentials, which it also registers with, or by its address alone."""

    address: str
    username: str
    secret: str
    authentication: Literal["digest", "ip"] = "digest"


def render(customer: Customer, personality: Personality) -> dict[str, str]:
    """All files below /etc/asterisk, by name."""
    return {
        "asterisk.conf": "[options]\nverbose = 3\n",
        "modules.conf": "[modules]\nautoload = no\n" + "".join(f"load = {name}.so\n" for name in _MODULES.split()),
        "logger.conf": "[general]\ndateformat = %F %T.%3q\n[logfiles]\nmessages => notice,warning,error\n",
        "rtp.conf": "[general]\nrtpstart = 14000\nrtpend = 14999\n",
        **dict.fromkeys(_EMPTY, "; Nothing is set: without this file Asterisk tells an error.\n"),
        "pjsip.conf": _pjsip(customer, personality),
        "extensions.conf": _extensions(personality),
    }


def _pjsip(customer: Customer, personality: Personality) -> str:
    digest = customer.authentication == "digest"
    credentials = f"auth_type = userpass\nusername = {customer.username}\npassword = {customer.secret}\n"
    # Without registration it must know where the customer is.
    place = "max_contacts = 1\nremove_existing = yes\n" if digest else f"contact = sip:{customer.address}\n"
    return (
        "[global]\ntype = global\nuser_agent = Operator SBC\n"
        "[udp]\ntype = transport\nprotocol = udp\nbind = 0.0.0.0:5060\n"
        "[tcp]\ntype = transport\nprotocol = tcp\nbind = 0.0.0.0:5060\n"
        f"[{customer.username}]\ntype = endpoint\ncontext = from-customer\ndisallow = all\nallow = {','.join(personality.codecs)}\n"
        f"direct_media = no\naors = {customer.username}\ntrust_id_inbound = yes\nsend_pai = yes\n"
        + (f"auth = {customer.username}\n" if digest else "")
        + (f"[{customer.username}]\ntype = auth\n{credentials}" if digest else "")
        + f"[{customer.username}]\ntype = aor\n{place}"
        f"[{customer.username}]\ntype = identify\nendpoint = {customer.username}\nmatch = {customer.address}\n"
    )


def _extensions(personality: Personality) -> str:
    seen = f"Log(NOTICE,{MARK} to=${{EXTEN}} from=${{CALLERID(num)}} name=${{CALLERID(name)}} pai=${{PJSIP_HEADER(read,P-Asserted-Identity)}})"
    emergencies = "".join(
        f"exten => {number},1,{seen}\n same => n,Answer()\n same => n,Playtones({EMERGENCY_HZ})\n same => n,Wait(3600)\n"
        for number in EMERGENCY
    )
    return (
        "[from-customer]\n"
        # OPTIONS without a user ask for this one.
        "exten => s,1,Hangup()\n"
        + emergencies
        + f"exten => _[+0-9].,1,{seen}\n"
        + "".join(f" same => n,{step}\n" for step in _steps(personality))
        + "\n[to-customer]\n"
        "exten => _X.,1,Set(CALLERID(num)=${CALLER})\n same => n,Set(CALLERID(name)=${CALLER_NAME})\n"
        " same => n,Dial(PJSIP/${EXTEN}@${CUSTOMER},120)\n"
        "\n[voice]\n"
        f"exten => s,1,Answer()\n same => n,Playtones({VOICE_HZ})\n same => n,Wait(3600)\n"
    )


def _steps(personality: Personality) -> list[str]:
    """What is done with a call, after it was noted."""
    before = {
        "180": ["Ringing()"],
        "183": ["Progress()", f"Playtones({EARLY_HZ})"],
        "183-silent": ["Progress()"],
        "none": [],
    }[personality.early if personality.ring_s else "none"]
    wait = [f"Wait({personality.ring_s:g})"] if personality.ring_s else []
    if personality.status != 200:
        return [*before, *wait, f"PJSIPHangup({personality.status})", "Hangup()"]
    return [*before, *wait, "Answer()", f"Playtones({VOICE_HZ})", "Wait(3600)"]
