"""Lines and trunks of a scenario, and the Asterisk configuration rendered from them."""

from __future__ import annotations

from dataclasses import dataclass, field

PBX = "10.77.0.10"
OPERATOR = "10.77.0.50"
SUBNET = "10.77.0.0/24"
PBX6 = "fd77::10"
OPERATOR6 = "fd77::50"
SUBNET6 = "fd77::/64"
# Everybody's password in a network that leads nowhere.
SECRET = "lab-secret"  # noqa: S105
TRUNK_MODULE = "res_pjsip_outbound_registration.so"
# Every event of CEL, not only those that a XiVO asks for, and the records of calls in Master.csv.
ACCOUNTING = {
    "cel.conf": "[general]\nenable = yes\napps = dial,park,queue,confbridge\nevents = ALL\n",
    "cdr.conf": "[general]\nenable = yes\n[csv]\nusegmtime = no\nloguniqueid = yes\nloguserfield = yes\n",
}
RECORDS_MODULE = "cdr_csv.so"
RECORDS = {"Master.csv": "/var/log/asterisk/cdr-csv/Master.csv"}
# Numbers that the French regulator keeps for fiction.
TRUNK_NUMBER = "0199005678"
OUTSIDE_NUMBER = "0199001234"
CONGESTED_NUMBER = "0199009999"
REDIRECTED_NUMBER = "0199005555"


@dataclass(frozen=True, slots=True)
class Line:
    """One user of the PBX: SIP user, number, and the address of the phone, which may be at home (behind NAT)."""

    user: str
    number: str
    address: str
    address6: str | None = None
    at_home: bool = False

    @property
    def addresses(self) -> tuple[str, ...]:
        """The phone's addresses, IPv4 first."""
        return (self.address, self.address6) if self.address6 else (self.address,)

    @property
    def title(self) -> str:
        """The name a display shows."""
        return self.user.capitalize()


ALICE = Line("alice", "1001", "10.77.0.11", "fd77::11")
BOB = Line("bob", "1002", "10.77.0.12", "fd77::12")
CAROL = Line("carol", "1003", "10.77.0.13", "fd77::13")
ALICE_AT_HOME = Line("alice", "1001", "192.168.77.20", at_home=True)


@dataclass(frozen=True, slots=True)
class Setup:
    """How the PBX is set up for one scenario.

    `endpoint` holds options of every endpoint that differ from the house's (`direct_media=no`, alaw only). A XiVO's
    calls use Asterisk's simple bridge (features hold on to the media); `native_bridge` lets go of it. With `sip_alg` the
    router of the home rewrites the addresses in SIP messages. `queues` is a queues.conf, without which there are none;
    `hints` maps numbers to the devices whose state they show. `files` are configuration files in the place of the
    house's, by name; `modules` are loaded once Asterisk runs. `kept` are the files of the PBX that are kept beside the
    usual ones: name to path.
    """

    lines: tuple[Line, ...] = (ALICE, BOB)
    trunk: bool = False
    endpoint: dict[str, str] = field(default_factory=dict)
    numbers: dict[str, str] = field(default_factory=dict)
    date_format: str | None = None
    native_bridge: bool = False
    sip_alg: bool = False
    queues: str = ""
    hints: dict[str, str] = field(default_factory=dict)
    files: dict[str, str] = field(default_factory=dict)
    modules: tuple[str, ...] = ()
    kept: dict[str, str] = field(default_factory=dict)


def render(setup: Setup) -> dict[str, str]:
    """Return the files, by name, that the recorder adds to the PBX's /etc/asterisk."""
    return {
        "pjsip_lines.conf": _pjsip(setup),
        "extensions_lines.conf": _extensions(setup),
        "modules_scenario.conf": _modules(setup),
        "logger_general.conf": f"dateformat = {setup.date_format}\n" if setup.date_format else "",
        **({"queues.conf": setup.queues} if setup.queues else {}),
        **setup.files,
    }


