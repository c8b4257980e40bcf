"""One phone: the loop of its process, and what it can be told to do."""

from __future__ import annotations

import contextlib
import ipaddress
import json
import os
import socket
import subprocess
import time
from collections.abc import Callable
from typing import Any

import pjsua2 as pj

from .house import Lines
from .sip import AccountOf, CallOf, Tell
from .sound import Sound

Message = dict[str, Any]

# How long one round waits for packets: at rest nobody is in a hurry, in a call a key pressed must not wait.
_AT_REST_MS = 150
_BUSY_MS = 10
_BUSY_FOR_S = 2
_REALTIME_PRIORITY = 5
_HIGHEST = 255
_CODECS = {
    "alaw": "PCMA/8000",
    "ulaw": "PCMU/8000",
    "g722": "G722/16000",
    "gsm": "GSM/8000",
    "ilbc": "iLBC/8000",
    "speex": "speex/8000",
    "speex16": "speex/16000",
    "speex32": "speex/32000",
}
_TRANSPORTS = {"udp": pj.PJSIP_TRANSPORT_UDP, "tcp": pj.PJSIP_TRANSPORT_TCP, "tls": pj.PJSIP_TRANSPORT_TLS}


class RefusedError(Exception):
    """What was asked cannot be done: the words go back to who asked."""


class Handset:
    """A phone that is switched on. `tell` takes an event to the house."""

    def __init__(self, name: str, config: Message, tell: Tell) -> None:
        self.name = name
        self.config = config
        self.tell = tell
        self.calls: dict[int, CallOf] = {}
        self.calls_made = 0
        self.endpoint = pj.Endpoint()
        self.sound = Sound(config)
        self._start()
        self.accounts = [AccountOf(self, number, account) for number, account in enumerate(config["accounts"])]

    def _start(self) -> None:
        config = self.config
        _take_address(config["address"], config["gateway"])
        with contextlib.suppress(OSError):
            # Voice leaves every 20 ms, however busy the machine is.
            os.sched_setscheduler(0, os.SCHED_RR, os.sched_param(_REALTIME_PRIORITY))
        self.endpoint.libCreate()
        setup = pj.EpConfig()
        setup.uaConfig.threadCnt = 0
        setup.uaConfig.mainThreadOnly = True
        setup.uaConfig.maxCalls = 8
        setup.uaConfig.userAgent = config["user_agent"]
        setup.uaConfig.mwiUnsolicitedEnabled = True
        for nameserver in config["nameservers"]:
            setup.uaConfig.nameserver.append(nameserver)
        setup.medConfig.clockRate = config["clock_rate"]
        setup.medConfig.sndClockRate = config["clock_rate"]
        setup.medConfig.ptime = 20
        setup.medConfig.noVad = True
        setup.medConfig.ecTailLen = 0
        # Media is read in the loop too: a thread for it would wake 100 times a second, in a phone at rest as well.
        setup.medConfig.threadCnt = 0
        setup.medConfig.hasIoqueue = False
        setup.logConfig.level = config["log_level"]
        setup.logConfig.consoleLevel = 0
        setup.logConfig.filename = config["log"]
        self.endpoint.libInit(setup)
        # No sound card: a clock of its own drives the conversation, and stops when there is none.
        self.endpoint.audDevManager().setNullDev()
        for transport in config["transports"]:
            self.endpoint.transportCreate(_TRANSPORTS[transport], self._transport(transport))
        self.endpoint.libStart()
        self._prefer(config["codecs"])

    def _transport(self, transport: str) -> Any:
        setup = pj.TransportConfig()
        setup.port = self.config["tls_port"] if transport == "tls" else self.config["sip_port"]
        setup.boundAddress = self.config["address"]
        setup.qosType = pj.PJ_QOS_TYPE_SIGNALLING
        if transport == "tls":
            tls = self.config["tls"]
            setup.tlsConfig.verifyServer = bool(tls.get("ca"))
            setup.tlsConfig.CaBuf = tls.get("ca", "")
            setup.tlsConfig.certBuf = tls.get("certificate", "")
            setup.tlsConfig.privKeyBuf = tls.get("key", "")
        return setup

    def _prefer(self, codecs: list[str]) -> None:
        unknown = [codec for codec in codecs if codec not in _CODECS]
        if unknown:
            raise RefusedError(f"no codec {', '.join(unknown)} in this phone: it has {', '.join(_CODECS)}")
        for codec in self.endpoint.codecEnum2():
            self.endpoint.codecSetPriority(codec.codecId, 0)
        for rank, codec in enumerate(codecs):
            self.endpoint.codecSetPriority(_CODECS[codec], _HIGHEST - rank)

    def call(self, number: int) -> CallOf:
        """The call of this number; RefusedError when it is over."""
        if number not in self.calls:
            raise RefusedError(f"{self.name} has no call {number} (any more)")
        return self.calls[number]

    def next_call(self) -> int:
        """A number for a new call, never used before in this phone."""
        self.calls_made += 1
        return self.calls_made

    @property
    def busy(self) -> bool:
        """Whether there is a call."""
        return bool(self.calls)

    def do(self, message: Message) -> Message:
        """Do what a message asks for and return the answer."""
        action = _ACTIONS.get(message["do"])
        if action is None:
            raise RefusedError(f"a phone cannot {message['do']!r}")
        return action(self, message) or {}


