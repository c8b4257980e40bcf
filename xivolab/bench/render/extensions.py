"""extensions.conf: globals, and for each context its numbers, in XiVO's order of steps; the rest is labs/dialplan."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator

from xivolab.bench.model import Configuration
from xivolab.bench.model.numbering import Context, Range
from xivolab.bench.model.services import FeatureCodes

FEATURES = "xivo-features"
_GLOBAL_KINDS = (
    "internal", "user", "user-predial", "agent", "group", "queue", "meetme", "did", "outcall", "paging",
)  # fmt: skip
_FORWARD_KINDS = ("user", "group", "queue", "voicemail", "schedule", "voicemenu", "sound", "extension")


def extensions(configuration: Configuration, libraries: Iterable[str]) -> str:
    """The text of extensions.conf; `libraries` are the files of dialplan that it includes."""
    parts = [
        "[general]\nstatic = yes\nwriteprotect = yes\nclearglobalvars = yes\n",
        _globals(configuration),
        "".join(f"#include {name}\n" for name in libraries) + "#tryinclude extensions_extra.d/*.conf\n",
        *(_context(configuration, context) for context in configuration.contexts),
        _features(configuration),
        "; Dialplan of one's own for internal contexts is added to this one, in a file.\n[xivo-extrafeatures]\n",
    ]
    return "\n".join(parts)


def _globals(configuration: Configuration) -> str:
    switches = configuration.subroutines
    values = {
        "XIVO_AGID_IP": "127.0.0.1",
        "XIVO_MAX_FWD_COUNT": configuration.features.maxforwards,
        "XIVO_PRESUBR_GLOBAL_ENABLE": int(switches.subrgbl),
        "XIVO_PRESUBR_FWD_ENABLE": int(switches.subrfwd),
        **{f"XIVO_PRESUBR_GLOBAL_{kind.upper().replace('-', '_')}": f"xivo-subrgbl-{kind}" for kind in _GLOBAL_KINDS},
        **{f"XIVO_PRESUBR_FWD_{kind.upper()}": f"xivo-subrfwd-{kind}" for kind in _FORWARD_KINDS},
    }
    return "[globals]\n" + "".join(f"{name} = {value}\n" for name, value in values.items())


def _context(configuration: Configuration, context: Context) -> str:
    lines = [f"[{context.name}]"]
    if context.contexttype == "internal":
        lines += [f"include => {FEATURES}", "include => parkedcalls"]
    lines += [f"include => {name}" for name in context.includes]
    if context.contexttype == "internal":
        lines.append("include => xivo-extrafeatures")
    for exten, target in _targets(configuration, context.name):
        lines += _numbered(exten, target)
    for user, line in configuration.lines():
        if line.context == context.name and user.enablehint:
            lines.append(f"exten => {line.number},hint,{line.interface or 'PJSIP/' + line.name}")
    for route in configuration.outcalls:
        if route.context == context.name:
            for pattern in dict.fromkeys(entry.exten for entry in route.patterns):
                lines += _outgoing(pattern, route.id)
    for incall in configuration.incalls:
        if incall.context == context.name:
            lines += _incoming(incall.exten, incall.id)
    for piece in context.incalls:
        lines += _cut(piece)
    for paging in configuration.pagings if context.contexttype == "internal" else ():
        code = configuration.features.paging
        if code:
            lines += _steps(f"{code}{paging.number}", [*_based(), f"Gosub(paging,s,1({paging.number}))"])
    return "\n".join(lines) + "\n"


def _targets(configuration: Configuration, name: str) -> Iterator[tuple[str, str]]:
    """The internal numbers of a context and the subroutine of each."""
    for user, line in configuration.lines():
        if line.context == name:
            yield line.number, f"user,s,1({user.id},)"
    for group in configuration.groups:
        if group.context == name and group.number:
            yield group.number, f"group,s,1({group.id},)"
    for queue in configuration.queues:
        if queue.context == name and queue.number:
            yield queue.number, f"queue,s,1({queue.id},)"
    for room in configuration.conferences:
        if room.context == name:
            yield room.number, f"meetme,s,1({room.id},)"


def pattern_of(exten: str) -> str:
    """A number as it stands, a pattern with its `_`."""
    if exten.startswith("_") or not any(letter in exten for letter in "XZN[.!"):
        return exten
    return f"_{exten}"


def _numbered(exten: str, target: str) -> list[str]:
    steps = [
        "Set(XIVO_BASE_CONTEXT=${CONTEXT})",
        "Set(XIVO_PRESUBR_GLOBAL_NAME=INTERNAL)",
        "Set(XIVO_BASE_EXTEN=${EXTEN})",
        "Gosub(xivo-global-subroutine,s,1)",
        f"Gosub({target})",
        "Hangup()",
    ]
    return _steps(exten, steps)


def _outgoing(exten: str, route: int) -> list[str]:
    return _steps(exten, [*_based(), f"Gosub(outcall,s,1({route},))", "Hangup()"])


def _incoming(exten: str, incall: int) -> list[str]:
    return _steps(exten, [*_based(), f"Gosub(did,s,1({incall},))", "Hangup()"])


def _cut(piece: Range) -> list[str]:
    """Numbers that come whole though the range says how many digits are received: the last ones count."""
    if piece.did_length is None or piece.did_length == len(piece.start):
        return []
    pairs = zip(piece.start, piece.end or piece.start, strict=True)
    same = "".join(first for first, _ in itertools.takewhile(lambda pair: pair[0] == pair[1], pairs))
    whole = same + "X" * (len(piece.start) - len(same))
    return _steps(whole, [f"Goto(${{CONTEXT}},${{EXTEN:-{piece.did_length}}},1)"])


def _based() -> list[str]:
    return ["Set(XIVO_BASE_CONTEXT=${CONTEXT})", "Set(XIVO_BASE_EXTEN=${EXTEN})"]


def _steps(exten: str, steps: Iterable[str]) -> list[str]:
    first, *rest = steps
    return [f"exten => {pattern_of(exten)},1,{first}", *(f" same => n,{step}" for step in rest)]


def _features(configuration: Configuration) -> str:
    """The context of the feature codes; those with something after the code are patterns."""
    codes = configuration.features
    lines = [f"[{FEATURES}]"]
    for name, suffix, target in _CODES:
        code = getattr(codes, name)
        if code is not None:
            exten = f"_{code}{suffix}" if suffix else code
            steps = [*_based(), f"Gosub({target.replace('REST', '${EXTEN:' + str(len(code)) + '}')})", "Hangup()"]
            lines += _steps(exten, steps)
    lines += _hints(configuration, codes)
    return "\n".join(lines) + "\n"


# The code, what follows it, where it leads.
_CODES = (
    ("pickup", "", "xivo-callpickup,s,1"),
    ("recsnd", "", "recsnd,s,1"),
    ("phonestatus", "", "phonestatus,s,1"),
    ("callrecord", "", "callrecord,s,1"),
    ("enablednd", "", "enablednd,s,1"),
    ("bsfilter", ".", "bsfilter,s,1(REST)"),
    ("fwdundoall", "", "fwdundoall,s,1"),
    ("fwdunc", "", "feature_forward,s,1(unc,)"),
    ("fwdunc", ".", "feature_forward,s,1(unc,REST)"),
    ("fwdrna", "", "feature_forward,s,1(rna,)"),
    ("fwdrna", ".", "feature_forward,s,1(rna,REST)"),
    ("fwdbusy", "", "feature_forward,s,1(busy,)"),
    ("fwdbusy", ".", "feature_forward,s,1(busy,REST)"),
    ("enablevm", "", "enablevm,s,1"),
    ("vmusermsg", "", "vmusermsg,s,1"),
    ("vmuserslot", "", "vmuserslot,s,1"),
    ("agentstaticlogin", ".", "agentstaticlogin,s,1(REST)"),
    ("agentstaticlogoff", ".", "agentstaticlogoff,s,1(REST)"),
    ("agentstaticlogtoggle", ".", "agentstaticlogtoggle,s,1(REST)"),
    ("agentpause", ".", "agentpause,s,1(REST)"),
)


def _hints(configuration: Configuration, codes: FeatureCodes) -> Iterator[str]:
    """What a supervised key of do-not-disturb or of a filter watches: *735, the user, ***, the code with * for its own *."""
    prefix = codes.phoneprogfunckey
    if prefix is None:
        return
    if codes.enablednd:
        for user in configuration.users:
            if user.enablehint:
                exten = f"{prefix}{user.id}***2{codes.enablednd[1:]}"
                yield f"exten => {exten},hint,Custom:{exten}"