def render_operator() -> dict[str, str]:
    """Return the same files for the operator's side of the trunk, an Asterisk that answers every number."""
    pjsip = [
        "[global](+)\nuser_agent = Operator SBC\n",
        _section("xivo", "endpoint", context="default", allow="!all,alaw", direct_media="no", auth="xivo", aors="xivo"),
        _section("xivo", "auth", auth_type="userpass", username="xivo", password=SECRET),
        _section("xivo", "aor", max_contacts="1"),
        _section("xivo", "identify", endpoint="xivo", match=PBX),
    ]
    numbers = [
        "[numbers]",
        "; Far away a phone rings 2 s, then somebody speaks.",
        "exten => _X.,1,Ringing()",
        " same => n,Wait(2)",
        " same => n,Answer()",
        " same => n,Playback(demo-congrats)",
        " same => n,Wait(60)",
        f"exten => {CONGESTED_NUMBER},1,Hangup(34)",
        "; Whoever is called there can be had on the PBX itself: 302.",
        f"exten => {REDIRECTED_NUMBER},1,Transfer(PJSIP/sip:{CAROL.number}@{PBX})",
        "; What the PBX's OPTIONS ask for.",
        "exten => s,1,Hangup()",
    ]
    return {"pjsip_lines.conf": "\n".join(pjsip), "extensions_lines.conf": "\n".join(numbers) + "\n"}


def _modules(setup: Setup) -> str:
    left_out = [] if setup.native_bridge else ["bridge_native_rtp.so"]
    # Loaded once the capture runs, or the trunk's registration would not be in it.
    left_out += [TRUNK_MODULE] if setup.trunk else []
    return "".join(f"noload = {module}\n" for module in left_out)


def _section(name: str, kind: str, **options: str) -> str:
    lines = [f"[{name}]", f"type = {kind}", *(f"{key} = {value}" for key, value in options.items())]
    return "\n".join(lines) + "\n"


def _pjsip(setup: Setup) -> str:
    house = {"context": "default", "allow": "!all,alaw", "direct_media": "no", **setup.endpoint}
    sections = []
    for line in setup.lines:
        caller = f'"{line.title}" <{line.number}>'
        sections += [
            _section(line.user, "endpoint", auth=line.user, aors=line.user, callerid=caller, **house),
            _section(line.user, "auth", auth_type="userpass", username=line.user, password=SECRET),
            _section(line.user, "aor", max_contacts="2", qualify_frequency="60", remove_unavailable="yes"),
        ]
    if setup.trunk:
        address = f"sip:{OPERATOR}"
        trunk = {**house, "outbound_auth": "operator", "aors": "operator", "from_user": TRUNK_NUMBER}
        sections += [
            _section("operator", "endpoint", **trunk),
            _section("operator", "auth", auth_type="userpass", username="xivo", password=SECRET),
            _section("operator", "aor", contact=address, qualify_frequency="60"),
            _section("operator", "identify", endpoint="operator", match=OPERATOR),
            _section(
                "operator",
                "registration",
                outbound_auth="operator",
                server_uri=address,
                client_uri=f"sip:xivo@{OPERATOR}",
                contact_user=TRUNK_NUMBER,
            ),
        ]
    return "\n".join(sections)


def _extensions(setup: Setup) -> str:
    routes = {line.number: f"user,s,1({line.user})" for line in setup.lines}
    routes |= {"3000": "menu,s,1()"}
    text = ["[numbers]"]
    text += [f"exten => {number},1,Gosub({target})\n same => n,Hangup()" for number, target in routes.items()]
    text += [f"exten => {number},1,{application}" for number, application in setup.numbers.items()]
    text += [f"exten => {number},hint,{device}" for number, device in setup.hints.items()]
    if setup.trunk:
        text.append("include => outgoing")
    return "\n".join(text) + "\n"
