"""Logs of many calls at once, made of recorded ones: with starts, rotation, channels that others name, messages of many lines."""

from __future__ import annotations

import gzip
import random
import re
from collections.abc import Iterator
from pathlib import Path

from tests.asterisk.log.made import SAMPLES

_KINDS = 8
"""More call ids, and channels, than a recorded call has: none is there twice between two starts."""
_COUNTED = re.compile(rb"(C)?-0000000([0-7])")
_MANY = re.compile(rb"-0000000[89a-f]|-000000[1-9a-f]|-00000[1-9a-f]")
_READY = b"[Nov %02d %02d:%02d:%02d] VERBOSE[1] asterisk.c: Asterisk Ready.\n"
_BANNER = b"[Nov %02d %02d:%02d:%02d] Asterisk 22.1.0 built by root @ x on a x86_64 running Linux on 2026-01-02 03:04:05 UTC\n"
_OTHERS = (
    b"[Nov %02d %02d:%02d:%02d] NOTICE[7] res_x.c: about PJSIP/alice-%08x:\n [no header]\nstill it\n",
    b"[Nov %02d %02d:%02d:%02d] DEBUG[8] x.c: " + b"x" * 90 + b" PJSIP/bob-%08x",
    b"[Nov %02d %02d:%02d:%02d] VERBOSE[9] manager.c: 1700000000.%d\n",
)


def dialplans() -> list[list[bytes]]:
    """The records of the dialplan of each sample of one start of Asterisk with few channels."""
    texts = [path.read_bytes() for path in SAMPLES]
    of_one_start = [text for text in texts if text.count(b" built by ") < 2 and not _MANY.search(text)]
    found = ([line for line in text.splitlines(True) if b"][C-" in line] for text in of_one_start)
    return [lines for lines in found if lines and lines[0].startswith(b"[Nov ")]


def busy_log(chance: random.Random, calls: int, starts: int, *, banner: bool = True) -> Iterator[bytes]:
    """Records of some calls that overlap, from one start of Asterisk to the next."""
    second = chance.randrange(80_000)
    plans = dialplans()
    for _ in range(starts):
        if banner:
            yield _BANNER % _clock(second)
            yield _READY % _clock(second)
        number, running = 0, list[list[bytes]]()
        while number < calls or running:
            if number < calls and (len(running) < 4 or chance.random() < 0.05):
                running.append([_counted_on(line, number) for line in chance.choice(plans)])
                number += 1
            mine = chance.choice(running)
            for _ in range(chance.randrange(1, 6)):
                if mine:
                    line = mine.pop(0)
                    yield b"[Nov %02d %02d:%02d:%02d]" % _clock(second) + line[line.index(b"]") + 1 :]
            running = [one for one in running if one]
            if chance.random() < 0.1:
                other = chance.choice(_OTHERS) % (*_clock(second), chance.randrange(_KINDS * calls))
                yield other.replace(b".c:", b"_%d.c:" % 10 ** chance.randrange(12))
            second += chance.randrange(3)
        second += 60


def _clock(second: int) -> tuple[int, int, int, int]:
    return 20 + second // 86_400, second // 3600 % 24, second // 60 % 60, second % 60


def _counted_on(line: bytes, call: int) -> bytes:
    def counted(found: re.Match[bytes]) -> bytes:
        return (b"C-%08x" if found[1] else b"-%08x") % (_KINDS * call + int(found[2]))

    line = re.sub(rb"<[0-9a-f]{8}-", b"<%08x-" % call, line)
    return _COUNTED.sub(counted, line)


def rotated(folder: Path, records: list[bytes], files: int) -> list[Path]:
    """The records in some files, one of them packed."""
    size = -(-len(records) // files)
    paths = []
    for number in range(files):
        data = b"".join(records[number * size : (number + 1) * size])
        path = folder / (f"full.{number}" if number else "full.0.gz")
        path.write_bytes(data if number else gzip.compress(data))
        paths.append(path)
    return paths
