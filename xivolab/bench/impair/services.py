"""Faults of the server itself: a service that is stopped, names, certificates, the clock, the disk."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable
from pathlib import Path

from xivolab.bench.impair import probe
from xivolab.bench.impair.fault import Fault, Undo
from xivolab.bench.impair.scene import Scene
from xivolab.bench.truth import Words
from xivolab.errors import LabError

_KEYS = "/etc/asterisk/keys"
_SPOOL = "/var/spool/asterisk/voicemail"
_CERTIFICATE = """
cd {keys} && cp -p asterisk.crt {keep}
openssl req -x509 -new -key asterisk.key -subj /CN=xivo {options} -out new.crt
cat new.crt > asterisk.crt && rm new.crt
"""


def _stop(service: str) -> Callable[[Scene], Undo]:
    def inject(scene: Scene) -> Undo:
        scene.bench.service("stop", service)
        return {"service": service}

    return inject


def _start(scene: Scene, undo: Undo) -> None:
    scene.bench.service("start", undo["service"])
    if undo["service"] == "asterisk":
        scene.bench.wait_booted()


def _registers(scene: Scene) -> str | None:
    phone = scene.hire("first", scene.account(0))
    last = phone.registration()
    if phone.is_registered():
        return None
    return (
        f"a phone cannot register: {last['status']} {last['reason']}" if last else "nobody answers a phone's REGISTER"
    )


def _inside_call(scene: Scene) -> str | None:
    return probe.said(probe.call_inside(scene))


def _wrong_name(scene: Scene) -> Undo:
    file = _hosts(scene)
    before = file.read_text()
    file.write_text(re.sub(r"^\S+(\s+operator)$", r"192.0.2.9\1", before, flags=re.MULTILINE))
    _look_up_again(scene)
    return {"before": before}


def _right_name(scene: Scene, undo: Undo) -> None:
    _hosts(scene).write_text(undo["before"])
    _look_up_again(scene)


def _hosts(scene: Scene) -> Path:
    """The PBX's /etc/hosts: the engine mounts a file of its own there, which the container itself may only read."""
    return Path(scene.engine.call("inspect", "--format", "{{.HostsPath}}", scene.bench.container("pbx")).strip())


def _look_up_again(scene: Scene) -> None:
    """Asterisk keeps the names it has read; it reads them anew when it starts."""
    scene.bench.service("restart", "asterisk")
    scene.bench.wait_booted()


def _outgoing(scene: Scene) -> str | None:
    scene.wait_contact(scene.trunk)
    look = probe.call_outside(scene)
    return None if look.reaches_operator else f"a call does not reach the operator: {look.status or 'no answer'}"


def _other_certificate(options: str) -> Callable[[Scene], Undo]:
    def inject(scene: Scene) -> Undo:
        keep = f"{_KEYS}/asterisk.crt.before"
        scene.bench.execute("pbx", "sh", "-ec", _CERTIFICATE.format(keys=_KEYS, keep=keep, options=options))
        scene.bench.service("restart", "asterisk")
        scene.bench.wait_booted()
        return {"keep": keep}

    return inject


def _own_certificate(scene: Scene, undo: Undo) -> None:
    scene.bench.execute("pbx", "sh", "-ec", f"[ -e {undo['keep']} ] && mv {undo['keep']} {_KEYS}/asterisk.crt")
    scene.bench.service("restart", "asterisk")
    scene.bench.wait_booted()


def _secure(scene: Scene) -> str | None:
    """A phone registers over TLS and checks who it speaks to."""
    authority = scene.bench.execute("pbx", "cat", f"{_KEYS}/ca.crt")
    phone = scene.hire("third", scene.account(2, transport="tls"), tls={"ca": authority})
    last = phone.registration()
    registered = phone.is_registered()
    scene.phones.dismiss("third")
    if registered:
        return None
    return f"a phone does not get through over TLS: {last['status']} {last['reason']}" if last else "no answer over TLS"


