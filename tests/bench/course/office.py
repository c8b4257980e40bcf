"""One configuration for most rows of the course: an office in which everybody has something else set up."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache
from typing import Any

from xivolab.bench.model import Configuration

NAMES = ("Alice", "Bob", "Carol", "Dave", "Erin", "Frank", "Grace", "Heidi", "Ivan", "Judy", "Mallory", "Niaj")
# Who has what set up: anything else is as a new user has it.
USERS: dict[str, dict[str, Any]] = {
    "1001": {
        "enablevoicemail": True,
        "voicemail": "1001",
        "ringseconds": 5,
        "outcallerid": "0199005601",
        "userfield": "compta",
    },
    "1002": {"ringseconds": 5, "rights": ["mobiles"]},
    "1003": {"ringseconds": 5, "simultcalls": 1, "noanswer": "user:1004", "busy": "user:1002"},
    "1004": {"enablexfer": True, "outcallerid": "anonymous"},
    "1005": {"congestion": "user:1004", "chanunavail": "user:1002", "rights": ["sans-1004"]},
    "1006": {"chanunavail": "sound:vm-goodbye", "busy": "hangup"},
    "1007": {"ringseconds": 5},
    "1008": {},
    "1009": {},
    "1010": {"schedule": "ferme"},
    "1011": {"schedule": "ouvert", "callrecord": True, "enableonlinerec": True},
    "1012": {},
}


@cache
def office(operator: str) -> Configuration:
    """The office, with a trunk to a telephone at the operator's address."""
    month = datetime.now(UTC).month
    another = month % 12 + 6 if month % 12 + 6 <= 12 else month - 6
    return Configuration.of({
        "entities": [{"name": "ville"}, {"name": "ccas"}],
        "contexts": [
            {
                "name": "default",
                "entity": "ville",
                "users": [{"start": "1001", "end": "1099"}],
                "groups": [{"start": "2000", "end": "2099"}],
                "queues": [{"start": "3000", "end": "3099"}],
                "conferences": [{"start": "4000", "end": "4099"}],
                "includes": ["courts", "to-extern"],
            },
            {"name": "ccas", "entity": "ccas", "users": [{"start": "5001", "end": "5009"}, {"start": "5100"}], "includes": []},
            {"name": "from-extern", "contexttype": "incall", "entity": "ville",
             "incalls": [{"start": "0359083000", "end": "0359083099"}, {"start": "0123456780", "end": "0123456799", "did_length": 4}]},
            {"name": "to-extern", "contexttype": "outcall", "entity": "ville"},
        ],
        "sip": {"mohsuggest": "default", "useragent": "Banc XiVO"},
        "schedules": [
            {"name": "ouvert", "timezone": "Europe/Paris", "opened": [{}], "fallback": "hangup"},
            {"name": "ferme", "timezone": "Europe/Paris", "opened": [{"months": str(another)}], "fallback": "user:1002"},
            {"name": "ferie", "timezone": "Pacific/Noumea", "opened": [{}], "closed": [{"destination": "user:1004"}]},
        ],
        "rights": [
            {"name": "deny-all", "authorization": "deny", "extens": ["X."]},
            {"name": "mobiles", "authorization": "allow", "extens": ["006XXXXXXXX"]},
            {"name": "sans-1004", "authorization": "deny", "extens": ["1004"], "passwd": "99"},
        ],
        "voicemails": [
            {"mailbox": "1001", "fullname": "Alice", "password": "1234", "email": "alice@ville.example", "attach": True},
            {"mailbox": "1002", "fullname": "Bob", "password": "4321", "skipcheckpass": True},
        ],
        "users": [
            *(
                {"firstname": name, "lines": [{"number": number, "name": f"line{number}", "secret": f"secret{number}"}], **USERS[number]}
                for number, name in zip(USERS, NAMES, strict=True)
            ),
            {"firstname": "Olivia", "lines": [{"number": "5001", "name": "line5001", "secret": "secret5001", "context": "ccas"}]},
        ],
        "groups": [
            {"name": "accueil", "number": "2000", "users": ["1002", "1004"], "timeout": 6, "noanswer": "user:1001"},
            {"name": "ordre", "number": "2001", "users": ["1002", "1004"], "strategy": "linear", "member_timeout": 3, "retry": 0,
             "timeout": 30, "callerid": {"mode": "prepend", "callerdisplay": "SAV"}},
            {"name": "musique", "number": "2002", "users": ["1002"], "musicclass": "default", "timeout": 20},
            {"name": "vide", "number": "2003", "users": [], "chanunavail": "user:1002"},
        ],
        "agents": [
            {"number": "1002", "firstname": "Bob", "passwd": "77", "user": "1002"},
            {"number": "1004", "firstname": "Dave", "user": "1004"},
        ],
        "queues": [
            {"name": "support", "number": "3000", "agents": [{"agent": "1002"}, {"agent": "1004"}], "musicclass": "default",
             "timeout": 20, "noanswer": "user:1007", "wrapuptime": 0, "member_timeout": 10},
            {"name": "courte", "number": "3001", "users": ["1008"], "timeout": 4, "noanswer": "user:1007", "member_timeout": 15},
            {"name": "pleine", "number": "3002", "users": ["1008"], "maxlen": 1, "congestion": "user:1007", "musicclass": "default"},
            {"name": "personne", "number": "3003", "agents": [{"agent": "1002"}], "joinempty": ["unavailable", "invalid", "unknown", "paused"],
             "chanunavail": "user:1007"},
            {"name": "divers", "number": "3004", "users": ["1008"], "waitratio": 100, "waitratio_destination": "user:1007",
             "musicclass": "default"},
        ],
        "conferences": [
            {"name": "salle", "number": "4000"},
            {"name": "fermee", "number": "4001", "pin": "11", "admin_pin": "22", "maxusers": 2},
        ],
        "pagings": [{"number": "50", "callers": ["1001"], "users": ["1002", "1004"]},
                    {"number": "51", "callers": ["1001"], "users": ["1002"], "duplex": True}],
        "pickups": [{"name": "bureau", "pickers": ["1008"], "picked": ["1009"]}],
        "callfilters": [
            {"name": "direction", "boss": "1007", "secretaries": [{"user": "1008", "ringseconds": 4, "active": True},
             {"user": "1009", "ringseconds": 4, "active": True}], "bosssecretary": "secretary-serial", "callfrom": "internal"},
        ],
        "trunks": [
            {"name": "operateur", "host": operator, "username": "xivo", "secret": "trunk", "calllimit": 2, "callerid": ""},
            {"name": "panne", "host": "192.0.2.1", "username": "xivo", "secret": "trunk"},
        ],
        "custom_trunks": [{"name": "boucle", "interface": "Local", "intfsuffix": "@to-myself"}],
        "outcalls": [
            {"name": "urgences", "priority": 1, "patterns": [{"exten": "15"}, {"exten": "112"}], "trunks": ["operateur"]},
            {"name": "national", "priority": 2, "patterns": [{"exten": "00XXXXXXXXX", "stripnum": 1}], "trunks": ["operateur"],
             "rights": ["deny-all"]},
            {"name": "cabines", "priority": 4, "patterns": [{"exten": "88XXXX", "externprefix": "9"}], "trunks": ["operateur"]},
            {"name": "mobiles", "priority": 5, "patterns": [{"exten": "8XXXXX"}], "trunks": ["operateur"]},
            {"name": "bureau", "priority": 6, "patterns": [{"exten": "7XXXXX"}], "trunks": ["operateur"], "schedule": "ferme"},
            {"name": "repli", "priority": 7, "patterns": [{"exten": "61XXXX"}], "trunks": ["panne", "operateur"]},
            {"name": "interne", "priority": 8, "patterns": [{"exten": "62XXXX"}], "trunks": ["boucle"], "internal": True},
        ],
        "incalls": [
            {"exten": "0359083001", "destination": "user:1001", "callerid": {"mode": "prepend", "callerdisplay": "SDA"}},
            {"exten": "0359083091", "destination": "user:1002"},
            {"exten": "0359083093", "destination": "user:1004"},
            {"exten": "035908309X", "destination": "none"},
            {"exten": "0359083002", "destination": "user:1001", "schedule": "ferie"},
            {"exten": "0359083003", "destination": "conference:salle"},
            {"exten": "0359083004", "destination": "sound:vm-goodbye"},
            {"exten": "0359083005", "destination": "disa:1234@default"},
            {"exten": "0359083006", "destination": "voicemail:1002"},
            {"exten": "0359083007", "destination": "group:accueil"},
            {"exten": "0359083008", "destination": "queue:courte"},
            {"exten": "0359083009", "destination": "extension:1004@default"},
            {"exten": "0359083010", "destination": "custom:Playback(tt-weasels)"},
            {"exten": "0359083011", "destination": "busy:3"},
            {"exten": "0359083012", "destination": "mailboxes:default"},
            {"exten": "0359083013", "destination": "password:77"},
            {"exten": "6789", "destination": "user:1004"},
        ],
        "files": {
            "courts.conf": "[courts]\nexten => 100,1,Goto(default,1002,1)\n",
            "to-myself.conf": "[to-myself]\nexten => _X.,1,Answer(500)\n same => n,Playback(vm-goodbye)\n same => n,Hangup()\n",
            "ivr.conf": IVR,
            "sous-routines.conf": "[xivo-subrgbl-paging]\nexten => s,1,CELGenUserEvent(CLIENT_PAGING,${XIVO_PAGING})\n same => n,Return()\n",
            "bouygues.conf": "[from-extern-bouygues]\nexten => _+33XXXXXXXXX,1,Goto(from-extern,0${EXTEN:3},1)\n",
        },
    })  # fmt: skip


IVR = """[xivo-extrafeatures]
exten => 600,1,Answer()
 same => n,Wait(0.5)
 same => n(menu),Read(CHOIX,vm-enter-num-to-call,1,,1,6)
 same => n,GotoIf($["${CHOIX}" = "1"]?un,1)
 same => n,GotoIf($["${CHOIX}" = ""]?rien,1)
 same => n,Playback(pbx-invalid)
 same => n,Hangup()
exten => un,1,Goto(default,1002,1)
exten => rien,1,Goto(default,1004,1)
"""
