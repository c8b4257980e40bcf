"""What a capture may put on a page: control characters made visible, secrets hidden."""

from __future__ import annotations

import re

HIDDEN = "•••"
"""What stands in place of a secret."""

_SECRETS = (
    # Digest answers can be guessed offline (RFC 7616, 5.1); the folded header may go on over several lines.
    re.compile(
        r"(?ims)^((?:proxy-)?authorization\s*:\s*digest\b(?:[^\r\n]|\r?\n[ \t])*?\bresponse\s*=\s*\"?)([0-9a-z]+)"
    ),
    re.compile(r"(?im)^((?:proxy-)?authorization\s*:\s*(?:basic|bearer)\s+)(\S+)"),
    # SDES keys (RFC 4568, 9.1), and those of the obsolete k= line (RFC 4566, 5.12).
    re.compile(r"(?i)(\binline:)([^\s|;,]+)"),
    re.compile(r"(?im)^(k=[a-z]+:)(\S+)"),
    # sip:user:password@host (RFC 3261, 19.1.1).
    re.compile(r"(?i)(\bsips?:[^\s:@<>;]+:)([^\s@<>;]+)(?=@)"),
    # The dialplan asks for a password, or a variable holds one (Asterisk's log, AGI debug).
    re.compile(r'(?i)(\b(?:(?:vm)?authenticate|disa)\("[^"]*", ")([^",]+)'),
    # XiVO's forward to a service that asks for one: forward,s,1(application:disa,1234,default).
    re.compile(r'(?i)(\bapplication:(?:(?:callback)?disa|password),)([^,)"]+)'),
    re.compile(r'(?i)(\b_{0,2}[a-z_]*(?:password|passwd|secret|pincode)="?)([^\s",)]+)'),
    re.compile(r'(?i)(\bset variable "?[a-z_]*(?:password|passwd|secret|pincode)"? "?)([^\s"]+)'),
)

# C1 controls, surrogates, and characters that reorder or hide their neighbours (Unicode categories Cf, Zl, Zp).
_MISLEADING = re.compile(
    "[\x80-\x9f\xad\u0600-\u0605\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff"
    "\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]"
)

_PICTURES = {code: chr(0x2400 + code) for code in range(0x20)} | {0x7F: "\u2421"}
_LINES = _PICTURES | {0x0A: "\n", 0x09: "\t"}


def hide_secrets(text: str) -> str:
    """The same text with digest responses, passwords and media keys replaced by `HIDDEN`."""
    for secret in _SECRETS:
        text = secret.sub(rf"\g<1>{HIDDEN}", text)
    return text


def _show_format_characters(text: str) -> str:
    return text if text.isascii() else _MISLEADING.sub(lambda found: f"‹U+{ord(found.group()):04X}›", text)


def one_line(text: str) -> str:
    """Text for a label: control characters, line ends included, as their pictures (␀ … ␡)."""
    return _show_format_characters(text.translate(_PICTURES))


def many_lines(text: str) -> str:
    """Text of several lines: CR LF becomes a line end, other control characters their pictures."""
    return _show_format_characters(text.replace("\r\n", "\n").translate(_LINES))


def shorten(text: str, length: int) -> str:
    """At most `length` characters, an ellipsis in place of the rest."""
    return text if len(text) <= length else text[: max(length - 1, 0)] + "…" if length > 0 else ""
