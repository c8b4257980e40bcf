"""Archives as they come in mails: read as folders, never written under the names that they give."""

from __future__ import annotations

import gzip
import io
import tarfile
import zipfile
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path

import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

import xivolab
from tests.made import ALICE_SIP, BOB_SIP, sip, talk
from xivolab.errors import EvidenceError
from xivolab.evidence import archive
from xivolab.evidence.archive import open_archive
from xivolab.evidence.source import Source
from xivolab.testing import tpcap, tudp

CASE = (
    b'[[files]]\npath = "a.pcap"\nkind = "capture"\n[[hosts]]\nname = "pbx"\nrole = "pbx"\naddresses = ["10.0.0.2"]\n'
)


def zipped(files: Mapping[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in files.items():
            made.writestr(name, data)
    return out.getvalue()


def tarred(files: Mapping[str, bytes]) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as made:
        for name, data in files.items():
            member = tarfile.TarInfo(name)
            member.size = len(data)
            made.addfile(member, io.BytesIO(data))
    return out.getvalue()


PACKERS: dict[str, Callable[[Mapping[str, bytes]], bytes]] = {
    "zip": zipped,
    "tar": tarred,
    "tar.gz": lambda files: gzip.compress(tarred(files)),
    "tar.zst": lambda files: zstandard.ZstdCompressor().compress(tarred(files)),
    "zip.gz": lambda files: gzip.compress(zipped(files)),
}
each_packer = pytest.mark.parametrize("packer", PACKERS)


@pytest.fixture
def capture(tmp_path: Path) -> bytes:
    return tpcap(tmp_path / "made.pcap", [tudp(ALICE_SIP, BOB_SIP, sip()), *talk(range(300))]).read_bytes()


def opened(tmp_path: Path, data: bytes, name: str = "mail") -> xivolab.Case:
    path = tmp_path / name
    path.write_bytes(data)
    return xivolab.open(path)


@each_packer
def test_its_captures_are_read_under_their_names(tmp_path: Path, capture: bytes, packer: str) -> None:
    files = {"sub/a.pcap": capture, "b.pcap.gz": gzip.compress(capture), ".hidden": capture, "__MACOSX/a": capture}
    case = opened(tmp_path, PACKERS[packer](files))
    assert [file.path for file in case.files] == [f"{tmp_path}/mail/b.pcap.gz", f"{tmp_path}/mail/sub/a.pcap"]
    assert [stream["packets"] for stream in case.table("streams").records()] == [300, 300]
    assert len(case.table("problems")) == 0


@each_packer
def test_a_case_in_an_archive_names_its_hosts(tmp_path: Path, capture: bytes, packer: str) -> None:
    files = {"call/case.toml": CASE, "call/a.pcap": capture, "call/not-named.pcap": capture}
    case = opened(tmp_path, PACKERS[packer](files))
    assert [file.path for file in case.files] == [f"{tmp_path}/mail/call/a.pcap"]
    assert case.told_hosts["10.0.0.2"].name == "pbx"


def test_a_case_that_names_a_file_outside_is_refused(tmp_path: Path, capture: bytes) -> None:
    files = {"case.toml": CASE.replace(b"a.pcap", b"../a.pcap"), "a.pcap": capture}
    with pytest.raises(EvidenceError, match="outside the folder"):
        opened(tmp_path, zipped(files))


@each_packer
def test_an_archive_in_an_archive_is_opened_and_one_in_that_is_not(tmp_path: Path, capture: bytes, packer: str) -> None:
    pack = PACKERS[packer]
    case = opened(tmp_path, pack({"in.x": pack({"a.pcap": capture, "deep.x": pack({"b.pcap": capture})})}))
    assert [file.path for file in case.files] == [f"{tmp_path}/mail/in.x/a.pcap"]
    (problem,) = case.table("problems").records()
    assert problem["file"] == f"{tmp_path}/mail/in.x/deep.x"
    assert "too deep inside others" in problem["what"]


@each_packer
def test_names_that_lead_out_stay_inside(tmp_path: Path, capture: bytes, packer: str) -> None:
    case = opened(tmp_path, PACKERS[packer]({"../../etc/a.pcap": capture, "/b.pcap": capture}))
    assert [file.path for file in case.files] == [f"{tmp_path}/mail/b.pcap", f"{tmp_path}/mail/etc/a.pcap"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["made.pcap", "mail"]


def test_links_and_devices_are_left_out(tmp_path: Path, capture: bytes) -> None:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as made:
        for name, kind in (("link", tarfile.SYMTYPE), ("hard", tarfile.LNKTYPE), ("device", tarfile.CHRTYPE)):
            member = tarfile.TarInfo(name)
            member.type, member.linkname = kind, "/etc/passwd"
            made.addfile(member)
        member = tarfile.TarInfo("a.pcap")
        member.size = len(capture)
        made.addfile(member, io.BytesIO(capture))
    assert [Path(file.path).name for file in opened(tmp_path, out.getvalue()).files] == ["a.pcap"]


def test_an_encrypted_archive_is_told_in_a_line(tmp_path: Path, capture: bytes) -> None:
    data = bytearray(zipped({"a.pcap": capture}))
    for magic, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(magic) + at] |= 1
    with pytest.raises(EvidenceError, match="1 files of this archive are encrypted; unpack it with its password"):
        opened(tmp_path, bytes(data))


def test_an_archive_without_evidence(tmp_path: Path) -> None:
    with pytest.raises(EvidenceError, match="mail: no evidence in this archive"):
        opened(tmp_path, zipped({"photo.jpg": b"\xff\xd8\xff" * 100}))


def test_what_is_no_evidence_in_a_tar_archive_is_not_unpacked(tmp_path: Path, capture: bytes) -> None:
    path = tmp_path / "bomb.tar.gz"
    path.write_bytes(gzip.compress(tarred({"zeros": bytes(1 << 24), "a.pcap": capture})))
    root, problems = open_archive(Source(path))
    with (root / "zeros").source().open() as stream:
        assert len(stream.read()) <= 1 << 20
    assert problems == []


def test_there_are_not_too_many_files(tmp_path: Path, capture: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MEMBERS", 3)
    case = opened(tmp_path, zipped({f"{n}.pcap": capture for n in range(5)}))
    assert len(case.files) == 3
    assert "more than 3 files in this archive" in next(case.table("problems").records())["what"]


def test_no_room_to_unpack_is_told(tmp_path: Path, capture: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "_LEFT_FREE", 1 << 60)
    with pytest.raises(EvidenceError, match=r"there is no room to unpack a\.pcap; make room in the temporary folder"):
        opened(tmp_path, tarred({"a.pcap": capture}))


@each_packer
@given(data=st.data())
def test_a_damaged_archive_never_raises_anything_else(
    tmp_path_factory: pytest.TempPathFactory, packer: str, data: st.DataObject
) -> None:
    whole = bytearray(PACKERS[packer]({"a.pcap": b"\xd4\xc3\xb2\xa1" + bytes(100), "case.toml": CASE}))
    for _ in range(data.draw(st.integers(1, 4))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    path = tmp_path_factory.mktemp("junk") / "mail"
    path.write_bytes(whole[: data.draw(st.integers(0, len(whole)))])
    with suppress(xivolab.XivolabError):
        xivolab.open(path).table("problems")


def test_a_member_that_is_damaged_from_its_beginning_is_told_and_the_others_are_read(tmp_path: Path) -> None:
    whole = bytearray(zipped({"a.pcap": b"\xd4\xc3\xb2\xa1", "full": b"[2026-03-01 10:00:01] VERBOSE[12] pbx.c: x\n"}))
    whole[whole.index(b"a.pcap") - 30 + 14] ^= 0xFF  # APPNOTE, 4.3.7: the CRC, here and in the central directory
    whole[whole.rindex(b"a.pcap") - 46 + 16] ^= 0xFF
    path = tmp_path / "mail.zip"
    path.write_bytes(whole)
    case = xivolab.open(path)
    (problem,) = case.table("problems").records()
    assert (problem["what"], problem["remedy"]) == (
        "it cannot be unpacked: Bad CRC-32 for file 'a.pcap'",
        "ask for the archive again",
    )
    assert len(case.table("log")) == 1
