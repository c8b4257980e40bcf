"""The bytes of evidence: plain, compressed, from standard input, damaged."""

from __future__ import annotations

import gzip
import io
import lzma
from collections.abc import Callable
from pathlib import Path

import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from tests.made import ALICE_SIP, BOB_SIP, sip, talk
from xivolab.errors import EvidenceError
from xivolab.evidence.source import STDIN, Source, compression, peek
from xivolab.scan import Scan, scan
from xivolab.testing import tpcap, tudp

TEXT = b"some evidence\n" * 1000

PACKERS: dict[str, Callable[[bytes], bytes]] = {
    "gz": gzip.compress,
    "xz": lzma.compress,
    "zst": zstandard.ZstdCompressor().compress,
}


def bytes_of(source: Source) -> bytes:
    with source.open() as stream:
        return stream.read()


@pytest.fixture
def piped(monkeypatch: pytest.MonkeyPatch) -> Callable[[bytes], None]:
    """Makes these bytes standard input."""

    def pipe(data: bytes) -> None:
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(data)))

    return pipe


@pytest.mark.parametrize("packer", PACKERS)
def test_compression_is_known_by_the_first_bytes(packer: str) -> None:
    assert compression(PACKERS[packer](TEXT)) == packer
    assert compression(TEXT) is None
    assert compression(b"") is None


@pytest.mark.parametrize("packer", PACKERS)
def test_a_packed_file_reads_like_the_plain_one_whatever_its_name(tmp_path: Path, packer: str) -> None:
    path = tmp_path / "evidence.txt"
    path.write_bytes(PACKERS[packer](TEXT))
    source = Source(path)
    assert source.head == TEXT[:65536]
    assert bytes_of(source) == TEXT


@pytest.mark.parametrize("packer", PACKERS)
def test_two_packed_files_in_one_are_read_through(tmp_path: Path, packer: str) -> None:
    """As `cat a.gz b.gz > c.gz` and log rotation make them."""
    path = tmp_path / "both"
    path.write_bytes(PACKERS[packer](TEXT) + PACKERS[packer](b"more"))
    assert bytes_of(Source(path)) == TEXT + b"more"


def test_a_gz_file_that_is_cut_gives_all_that_is_there(tmp_path: Path) -> None:
    path = tmp_path / "cut.gz"
    path.write_bytes(gzip.compress(TEXT, compresslevel=0)[:5000])
    head = Source(path).head
    assert TEXT.startswith(head)
    assert len(head) > 4900


def test_a_gz_file_with_padding_behind_it(tmp_path: Path) -> None:
    path = tmp_path / "padded.gz"
    path.write_bytes(gzip.compress(TEXT) + bytes(512) + gzip.compress(b"more") + bytes(512))
    assert bytes_of(Source(path)) == TEXT + b"more"


def test_standard_input_can_be_opened_again(piped: Callable[[bytes], None]) -> None:
    piped(TEXT)
    source = Source(STDIN)
    assert (source.name, source.on_disk) == ("standard input", False)
    assert bytes_of(source) == bytes_of(source) == TEXT


def test_compressed_standard_input(piped: Callable[[bytes], None]) -> None:
    piped(gzip.compress(TEXT))
    assert bytes_of(Source(STDIN)) == TEXT


def test_a_file_that_does_not_exist(tmp_path: Path) -> None:
    with pytest.raises(EvidenceError, match=r"missing\.pcap: no such file; check the path"):
        Source(tmp_path / "missing.pcap")


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(EvidenceError, match="this is a folder; name a file in it"):
        Source(tmp_path)


def test_peek_takes_no_more_than_asked_for() -> None:
    assert peek(io.BytesIO(TEXT), 4) == b"some"
    assert peek(io.BytesIO(b"ab"), 4) == b"ab"


class TestCaptures:
    """A capture gives the same tables, however its bytes come."""

    @pytest.fixture
    def capture(self, tmp_path: Path) -> Path:
        return tpcap(tmp_path / "a.pcap", [tudp(ALICE_SIP, BOB_SIP, sip()), *talk(range(500))])

    @staticmethod
    def tables(result: Scan) -> tuple[list[bytes], list[dict[str, object]], list[dict[str, object]]]:
        return result.messages.data, list(result.streams.records()), list(result.quality.records())

    @pytest.mark.parametrize("packer", PACKERS)
    def test_packed(self, capture: Path, packer: str) -> None:
        packed = capture.with_suffix(".packed")
        packed.write_bytes(PACKERS[packer](capture.read_bytes()))
        assert self.tables(scan([Source(packed)])) == self.tables(scan([Source(capture)]))

    def test_standard_input(self, capture: Path, piped: Callable[[bytes], None]) -> None:
        piped(capture.read_bytes())
        assert self.tables(scan([Source(STDIN)])) == self.tables(scan([Source(capture)]))

    @pytest.mark.parametrize("packer", PACKERS)
    def test_a_packed_file_that_was_cut_gives_what_could_be_unpacked(self, capture: Path, packer: str) -> None:
        # Packed in many small pieces: a packer of one piece would give nothing before its end.
        whole = capture.read_bytes()
        pieces = b"".join(PACKERS[packer](whole[at : at + 1000]) for at in range(0, len(whole), 1000))
        cut = capture.with_suffix(".cut")
        cut.write_bytes(pieces[: len(pieces) * 2 // 3])
        result = scan([Source(cut)])
        (stream,) = result.streams.records()
        assert 200 < stream["packets"] < 500
        assert result.problems[0].severity == "warning"

    @pytest.mark.parametrize("packer", PACKERS)
    def test_a_packed_file_that_was_damaged_is_told_and_never_raises(self, capture: Path, packer: str) -> None:
        data = bytearray(PACKERS[packer](capture.read_bytes()))
        data[len(data) // 2 : len(data) // 2 + 40] = bytes(40)
        damaged = capture.with_suffix(".damaged")
        damaged.write_bytes(data)
        source = Source(damaged)
        if source.head:
            (problem, *_) = scan([source]).problems
            assert problem.place.endswith(" of the unpacked data")
            assert problem.what.startswith("unpacking stopped (")
        else:  # nothing could be unpacked
            with pytest.raises(EvidenceError, match="not a capture"):
                scan([source])


@given(st.sampled_from([b"\x1f\x8b", b"\xfd7zXZ\x00", b"\x28\xb5\x2f\xfd"]), st.binary(max_size=100))
def test_any_bytes_after_the_magic_of_a_packer_never_raise(
    tmp_path_factory: pytest.TempPathFactory, magic: bytes, rest: bytes
) -> None:
    path = tmp_path_factory.mktemp("junk") / "a"
    path.write_bytes(magic + rest)
    assert isinstance(Source(path).head, bytes)
