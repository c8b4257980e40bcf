"""The accounts and calls of a phone: what pjsua2 says becomes events, what is asked becomes its calls."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

import pjsua2 as pj

if TYPE_CHECKING:
    from .handset import Handset

Message = dict[str, Any]
Tell = Callable[[Message], None]

_STATES = {
    pj.PJSIP_INV_STATE_CALLING: "calling",
    pj.PJSIP_INV_STATE_INCOMING: "incoming",
    pj.PJSIP_INV_STATE_EARLY: "ringing",
    pj.PJSIP_INV_STATE_CONNECTING: "connecting",
    pj.PJSIP_INV_STATE_CONFIRMED: "in-call",
    pj.PJSIP_INV_STATE_DISCONNECTED: "ended",
}
_MEDIA = {
    pj.PJSUA_CALL_MEDIA_NONE: "none",
    pj.PJSUA_CALL_MEDIA_ACTIVE: "active",
    pj.PJSUA_CALL_MEDIA_LOCAL_HOLD: "held-here",
    pj.PJSUA_CALL_MEDIA_REMOTE_HOLD: "held-there",
    pj.PJSUA_CALL_MEDIA_ERROR: "error",
}
_SRTP = {"no": pj.PJMEDIA_SRTP_DISABLED, "optional": pj.PJMEDIA_SRTP_OPTIONAL, "required": pj.PJMEDIA_SRTP_MANDATORY}
_KEYINGS = {"sdes": pj.PJMEDIA_SRTP_KEYING_SDES, "dtls": pj.PJMEDIA_SRTP_KEYING_DTLS_SRTP}
_TIMERS = {
    "no": pj.PJSUA_SIP_TIMER_INACTIVE,
    "optional": pj.PJSUA_SIP_TIMER_OPTIONAL,
    "required": pj.PJSUA_SIP_TIMER_REQUIRED,
    "always": pj.PJSUA_SIP_TIMER_ALWAYS,
}
# The headers by which a caller asks a desk phone to answer by itself, as Asterisk and phones write them.
_ANSWER_BY_ITSELF = re.compile(
    r"^(?:Call-Info:.*answer-after\s*=\s*0|Alert-Info:.*(?:auto.?answer|ring.?answer|intercom)|Answer-Mode:\s*auto)",
    re.IGNORECASE | re.MULTILINE,
)
_EXPIRES_MAXIMUM = 0xFFFF_FFFF


class AccountOf(pj.Account):  # type: ignore[misc]  # pjsua2 has no types
    """One account of a phone."""

    def __init__(self, handset: Handset, number: int, account: Message) -> None:
        super().__init__()
        self.handset = handset
        self.number = number
        self.account = account
        self.create(self._config(), number == 0)

    def _config(self) -> Any:
        account, phone = self.account, self.handset.config
        setup = pj.AccountConfig()
        setup.idUri = f'"{account["name"]}" <sip:{account["user"]}@{account["domain"]}>'
        setup.regConfig.registrarUri = f"sip:{account['registrar']};transport={account['transport']}"
        setup.regConfig.registerOnAdd = account["registers"]
        setup.regConfig.timeoutSec = account["expires_s"]
        setup.regConfig.retryIntervalSec = account["retry_s"]
        setup.regConfig.firstRetryIntervalSec = account["retry_s"]
        setup.regConfig.randomRetryIntervalSec = 0
        setup.sipConfig.authCreds.append(pj.AuthCredInfo("digest", "*", account["auth_user"], 0, account["password"]))
        setup.sipConfig.proxies.append(f"<sip:{account['registrar']};transport={account['transport']};lr>")
        setup.natConfig.iceEnabled = False
        setup.natConfig.sipOutboundUse = 0
        rewrite = 1 if account["learns_address"] else 0
        setup.natConfig.contactRewriteUse = rewrite
        setup.natConfig.viaRewriteUse = rewrite
        setup.natConfig.sdpNatRewriteUse = rewrite
        setup.natConfig.udpKaIntervalSec = account["keepalive_s"]
        setup.mediaConfig.transportConfig.boundAddress = phone["address"]
        setup.mediaConfig.transportConfig.port = phone["rtp_port"]
        setup.mediaConfig.transportConfig.portRange = phone["rtp_ports"]
        setup.mediaConfig.transportConfig.qosType = pj.PJ_QOS_TYPE_VOICE
        setup.mediaConfig.srtpUse = _SRTP[account["srtp"]]
        # The keys stand in the SDP whatever carries it: warning of that is the PBX's business.
        setup.mediaConfig.srtpSecureSignaling = 0
        setup.mediaConfig.srtpOpt.keyings.append(_KEYINGS[account["srtp_keys"]])
        setup.mediaConfig.lockCodecEnabled = False
        if ":" in phone["address"]:
            setup.sipConfig.ipv6Use = pj.PJSUA_IPV6_ENABLED_USE_IPV6_ONLY
            setup.mediaConfig.ipv6Use = pj.PJSUA_IPV6_ENABLED_USE_IPV6_ONLY
        setup.callConfig.timerUse = _TIMERS[account["session_timers"]]
        setup.callConfig.timerSessExpiresSec = account["session_expires_s"]
        setup.callConfig.timerMinSESec = min(90, account["session_expires_s"])
        setup.mwiConfig.enabled = account["message_waiting"]
        return setup

    def dial(self, to: str, headers: Mapping[str, str]) -> int:
        """Call a number or an address; return the number of the call."""
        call = CallOf(self)
        setup = pj.CallOpParam(True)
        _add(setup, headers)
        call.makeCall(to if to.startswith("sip:") else f"sip:{to}@{self.account['domain']}", setup)
        return call.number

    def onRegState(self, prm: Any) -> None:  # noqa: N802  # pjsua2's name, as all on…
        """Tell of a registration made, refused or ended."""
        expires = 0 if prm.expiration == _EXPIRES_MAXIMUM else prm.expiration
        registered = prm.code // 100 == 2 and expires > 0
        self.handset.tell(
            {
                "event": "registration",
                "account": self.number,
                "registered": registered,
                "status": prm.code,
                "reason": prm.reason,
                "expires_s": expires,
            }
        )

    def onIncomingCall(self, prm: Any) -> None:  # noqa: N802
        """Ring, or answer by itself."""
        CallOf(self, prm.callId).arrive(prm.rdata.wholeMsg)

    def onMwiInfo(self, prm: Any) -> None:  # noqa: N802
        """Tell of messages waiting (RFC 3842)."""
        body = prm.rdata.wholeMsg.partition("\r\n\r\n")[2]
        self.handset.tell({"event": "messages-waiting", "account": self.number, "text": body})


class CallOf(pj.Call):  # type: ignore[misc]  # pjsua2 has no types
    """One call of a phone."""

    def __init__(self, account: AccountOf, call_id: int = pj.PJSUA_INVALID_ID) -> None:
        super().__init__(account, call_id)
        self.account = account
        self.handset = account.handset
        self.number = self.handset.next_call()
        self.handset.calls[self.number] = self
        self._sound: Message = self.handset.sound.default
        self._source: Any = None
        self._keys: Any = None
        self._recorder: Any = None
        self._audio: Any = None

    def arrive(self, message: str) -> None:
        """Tell of this call, which has just come in, and ring or answer."""
        info = self.getInfo()
        self._tell({"state": "incoming", "from": info.remoteUri, "to": info.localUri, "message": message})
        how = self.handset.config["auto_answer"]
        if how == "always" or (how == "header" and _ANSWER_BY_ITSELF.search(message)):
            self.reply(200, "", {})
        elif self.handset.config["ring"]:
            self.reply(180, "", {})

    def reply(self, status: int, reason: str, headers: Mapping[str, str]) -> None:
        """Answer the INVITE with a status."""
        setup = pj.CallOpParam(True)
        setup.statusCode = status
        setup.reason = reason
        _add(setup, headers)
        self.answer(setup)

    def end(self, status: int, headers: Mapping[str, str]) -> None:
        """BYE, CANCEL or, with a status, refuse."""
        setup = pj.CallOpParam(True)
        setup.statusCode = status
        _add(setup, headers)
        self.hangup(setup)

    def put_on_hold(self) -> None:
        """Re-INVITE with sendonly (RFC 3264, 8.4)."""
        self.setHold(pj.CallOpParam(True))

    def take_back(self) -> None:
        """Re-INVITE with sendrecv."""
        setup = pj.CallOpParam(True)
        setup.opt.flag = pj.PJSUA_CALL_UNHOLD
        self.reinvite(setup)

    def send_on(self, to: str) -> None:
        """Send the other party on to a number (REFER, RFC 3515)."""
        target = to if to.startswith("sip:") else f"sip:{to}@{self.account.account['domain']}"
        self.xfer(f"<{target}>", pj.CallOpParam(True))

    def join(self, other: CallOf) -> None:
        """Let the other party of this call take the place of this phone in another call (REFER with Replaces, RFC 3891)."""
        self.xferReplaces(other, pj.CallOpParam(True))

    def press(self, digits: str, method: str, duration_ms: int) -> None:
        """Press keys: "rfc4733" (packets of their own), "info" (SIP) or "inband" (tones in the voice)."""
        if method == "inband":
            self._keys = self.handset.sound.keys(digits, duration_ms)
            self._keys.startTransmit(self._audio)
            return
        setup = pj.CallSendDtmfParam()
        setup.digits = digits
        setup.duration = duration_ms
        setup.method = pj.PJSUA_DTMF_METHOD_SIP_INFO if method == "info" else pj.PJSUA_DTMF_METHOD_RFC2833
        self.sendDtmf(setup)

    def play(self, sound: Message) -> None:
        """Say something else from now on."""
        self._sound = sound
        self._speak()

    def record(self, file: str) -> None:
        """Keep what is heard from now on, as a WAV file."""
        self.stop_recording()
        self._recorder = self.handset.sound.recorder(file)
        if self._audio is not None:
            self._audio.startTransmit(self._recorder)

    def stop_recording(self) -> None:
        """Close the file."""
        self._recorder = None

    def measure(self) -> Message:
        """What the phone knows of its media: codec, addresses, packets sent, received and lost, jitter in ms."""
        info = self.getInfo()
        index = next((number for number, media in enumerate(info.media) if media.type == pj.PJMEDIA_TYPE_AUDIO), None)
        if index is None:
            return {}
        stream, statistics = self.getStreamInfo(index), self.getStreamStat(index)
        received, sent = statistics.rtcp.rxStat, statistics.rtcp.txStat
        transport = self.getMedTransportInfo(index)
        return {
            "codec": stream.codecName,
            "clock_rate": stream.codecClockRate,
            "local": transport.localRtpName,
            "remote": stream.remoteRtpAddress,
            "received": received.pkt,
            "received_lost": received.loss,
            "received_jitter_ms": received.jitterUsec.mean / 1000,
            "sent": sent.pkt,
            "sent_lost": sent.loss,
        }

    def onCallState(self, prm: Any) -> None:  # noqa: N802
        """Tell of the call's state."""
        del prm
        info = self.getInfo()
        state = _STATES.get(info.state)
        if state is None or state == "incoming":
            return
        self._tell(
            {
                "state": state,
                "status": info.lastStatusCode,
                "reason": info.lastReason,
                "remote": info.remoteUri,
                "sip_call_id": info.callIdString,
            }
        )
        if info.state == pj.PJSIP_INV_STATE_DISCONNECTED:
            self._let_go()

    def onCallMediaState(self, prm: Any) -> None:  # noqa: N802
        """Connect voice and recorder to media that begins, and tell of it."""
        del prm
        info = self.getInfo()
        for index, media in enumerate(info.media):
            if media.type != pj.PJMEDIA_TYPE_AUDIO:
                continue
            status = _MEDIA.get(media.status, "none")
            flows = media.status in (pj.PJSUA_CALL_MEDIA_ACTIVE, pj.PJSUA_CALL_MEDIA_REMOTE_HOLD)
            self._audio = self.getAudioMedia(index) if flows else None
            event: Message = {"event": "media", "call": self.number, "media": status}
            if flows:
                self._speak()
                if self._recorder is not None:
                    self._audio.startTransmit(self._recorder)
                stream = self.getStreamInfo(index)
                event |= {"codec": stream.codecName, "remote": stream.remoteRtpAddress}
            self.handset.tell(event)

    def onDtmfDigit(self, prm: Any) -> None:  # noqa: N802
        """Tell of a key the other party pressed."""
        method = "info" if prm.method == pj.PJSUA_DTMF_METHOD_SIP_INFO else "rfc4733"
        self.handset.tell({"event": "key", "call": self.number, "digit": prm.digit, "method": method})

    def onCallTransferRequest(self, prm: Any) -> None:  # noqa: N802
        """Follow the other party's wish to be called elsewhere."""
        prm.newCall = CallOf(self.account)

    def onCallSdpCreated(self, prm: Any) -> None:  # noqa: N802
        """Offer or answer something else than the stack would, where the account says so."""
        text = prm.sdp.wholeSdp
        for pattern, replacement in self.account.account["sdp_changes"]:
            text = re.sub(pattern, replacement, text)
        if text != prm.sdp.wholeSdp:
            prm.sdp.wholeSdp = text

    def onCallTransferStatus(self, prm: Any) -> None:  # noqa: N802
        """Tell how the transfer goes that this phone asked for, and leave the call once it has succeeded."""
        self.handset.tell(
            {
                "event": "transfer",
                "call": self.number,
                "status": prm.statusCode,
                "reason": prm.reason,
                "final": prm.finalNotify,
            }
        )
        if prm.finalNotify and prm.statusCode // 100 == 2:
            prm.cont = False
            self.hangup(pj.CallOpParam(True))

    def _speak(self) -> None:
        if self._audio is None:
            return
        self._source = self.handset.sound.source(self._sound)
        self._source.startTransmit(self._audio)

    def _tell(self, what: Message) -> None:
        self.handset.tell({"event": "call", "call": self.number, "account": self.account.number, **what})

    def _let_go(self) -> None:
        # The file of a recording is whole once its recorder is gone.
        self._source = self._keys = self._recorder = self._audio = None
        self.handset.calls.pop(self.number, None)


def _add(setup: Any, headers: Mapping[str, str]) -> None:
    for name, value in headers.items():
        header = pj.SipHeader()
        header.hName = name
        header.hValue = value
        setup.txOption.headers.append(header)
