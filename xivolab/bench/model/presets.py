"""Two configurations to begin with: the course's XiVO, and the small one of a bench."""

from __future__ import annotations

from typing import Any

from xivolab.bench.model.configuration import Configuration

OPERATOR = "operator"
# Numbers that the French regulator keeps for fiction.
MAIN_NUMBER = "0199005678"
_DIDS = {"start": "0199005600", "end": "0199005699"}


def small(operator_host: str = "operator", secret: str = "lab-secret", phones: int = 6) -> Configuration:  # noqa: S107
    """The bench's default: users 1001 and on, each with a line and a box, a trunk to the operator, and a direct number each."""
    people = ("Alice", "Bob", "Carol", "Dave", "Erin", "Frank", "Grace", "Heidi", "Ivan", "Judy")
    numbers = [str(1001 + n) for n in range(phones)]
    users = [
        {
            "firstname": people[n % len(people)],
            "lastname": "" if n < len(people) else str(n),
            "lines": [{"number": number}],
            "outcallerid": f"01990056{n + 1:02}",
            "enablevoicemail": n < 2,
            "voicemail": number if n < 2 else None,
        }
        for n, number in enumerate(numbers)
    ]
    data: dict[str, Any] = {
        **_base(
            [{"start": "1001", "end": "1099"}],
            [{"start": "2000", "end": "2099"}],
            [{"start": "3000", "end": "3099"}],
            [{"start": "4000", "end": "4099"}],
            _DIDS,
        ),
        "sip": {"tls": True},
        "users": users,
        "voicemails": [{"mailbox": number, "fullname": people[n], "password": "1234"} for n, number in enumerate(numbers[:2])],
        "trunks": [
            {
                "name": OPERATOR,
                "username": "xivo",
                "secret": secret,
                "host": operator_host,
                "fromuser": MAIN_NUMBER,
                "registration": {"username": "xivo", "secret": secret, "host": operator_host, "contact": MAIN_NUMBER},
                "options": {"qualifyfreq": 60},
            }
        ],
        "outcalls": _routes(OPERATOR),
        "incalls": [
            {"exten": MAIN_NUMBER, "destination": "user:1001"},
            *({"exten": f"01990056{n + 1:02}", "destination": f"user:{number}"} for n, number in enumerate(numbers)),
        ],
        "groups": [{"name": "accueil", "number": "2000", "users": numbers[:3], "timeout": 30}],
        "agents": [{"number": numbers[1], "firstname": people[1], "user": numbers[1]}],
        "queues": [{"name": "support", "number": "3000", "agents": [{"agent": numbers[1]}], "timeout": 60, "musicclass": "default"}],
        "conferences": [{"name": "salle", "number": "4000"}],
    }  # fmt: skip
    return Configuration.of(data)


def course(operator_host: str = "operator", secret: str = "lab-secret") -> Configuration:  # noqa: S107
    """The XiVO whose logs and tables the course shows: 77999 (user 170) calls 70060 (user 167), with the same line names."""
    data: dict[str, Any] = {
        **_base(
            [{"start": "2000", "end": "2099"}, {"start": "70000", "end": "70999"}, {"start": "77000", "end": "77999"}],
            [{"start": "71000", "end": "71099"}],
            [{"start": "72000", "end": "72099"}],
            [{"start": "73000", "end": "73099"}],
            {"start": "0359083090", "end": "0359083099"},
        ),
        "users": [
            {
                "id": 167,
                "uuid": "e7fabee2-2736-4551-80c5-d75f88056758",
                "firstname": "Debierre Portier",
                "lines": [{"name": "knax1wql", "number": "70060"}],
            },
            {
                "id": 170,
                "uuid": "0b753150-5de5-4718-9f26-059e45538c9d",
                "firstname": "77999 TEST TIRS",
                "lines": [{"name": "d65cg0gl", "number": "77999"}],
            },
            {"id": 171, "firstname": "test2000", "lines": [{"name": "btcvjtbq", "number": "2000"}]},
            {"id": 172, "firstname": "test2001", "lines": [{"name": "kr4u8sao", "number": "2001"}]},
            {"id": 173, "firstname": "test", "lines": [{"name": "kds3g08t", "number": "70123"}]},
        ],
        "trunks": [{"name": "trunksip", "username": "xivo", "secret": secret, "host": operator_host}],
        "outcalls": [
            {"name": "mobiles", "priority": 5, "patterns": [{"exten": "8XXXXX"}], "trunks": ["trunksip"]},
            {"name": "cabines", "priority": 4, "patterns": [{"exten": "88XXXX"}], "trunks": ["trunksip"]},
            {"name": "divers", "priority": 9, "patterns": [{"exten": "123456"}], "trunks": ["trunksip"]},
            *_routes("trunksip"),
        ],
        "incalls": [
            {"exten": "0359083091", "destination": "user:70123"},
            {"exten": "0359083093", "destination": "sound:vm-goodbye", "description": "Fax2Mail in the course"},
            {"exten": "035908309X", "destination": "none"},
        ],
    }  # fmt: skip
    return Configuration.of(data)


def _base(
    users: list[Any], groups: list[Any], queues: list[Any], rooms: list[Any], dids: dict[str, Any]
) -> dict[str, Any]:
    """The entity and the three contexts that every XiVO has."""
    return {
        "entities": [{"name": "xivolab", "displayname": "xivolab"}],
        "contexts": [
            {
                "name": "default",
                "entity": "xivolab",
                "users": users,
                "groups": groups,
                "queues": queues,
                "conferences": rooms,
                "includes": ["to-extern"],
            },
            {"name": "from-extern", "contexttype": "incall", "entity": "xivolab", "incalls": [dids]},
            {"name": "to-extern", "contexttype": "outcall", "entity": "xivolab"},
        ],
    }


def _routes(trunk: str) -> list[dict[str, Any]]:
    """The French plan: emergencies as they are, national numbers behind a 0, nothing else."""
    emergencies = ["15", "17", "18", "112", "114", "115", "119"]
    return [
        {
            "name": "urgences",
            "priority": 1,
            "patterns": [{"exten": number} for number in emergencies],
            "trunks": [trunk],
        },
        {
            "name": "national",
            "priority": 2,
            "patterns": [{"exten": "00XXXXXXXXX", "stripnum": 1}, {"exten": "0[1-9]XXXXXXXX"}],
            "trunks": [trunk],
        },
    ]