def _take_address(address: str, gateway: str) -> None:
    """Give this container one more address, the phone's own: on the wire it is a host like any other.

    With a gateway all that leaves from it goes there, even to a host that this container could reach by itself.
    """
    wanted = ipaddress.ip_interface(address)
    family = f"-{wanted.version}"
    listed = json.loads(_ip("-j", family, "address"))
    inside = [(device["ifname"], one) for device in listed for one in device["addr_info"]]
    if not any(one["local"] == str(wanted.ip) for _, one in inside):
        devices = [
            name
            for name, one in inside
            if wanted.ip in ipaddress.ip_network(f"{one['local']}/{one['prefixlen']}", strict=False)
        ]
        if not devices:
            raise RefusedError(f"{address} is on none of the networks of the phones")
        options = ["nodad"] if wanted.version == 6 else []
        _ip(family, "address", "add", f"{wanted.ip}/{wanted.max_prefixlen}", "dev", devices[0], *options)
        # Who knew another host at this address learns better: the next packet asks for its neighbour, and so tells who asks.
        _ip("neigh", "flush", "dev", devices[0])
    # A table of its own for each gateway, named after its last bytes.
    if gateway:
        table = str(1000 + int(ipaddress.ip_address(gateway)) % 60000)
        _ip(family, "route", "replace", "default", "via", gateway, "table", table)
        if f"from {wanted.ip} " not in _ip(family, "rule"):
            _ip(family, "rule", "add", "from", str(wanted.ip), "lookup", table)


def _leave_address(address: str) -> None:
    """Take the phone's own address away again: a phone in another container may be given it."""
    left = ipaddress.ip_interface(address)
    listed = json.loads(_ip("-j", f"-{left.version}", "address"))
    for device in listed:
        if any(one["local"] == str(left.ip) and one["prefixlen"] == left.max_prefixlen for one in device["addr_info"]):
            with contextlib.suppress(subprocess.CalledProcessError):
                _ip(f"-{left.version}", "address", "del", f"{left.ip}/{left.max_prefixlen}", "dev", device["ifname"])


def _ip(*words: str) -> str:
    return subprocess.run(["ip", *words], capture_output=True, text=True, check=True).stdout


def _register(handset: Handset, message: Message) -> None:
    handset.accounts[message.get("account", 0)].setRegistration(message.get("on", True))


def _dial(handset: Handset, message: Message) -> Message:
    account = handset.accounts[message.get("account", 0)]
    return {"call": account.dial(message["to"], message.get("headers", {}))}


def _answer(handset: Handset, message: Message) -> None:
    handset.call(message["call"]).reply(
        message.get("status", 200), message.get("reason", ""), message.get("headers", {})
    )


