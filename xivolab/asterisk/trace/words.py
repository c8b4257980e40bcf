"""The decisions of a dialplan in words, in French and English."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from xivolab.asterisk.trace.sounds import sound

LANGUAGES = ("en", "fr")

Fields = Mapping[str, Any]

# What XiVO's AGI handlers do (wazo-agid, wazo_agid/modules).
_HANDLERS = {
    "incoming_user_set_features": ("the user's services are read", "lecture des services de l’utilisateur"),
    "incoming_did_set_features": ("the incoming call is looked up", "lecture de l’appel entrant"),
    "incoming_group_set_features": ("the group is read", "lecture du groupe"),
    "incoming_queue_set_features": ("the queue is read", "lecture de la file d’attente"),
    "outgoing_user_set_features": ("the outgoing call is looked up", "lecture de l’appel sortant"),
    "check_schedule": ("the schedule is looked up", "consultation du calendrier"),
    "check_diversion": ("the queue's diversions are looked up", "consultation des déroutements de la file"),
    "user_set_call_rights": ("the call right is looked up", "consultation des droits d’appel"),
    "getring": ("the ring tone is chosen", "choix de la sonnerie"),
    "fwdundoall": ("all forwards are taken off", "suppression de tous les renvois"),
    "vmbox_get_info": ("the mailbox is looked up", "consultation de la boîte vocale"),
    "user_get_vmbox": ("the user's mailbox is looked up", "consultation de la boîte vocale de l’utilisateur"),
    "callerid_extend": ("the caller ID is completed", "complément de l’identité de l’appelant"),
    "callerid_forphones": (
        "the directory is asked for the caller's name",
        "recherche du nom de l’appelant dans l’annuaire",
    ),
    "incoming_meetme_set_features": ("the conference is read", "lecture de la conférence"),
    "incoming_conference_set_features": ("the conference is read", "lecture de la conférence"),
    "paging": ("the paging group is read", "lecture du groupe de diffusion"),
    "agent_get_options": ("the agent is looked up", "lecture de l’agent"),
    "agent_login": ("the agent logs in", "connexion de l’agent"),
    "agent_logoff": ("the agent logs off", "déconnexion de l’agent"),
    "agent_pause": ("the agent's pause is changed", "changement de la pause de l’agent"),
    "phone_get_features": ("the phone's services are looked up", "consultation des services du poste"),
    "phone_set_feature": ("a service of the phone is changed", "changement d’un service du poste"),
    "switchboard_set_features": ("the switchboard is read", "lecture du standard"),
    "phonebook_lookup": ("the directory is asked", "recherche dans l’annuaire"),
    "convert_pre_dial_handler": ("the pre-dial handler is prepared", "préparation avant l’appel"),
}

_AGI_STATES = {
    "done": ("", ""),
    "failed": (": failed, returned {result}", " : échec, code {result}"),
    "timeout": (": no answer in time from the AGI server", " : le serveur AGI n’a pas répondu à temps"),
    "unreachable": (": the AGI server cannot be reached", " : le serveur AGI est injoignable"),
    "unfinished": (": never came back", " : jamais revenu"),
}

_OBJECTS = {
    "user": ("user", "utilisateur"),
    "did": ("incoming call", "appel entrant"),
    "outcall": ("outgoing call", "appel sortant"),
    "group": ("group", "groupe"),
    "queue": ("queue", "file d’attente"),
    "meetme": ("conference", "conférence"),
    "conference": ("conference", "conférence"),
    "voicemail": ("mailbox", "boîte vocale"),
    "vmbox": ("mailbox", "boîte vocale"),
    "sound": ("announcement", "annonce"),
    "extension": ("extension", "extension"),
    "custom": ("custom destination", "destination personnalisée"),
    "ivr": ("voice menu", "menu vocal"),
    "application:disa": ("a dial tone behind a password (DISA)", "une tonalité derrière un mot de passe (DISA)"),
    "application:callbackdisa": ("a call back with a dial tone (DISA)", "un rappel avec tonalité (DISA)"),
    "application:password": ("a password", "un mot de passe"),
    "application:directory": ("the directory", "l’annuaire"),
    "application:faxtomail": ("fax to mail", "fax vers mail"),
    "application:voicemailmain": ("listening to voicemail", "la consultation de messagerie"),
}

_ORIGINS = {
    "internal": ("internal call", "appel interne"),
    "external": ("call from outside", "appel de l’extérieur"),
    "patch": ("call patched through", "appel relayé"),
}

_REASONS = {
    "SCHEDULE_OUT": ("closed hours", "hors horaires"),
    "USER_UNC": ("immediate forward", "renvoi inconditionnel"),
    "USER_BUSY": ("busy", "occupation"),
    "USER_NOANSWER": ("no answer", "non-réponse"),
    "USER_CONGESTION": ("congestion", "encombrement"),
    "USER_CHANUNAVAIL": ("phone not available", "poste non disponible"),
    "GROUP_CONGESTION": ("the group is congested", "le groupe est encombré"),
    "GROUP_CHANUNAVAIL": ("nobody in the group is available", "personne n’est disponible dans le groupe"),
    "GROUP_NOANSWER": ("nobody in the group answered", "personne n’a répondu dans le groupe"),
    "QUEUE_NOANSWER": ("no agent answered", "aucun agent n’a répondu"),
    "QUEUE_BUSY": ("the queue is full", "la file est pleine"),
    "QUEUE_CONGESTION": ("the queue is congested", "la file est encombrée"),
    "QUEUE_CHANUNAVAIL": ("no agent available", "aucun agent disponible"),
    "QUEUE_DIVERTWAITTIME": ("the wait would be too long", "attente estimée trop longue"),
    "QUEUE_DIVERTCARATIO": ("too many calls for the agents", "trop d’appels pour les agents"),
    "VOICEMENU_FORWARD": ("voice menu", "menu vocal"),
}

_QUEUE_STATUSES = {
    "TIMEOUT": ("nobody answered in time", "personne n’a répondu à temps"),
    "FULL": ("the queue is full", "la file est pleine"),
    "JOINEMPTY": ("no agent to take the call", "aucun agent pour prendre l’appel"),
    "JOINUNAVAIL": ("no agent available", "aucun agent disponible"),
    "LEAVEEMPTY": ("the last agent left", "le dernier agent est parti"),
    "LEAVEUNAVAIL": ("no agent is available any more", "plus aucun agent disponible"),
    "CONTINUE": ("the caller is sent on", "l’appelant est renvoyé plus loin"),
    "WITHDRAW": ("withdrawn from the queue", "retiré de la file"),
}

_SPECIAL = {
    "i": ("what was dialled does not exist there (extension i)", "le numéro composé n’y existe pas (extension i)"),
    "t": ("nothing was dialled in time (extension t)", "rien n’a été composé à temps (extension t)"),
    "e": ("an error in the dialplan (extension e)", "une erreur dans le plan de numérotation (extension e)"),
    "T": ("the longest time allowed is over (extension T)", "la durée maximale est écoulée (extension T)"),
}


def sentence(code: str, fields: Fields, lang: str) -> str:
    """A decision as a short sentence without a full stop. Raises KeyError for an unknown code."""
    return _SENTENCES[code](fields, 1 if lang == "fr" else 0)


def codes() -> tuple[str, ...]:
    """All codes of decisions."""
    return tuple(_SENTENCES)


def _pick(table: Mapping[str, tuple[str, str]], key: Any, lang: int) -> str:
    """The words for a key; the key itself where there are none."""
    found = table.get(key)
    return str(key) if found is None else found[lang]


def duration(seconds: float, lang: int) -> str:
    """Seconds for people: "0.35 s", "1 min 05 s"; the spaces do not break."""
    if seconds < 10:
        shown = f"{seconds:.2f}".rstrip("0").rstrip(".")
        return f"{shown.replace('.', ',') if lang else shown}\xa0s"
    whole = round(seconds)
    return f"{whole}\xa0s" if whole < 60 else f"{whole // 60}\xa0min\xa0{whole % 60:02d}\xa0s"


def _list(names: list[str]) -> str:
    return ", ".join(names)


def _plain(en: str, fr: str) -> Callable[[Fields, int], str]:
    """A sentence with fields in braces."""

    def words(fields: Fields, lang: int) -> str:
        return (fr if lang else en).format_map(fields)

    return words


def _states(**states: tuple[str, str]) -> Callable[[Fields, int], str]:
    """One sentence for each state."""

    def words(fields: Fields, lang: int) -> str:
        shown = dict(fields) | {"object": _pick(_OBJECTS, fields.get("object"), lang)}
        return states[fields["state"]][lang].format_map(shown)

    return words


def _parties(fields: Fields, lang: int) -> str:
    who = f"{fields['src'] or '?'} → {fields['dst']}"
    notes = []
    if fields["origin"]:
        notes.append(_pick(_ORIGINS, fields["origin"], lang))
    if fields["object"] in _OBJECTS:
        number = f" {fields['object_id']}" if fields["object_id"] else ""
        notes.append(_pick(_OBJECTS, fields["object"], lang) + number)
    return f"{who} ({', '.join(notes)})" if notes else who


def _referer(fields: Fields, lang: int) -> str:
    kind, _, number = (fields["referer"] or "").partition(":")
    by = f"{_pick(_OBJECTS, kind, lang)} {number}".strip()
    if not by:
        return "l’appel a été renvoyé" if lang else "the call was forwarded here"
    return f"l’appel a été renvoyé par : {by}" if lang else f"the call was forwarded by {by}"


def _right(fields: Fields, lang: int) -> str:
    states = {
        "allowed": ("call right: allowed", "droit d’appel : autorisé"),
        "denied": ("call right: refused", "droit d’appel : refusé"),
        "error": ("call right: could not be checked", "droit d’appel : vérification impossible"),
    }
    return states[fields["state"]][lang]


def _subroutine(fields: Fields, lang: int) -> str:
    place = f" ({fields['place']})" if fields["place"] else ""
    if fields["name"] is None:
        return (f"customer's subroutine{place}: none", f"sous-routine du client{place} : aucune")[lang]
    return (f"customer's subroutine runs: {fields['name']}", f"sous-routine du client exécutée : {fields['name']}")[
        lang
    ]


def _forward(fields: Fields, lang: int) -> str:
    action = fields["action"] or "none"
    if action in ("none", "endcall:none"):
        return ("no forward is set for this case", "aucun renvoi n’est prévu pour ce cas")[lang]
    if action.startswith("endcall"):
        how = action.partition(":")[2]
        ends = {"hangup": ("hang up", "raccrocher"), "busy": ("busy tone", "tonalité d’occupation")}
        ends["congestion"] = ("congestion tone", "tonalité d’encombrement")
        return ("the call ends: ", "fin de l’appel : ")[lang] + _pick(ends, how, lang)
    goal = f"{_pick(_OBJECTS, action, lang)} {fields['to'] or ''}".strip()
    why = f" ({_pick(_REASONS, fields['reason'], lang)})" if fields["reason"] else ""
    return (f"forwarded to {goal}{why}", f"renvoi vers : {goal}{why}")[lang]


def _agi(fields: Fields, lang: int) -> str:
    name = fields["handler"]
    what = _HANDLERS.get(name)
    head = f"AGI {name}" if what is None else f"{what[lang]} (AGI {name})"
    took = fields["took"]
    shown = f", {duration(took, lang)}" if took is not None and took >= 0.001 else ""
    return head + shown + _AGI_STATES[fields["state"]][lang].format_map(fields)


def _voicemail(fields: Fields, lang: int) -> str:
    greetings = {
        "busy": ("greeting: busy", "accueil : occupé"),
        "unavailable": ("greeting: unavailable", "accueil : absent"),
    }
    note = f" ({greetings[fields['greeting']][lang]})" if fields["greeting"] else ""
    return (f"voicemail {fields['box']}{note}", f"messagerie vocale {fields['box']}{note}")[lang]


def _queue(fields: Fields, lang: int) -> str:
    kind = ("group", "groupe") if fields.get("object") == "group" else ("queue", "file d’attente")
    head = f"{kind[lang]} {fields['name']}"
    colon = " : " if lang else ": "
    if fields["by"]:
        return head + colon + (f"answered by {fields['by']}", f"répondu par {fields['by']}")[lang]
    if fields["status"]:
        return head + colon + _pick(_QUEUE_STATUSES, fields["status"], lang)
    if fields.get("left"):
        after = fields["waited"]
        within = "" if after is None else (f" after {duration(after, lang)}", f" après {duration(after, lang)}")[lang]
        return head + colon + ("the caller hung up", "l’appelant a raccroché")[lang] + within
    return head


def _announcement(fields: Fields, lang: int) -> str:
    shown = _list([sound(name, lang) for name in fields["sounds"]])
    return (f"announcement: {shown}", f"annonce : {shown}")[lang]


def _dial(fields: Fields, lang: int) -> str:
    timeout = f" ({fields['timeout']} s)" if fields["timeout"] else ""
    head = ("calls ", "appelle ")[lang] + (_list(fields["to"]) or "?") + timeout
    end = _dial_end(fields, lang)
    redirected = ""
    if fields["forwarded"]:
        goal = _list(fields["forwarded"])
        redirected = (f"; the phone forwards to {goal}", f" ; le poste renvoie vers {goal}")[lang]
    return f"{head}{' : ' if lang else ': '}{end}{redirected}" if end else head + redirected


def _dial_end(fields: Fields, lang: int) -> str:
    after = fields.get("after")
    within = "" if after is None else (f" after {duration(after, lang)}", f" après {duration(after, lang)}")[lang]
    match fields["outcome"]:
        case "answered":
            who = f" {fields['by']}" if len(fields["to"]) > 1 else ""
            return ("answered" + (f" by{who}" if who else ""), "répondu" + (f" par{who}" if who else ""))[lang] + within
        case "no-answer":
            return ("nobody answered", "pas de réponse")[lang] + within
        case "busy":
            return ("busy", "occupé")[lang]
        case "congestion":
            return (
                "congestion: no free line, or the other side refuses for now",
                "encombrement : plus de ligne, ou refus momentané de l’autre côté",
            )[lang]
        case "not-registered":
            return ("no phone is registered there", "aucun poste n’y est enregistré")[lang]
        case "unknown-endpoint":
            return ("there is no such endpoint", "ce terminal n’existe pas")[lang]
        case "not-created":
            return (
                f"no channel could be made ({fields['cause_text']})",
                f"aucun canal n’a pu être créé ({fields['cause_text']})",
            )[lang]
        case "refused":
            return (
                "refused, or not reachable (the log does not say which: see the SIP answer)",
                "refus, ou injoignable (le journal ne dit pas lequel : voir la réponse SIP)",
            )[lang]
        case "cancelled":
            return ("the caller hung up", "l’appelant a raccroché")[lang] + within
        case "unfinished":
            return ("the log ends here", "le journal s’arrête là")[lang]
    return ("outcome not in the log", "issue absente du journal")[lang]


def _attempt(fields: Fields, lang: int) -> str:
    states = {
        "answered": ("answered", "a répondu"),
        "rang": ("rang", "a sonné"),
        "called": ("called, did not ring", "appelé, n’a pas sonné"),
        "busy": ("busy", "occupé"),
        "circuit-busy": ("no free line", "plus de ligne libre"),
        "not-created": (
            f"no channel could be made ({fields['cause_text']})",
            f"aucun canal créé ({fields['cause_text']})",
        ),
    }
    after = "" if fields["after"] is None else f" +{duration(fields['after'], lang)}"
    return f"{fields['to']}{' : ' if lang else ': '}{states[fields['state']][lang]}{after}"


def _frame(fields: Fields, lang: int) -> str:
    names = {
        "gosub": ("subroutine {name}", "sous-routine {name}"),
        "macro": ("macro {name}", "macro {name}"),
        "handler": ("handler {name}", "traitement {name}"),
    }
    return names[fields["kind"]][lang].format_map(fields)


def _talk(fields: Fields, lang: int) -> str:
    took = "" if fields["talk"] is None else f" {duration(fields['talk'], lang)}"
    head = ("in conversation", "en conversation")[lang] + took
    if fields["released"] is None:
        return head
    who = {
        "caller": ("the caller's side left first", "le côté appelant est parti le premier"),
        "callee": ("the called side left first", "le côté appelé est parti le premier"),
    }[fields["released"]][lang]
    return f"{head}, {who} ({fields['first_left']})"


def _hangup(fields: Fields, lang: int) -> str:
    cause = f" (Q.850 {fields['cause']})" if fields["cause"] is not None else ""
    return ("the PBX hangs up", "l’IPBX raccroche")[lang] + cause


def _reason(fields: Fields, lang: int) -> str:
    why = _pick(_REASONS, fields["reason"], lang)
    return (f"forward looked for: {why}", f"recherche d’un renvoi : {why}")[lang]


_SENTENCES: dict[str, Callable[[Fields, int], str]] = {
    "enters": _plain("{exten} in context {context}", "{exten} dans le contexte {context}"),
    "begun-by-server": _plain(
        "the PBX itself began this call: nobody dialled it (click-to-call, call file)",
        "appel lancé par l’IPBX lui-même : personne ne l’a composé (clic pour appeler, fichier d’appel)",
    ),
    "parties": _parties,
    "was-forwarded": _referer,
    "forward-count": lambda fields, lang: (
        f"renvoyé {fields['count']} fois"
        if lang
        else "forwarded once"
        if fields["count"] == 1
        else f"forwarded {fields['count']} times"
    ),
    "forward-limit": _plain(
        "forwarded too often: the forwards may go round in a circle",
        "renvoyé trop de fois : les renvois tournent peut-être en rond",
    ),
    "forward-reason": _reason,
    "forward": _forward,
    "outgoing-call": _plain("call to the outside", "appel vers l’extérieur"),
    "trunk": _plain("trunk number {index} is tried", "essai du faisceau n° {index}"),
    "no-more-trunks": _plain("no trunk is left to try", "plus aucun faisceau à essayer"),
    "next-trunk": _plain("the trunk failed: is there another?", "échec du faisceau : y en a-t-il un autre ?"),
    "schedule": _states(
        open=("schedule of the {object}: open, or none set", "calendrier ({object}) : ouvert, ou aucun"),
        closed=("schedule of the {object}: closed", "calendrier ({object}) : fermé"),
    ),
    "do-not-disturb": _states(
        on=("do not disturb: on", "ne pas déranger : actif"), off=("do not disturb: off", "ne pas déranger : inactif")
    ),
    "unconditional-forward": _states(
        on=("immediate forward: on", "renvoi inconditionnel : actif"),
        off=("immediate forward: off", "renvoi inconditionnel : inactif"),
    ),
    "simultaneous-calls": _states(
        on=(
            "simultaneous calls: limit reached, counts as busy",
            "appels simultanés : limite atteinte, considéré occupé",
        ),
        off=("simultaneous calls: below the limit", "appels simultanés : sous la limite"),
    ),
    "queue-diversion": _states(
        on=("diversion of the queue: on", "déroutement de la file : actif"),
        off=("diversion of the queue: off", "déroutement de la file : inactif"),
    ),
    "mailbox": _states(none=("no voicemail for this user", "pas de messagerie vocale pour cet utilisateur")),
    "call-filter": _states(
        on=("boss-secretary filter: on", "filtrage patron-secrétaire : actif"),
        off=("boss-secretary filter: off", "filtrage patron-secrétaire : inactif"),
        nobody=("boss-secretary filter: nobody answered", "filtrage patron-secrétaire : personne n’a répondu"),
    ),
    "right": _right,
    "password": _plain("a password is asked for", "un mot de passe est demandé"),
    "customer-subroutine": _subroutine,
    "agi": _agi,
    "dial": _dial,
    "attempt": _attempt,
    "talk": _talk,
    "channel": _plain("{channel}", "{channel}"),
    "frame": _frame,
    "notice": _plain("{level}: {text}", "{level} : {text}"),
    "voicemail": _voicemail,
    "voicemail-read": _plain("voicemail is listened to ({box})", "consultation de la messagerie ({box})"),
    "queue": _queue,
    "announcement": _announcement,
    "say": _plain("the PBX says {what}", "l’IPBX énonce {what}"),
    "hangup": _hangup,
    "busy-tone": _plain("the PBX plays a busy tone", "l’IPBX envoie la tonalité d’occupation"),
    "congestion-tone": _plain("the PBX plays a congestion tone", "l’IPBX envoie la tonalité d’encombrement"),
    "server-answers": _plain("the PBX itself answers", "l’IPBX décroche lui-même"),
    "digits-asked": _plain("the caller is asked for digits", "l’appelant doit composer des chiffres"),
    "menu-waits": _plain("the menu waits for a key", "le menu attend une touche"),
    "conference": _plain("conference {room}", "conférence {room}"),
    "paging": _plain("paging to {to}", "diffusion vers {to}"),
    "parked": _plain("parked", "mis en parking"),
    "unparked": _plain("taken back from parking", "repris du parking"),
    "pickup": _plain("picks up a ringing call ({target})", "interception d’un appel ({target})"),
    "listening-in": _plain("listens in on {target}", "écoute de {target}"),
    "recording": _plain("the call is recorded ({file})", "l’appel est enregistré ({file})"),
    "recording-stops": _plain("recording ends", "fin de l’enregistrement"),
    "message-recorded": _plain("a message is recorded ({file})", "enregistrement d’un message ({file})"),
    "originated": _plain("another call is started to {to}", "un autre appel est lancé vers {to}"),
    "redirect": _plain("the caller is redirected to {to}", "l’appelant est redirigé vers {to}"),
    "echo-test": _plain("echo test", "test d’écho"),
    "music": _plain("music on hold", "musique d’attente"),
    "time-condition": _states(
        on=("time condition {times}: applies", "condition horaire {times} : remplie"),
        off=("time condition {times}: does not apply", "condition horaire {times} : non remplie"),
    ),
    "sip-call-id": _plain("SIP Call-ID of this leg: {call_id}", "SIP Call-ID de cette branche : {call_id}"),
    "dialplan-failure": _plain("the dialplan failed: {text}", "échec du plan de numérotation : {text}"),
    "special-extension": lambda fields, lang: f"{_SPECIAL[fields['exten']][lang]} [{fields['context']}]",
    "no-extension": _plain(
        "no extension {exten} in context {context}", "pas d’extension {exten} dans le contexte {context}"
    ),
    "no-application": _plain("Asterisk has no application {app}", "Asterisk n’a pas d’application {app}"),
    "fell-through": _plain(
        "the dialplan ends here without hanging up ({status})",
        "le plan de numérotation s’arrête ici sans raccrocher ({status})",
    ),
}