def _fill(scene: Scene) -> Undo:
    # A file system of its own, and small: the real one is this machine's.
    mount = ["mount", "-t", "tmpfs", "-o", "size=64k,mode=0755", "tmpfs", _SPOOL]
    scene.bench.execute("pbx", "install", "-d", "-o", "asterisk", "-g", "asterisk", _SPOOL)
    _inside(scene, *mount)
    scene.bench.execute(
        "pbx", "sh", "-c", f"cat /dev/zero > {_SPOOL}/core.1 2>/dev/null; chown asterisk: {_SPOOL}; true"
    )
    return {}


def _empty(scene: Scene, undo: Undo) -> None:
    del undo
    _inside(scene, "umount", _SPOOL)


def _inside(scene: Scene, *command: str) -> None:
    """Run a command in the PBX's own view of the file system, with this machine's rights: a mount needs them."""
    pid = scene.engine.pid(scene.bench.container("pbx"))
    done = subprocess.run(
        ["nsenter", "--target", str(pid), "--mount", *command], capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise LabError(done.stderr.strip() or "it failed", f"{command[0]} in {scene.bench.container('pbx')}")


def _space(scene: Scene) -> str | None:
    """Whether a message of voicemail could be kept."""
    try:
        scene.bench.execute(
            "pbx", "sh", "-c", f"mkdir -p {_SPOOL} && head -c 20000 /dev/zero > {_SPOOL}/.look", user="asterisk"
        )
    except LabError as error:
        return f"no message can be kept: {error.what}"
    finally:
        scene.bench.execute("pbx", "rm", "-f", f"{_SPOOL}/.look")
    return None


def _shift(scene: Scene) -> Undo:
    scene.bench.execute("pbx", "sh", "-c", "echo -7m > /run/xivolab/asterisk.clock")
    scene.bench.service("restart", "asterisk")
    scene.bench.wait_booted()
    return {}


def _clock(scene: Scene) -> str | None:
    """Asterisk's clock beside that of the database."""
    told = scene.bench.pbx.ask("dialplan eval function STRFTIME(,,%s)")
    seconds = re.search(r"\b(\d{9,})\b", told)
    if seconds is None:
        raise LabError(f"Asterisk does not tell its time: {told.strip()!r}", scene.bench.name)
    offset = int(seconds[1]) - float(scene.bench.sql("SELECT extract(epoch FROM now())")[0][0])
    return f"Asterisk's clock is {offset:+.0f} s off" if abs(offset) > 5 else None


def _in_time(scene: Scene, undo: Undo) -> None:
    del undo
    scene.bench.execute("pbx", "rm", "-f", "/run/xivolab/asterisk.clock")
    scene.bench.service("restart", "asterisk")
    scene.bench.wait_booted()


FAULTS = (
    Fault("asterisk-stopped", Words("Asterisk does not run", "Asterisk ne tourne pas"), ("request-unanswered", "icmp-unreachable"),
          _stop("asterisk"), _start, _registers, ("A2", "G17")),
    Fault("agi-stopped", Words("The service that the dialplan asks does not run", "Le service que le plan d'appel interroge ne tourne pas"),
          ("agi-failed",), _stop("agid"), _start, _inside_call, ("A2", "G16")),
    Fault("wrong-name", Words("The operator's name leads to another address", "Le nom de l'opérateur mène à une autre adresse"),
          ("trunk-unreachable", "dns-failed"), _wrong_name, _right_name, _outgoing, ("B8",)),
    Fault("certificate-expired", Words("The PBX's certificate is no longer valid", "Le certificat du PBX est expiré"),
          ("tls-failed",), _other_certificate("-not_before 20240101000000Z -not_after 20240201000000Z"), _own_certificate, _secure, ("B6", "C25")),
    Fault("certificate-foreign", Words("The PBX's certificate is from nobody its phones know", "Le certificat du PBX vient d'une autorité inconnue de ses postes"),
          ("tls-failed",), _other_certificate("-days 30"), _own_certificate, _secure, ("B6", "C26")),
    # What shifts it stands in the environment of the process: no secret.
    Fault("clock-behind", Words("Asterisk's clock is seven minutes behind", "L'horloge d'Asterisk retarde de sept minutes"), ("clock-offset",),
          _shift, _in_time, _clock, ("A15", "D7"), sealable=False),
    Fault("disk-full", Words("There is no room for messages", "Plus de place pour les messages"), ("server-resource",),
          _fill, _empty, _space, ("F11", "A16")),
)  # fmt: skip