def _hang_up(handset: Handset, message: Message) -> None:
    handset.call(message["call"]).end(message.get("status", 0), message.get("headers", {}))


def _hold(handset: Handset, message: Message) -> None:
    handset.call(message["call"]).put_on_hold()


def _resume(handset: Handset, message: Message) -> None:
    handset.call(message["call"]).take_back()


def _transfer(handset: Handset, message: Message) -> None:
    call = handset.call(message["call"])
    if "other" in message:
        call.join(handset.call(message["other"]))
    else:
        call.send_on(message["to"])


def _press(handset: Handset, message: Message) -> None:
    handset.call(message["call"]).press(message["digits"], message["method"], message.get("duration_ms", 160))


def _play(handset: Handset, message: Message) -> None:
    handset.call(message["call"]).play(message["sound"])


def _record(handset: Handset, message: Message) -> None:
    handset.call(message["call"]).record(message["file"])


def _stop_recording(handset: Handset, message: Message) -> None:
    handset.call(message["call"]).stop_recording()


def _measure(handset: Handset, message: Message) -> Message:
    return handset.call(message["call"]).measure()


def _set(handset: Handset, message: Message) -> None:
    """Change what a person changes on a phone: `auto_answer`, `ring`."""
    for key in ("auto_answer", "ring"):
        if key in message:
            handset.config[key] = message[key]


def _ping(handset: Handset, message: Message) -> Message:
    del message
    return {"calls": sorted(handset.calls), "stack": handset.endpoint.libVersion().full}


class _SwitchedOffError(Exception):
    """The phone is to end."""


def _switch_off(handset: Handset, message: Message) -> None:
    del handset, message
    raise _SwitchedOffError


_ACTIONS: dict[str, Callable[[Handset, Message], Message | None]] = {
    "register": _register,
    "call": _dial,
    "answer": _answer,
    "hangup": _hang_up,
    "hold": _hold,
    "resume": _resume,
    "transfer": _transfer,
    "press": _press,
    "play": _play,
    "record": _record,
    "stop-recording": _stop_recording,
    "measure": _measure,
    "set": _set,
    "ping": _ping,
    "off": _switch_off,
}


def work(connection: socket.socket, name: str, config: Message) -> None:
    """Be a phone until it is switched off or the house is gone."""
    lines = Lines(connection)

    def tell(event: Message) -> None:
        if not lines.send(event):
            os._exit(0)

    try:
        handset = Handset(name, config, tell)
    except (pj.Error, RefusedError, subprocess.CalledProcessError, OSError) as error:
        tell({"event": "failed", "reason": explain(error)})
        return
    tell({"event": "on", "address": config["address"]})
    connection.setblocking(False)
    last = time.monotonic()
    while True:
        in_hurry = handset.busy or time.monotonic() - last < _BUSY_FOR_S
        handset.endpoint.libHandleEvents(_BUSY_MS if in_hurry else _AT_REST_MS)
        messages = lines.receive()
        if messages is None:
            return
        if messages:
            last = time.monotonic()
            connection.setblocking(True)
            for message in messages:
                if not _obey(handset, lines, message):
                    return
            connection.setblocking(False)


def _obey(handset: Handset, lines: Lines, message: Message) -> bool:
    """Do what is asked and answer; False when the phone is switched off."""
    try:
        answer: Message = {"ok": handset.do(message)}
    except _SwitchedOffError:
        with contextlib.suppress(pj.Error):
            handset.endpoint.libDestroy()
        _leave_address(handset.config["address"])
        lines.send({"id": message["id"], "ok": {}})
        return False
    except (RefusedError, pj.Error, KeyError, IndexError, ValueError, OSError) as error:
        answer = {"error": explain(error)}
    lines.send({"id": message["id"], **answer})
    return True


def explain(error: Exception) -> str:
    """An error in one line."""
    if isinstance(error, pj.Error):
        return f"{error.reason} ({error.title})"
    if isinstance(error, subprocess.CalledProcessError):
        return str(error.stderr.strip() or error)
    return str(error)
