"""Mistakes in the PBX's configuration: an option of a line or of the trunk that is not what it should be."""

from __future__ import annotations

from collections.abc import Callable

from xivolab.bench.impair import probe, sections
from xivolab.bench.impair.fault import Fault, Undo
from xivolab.bench.impair.scene import Scene
from xivolab.bench.phone import Voice
from xivolab.bench.truth import Words
from xivolab.errors import LabError

_PJSIP = "pjsip.conf"
Edit = Callable[[Scene, str], str]


def _edited(file: str, edit: Edit) -> Callable[[Scene], Undo]:
    """Change a file of Asterisk and let it read it."""

    def inject(scene: Scene) -> Undo:
        before = scene.read(file)
        after = edit(scene, before)
        scene.write(file, after)
        scene.reload()
        return {"file": file, "before": before, "after": after}

    return inject


def _put_back(scene: Scene, undo: Undo) -> None:
    """As it was; what somebody else changed since is kept if the mistake is gone already."""
    if scene.read(undo["file"]) == undo["after"]:
        scene.write(undo["file"], undo["before"])
        scene.reload()


def _line(kind: str, **options: str | None) -> Edit:
    """Options of the second line."""
    return lambda scene, text: sections.change(text, scene.line(1).name, kind, **options)


def _trunk(kind: str, **options: str | None) -> Edit:
    """Options of the trunk to the operator."""
    return lambda scene, text: sections.change(text, scene.trunk, kind, **options)


def _inside(scene: Scene) -> str | None:
    return probe.said(probe.call_inside(scene))


def _from_the_line(scene: Scene) -> str | None:
    """The second line calls the first."""
    second, _ = scene.probe(1), scene.probe(0)
    call = second.call(scene.line(0).number)
    try:
        call.wait("ringing", "in-call", timeout=6)
    except LabError:
        return f"{scene.line(1).number} cannot call {scene.line(0).number}: {call.status or 'no answer'} {call.reason}".rstrip()
    finally:
        call.hang_up(wait=False)
    return None


def _registration(scene: Scene) -> str | None:
    """The second line registers anew, with the password its phone has always had."""
    phone = scene.hire("second", scene.account(1))
    last = phone.registration()
    if phone.is_registered():
        return None
    return (
        f"{scene.line(1).number} cannot register: {last['status']} {last['reason']}"
        if last
        else "no answer to REGISTER"
    )


def _transfers(scene: Scene) -> str | None:
    """The second line sends its caller on to the third."""
    first, second = scene.probe(0), scene.probe(1)
    call = first.call(scene.line(1).number)
    incoming = second.wait_call(6)
    try:
        incoming.answer()
        second.ask("transfer", call=incoming.number, to=scene.line(2).number)
        second.wait(lambda: any(incoming.events("transfer")), 6, lambda: "nobody answers its REFER")
        status = int(next(incoming.events("transfer"))["status"])
    except LabError as error:
        return f"a transfer is not done: {error.what}"
    finally:
        call.hang_up(wait=False)
        if incoming.state != "ended":
            incoming.hang_up(wait=False)
    return f"a transfer is refused: {status}" if status >= 300 else None


def _keys(scene: Scene) -> str | None:
    """The first line presses keys (RFC 4733); the second hears them."""
    first, second = scene.probe(0), scene.probe(1)
    call = first.call(scene.line(1).number)
    incoming = second.wait_call(6)
    try:
        incoming.answer()
        call.wait_answered(5)
        call.say(Voice())
        call.press("159")
        incoming.wait_keys("159", 2)
    except LabError as error:
        return f"keys do not arrive: {error.what}"
    finally:
        call.hang_up(wait=False)
    return None


def _trunk_registers(scene: Scene) -> str | None:
    scene.bench.pbx.ask("pjsip send register *all")
    state = scene.wait_trunk_registered(8)
    return None if state == "Registered" else f"the trunk is {state}"


def _outgoing(scene: Scene) -> str | None:
    look = probe.call_outside(scene)
    return None if look.reaches_operator else f"a call does not reach the operator: {look.status or 'no answer'}"


def _fault(
    name: str, edit: Edit, look: Callable[[Scene], str | None], en: str, fr: str, codes: tuple[str, ...], *rows: str
) -> Fault:
    return Fault(name, Words(en, fr), codes, _edited(_PJSIP, edit), _put_back, look, rows)


FAULTS = (
    _fault("line-password", _line("auth", password="changed-by-mistake"), _registration,  # noqa: S106
           "A line has another password than its phone", "Une ligne a un autre mot de passe que son poste",
           ("register-auth-failed",), "E1", "C6"),
    _fault("line-aor", _line("endpoint", aors="nobody"), _inside,
           "A line's registrations lead nowhere: the names of endpoint and AOR differ", "Les noms de l'endpoint et de l'AOR diffèrent",
           ("endpoint-unavailable", "registration-rejected"), "E1"),
    _fault("line-context", _line("endpoint", context="nowhere"), _from_the_line,
           "A line is in a context that does not exist", "Une ligne est dans un contexte qui n'existe pas",
           ("dialplan-no-extension",), "C8", "D2"),
    _fault("line-codecs", _line("endpoint", disallow="all", allow="g729"), _inside,
           "A line allows only a codec that its phone does not have", "Une ligne n'autorise qu'un codec que son poste n'a pas",
           ("codec-not-acceptable", "no-translation-path"), "C19", "B25"),
    _fault("line-srtp", _line("endpoint", media_encryption="sdes"), _inside,
           "A line demands encryption and its phone has none", "Une ligne exige le chiffrement et son poste n'en a pas",
           ("srtp-mismatch", "codec-not-acceptable"), "C27"),
    _fault("line-dtmf", _line("endpoint", dtmf_mode="inband"), _keys,
           "A line takes keys as tones, its phone sends them as events", "Une ligne attend les touches en tonalités, son poste les envoie en événements",
           ("dtmf-mismatch",), "C15", "D13"),
    _fault("line-transfer", _line("endpoint", allow_transfer="no"), _transfers,
           "A line may not transfer", "Une ligne ne peut pas transférer", ("transfer-failed",), "C17", "D13"),
    _fault("line-contacts", _line("aor", max_contacts="0"), _registration,
           "A line allows no contact", "Une ligne n'autorise aucun contact", ("registration-rejected",), "B25"),
    _fault("line-acl", _line("endpoint", deny="0.0.0.0/0.0.0.0", permit="192.0.2.0/24"), _from_the_line,
           "A line may be used from another network only", "Une ligne n'est permise que depuis un autre réseau",
           ("invite-auth-failed", "call-forbidden"), "E14", "B23"),
    _fault("trunk-password", _trunk("auth", password="changed-by-mistake"), _outgoing,  # noqa: S106
           "The trunk's password is wrong", "Le mot de passe de l'interconnexion est faux",
           ("registration-rejected", "invite-auth-failed"), "C6", "C13"),
    _fault("trunk-address", _trunk("aor", contact="sip:192.0.2.9:5060"), _outgoing,
           "The trunk leads to another address", "L'interconnexion mène à une autre adresse", ("trunk-unreachable",), "C6", "B8"),
    _fault("trunk-codecs", _trunk("endpoint", disallow="all", allow="g729"), _outgoing,
           "The trunk allows a codec that the operator does not know", "L'interconnexion n'autorise qu'un codec inconnu de l'opérateur",
           ("codec-not-acceptable", "no-translation-path"), "C19"),
)  # fmt: skip
