"""Gzip files as streams, member by member: what is broken is left out and told, and nothing is unpacked ahead.

An archive of pages (WARC) packs each record as a member of its own. So a record can be found without unpacking those
before it, and a broken one costs no more than itself.
"""

from __future__ import annotations

import io
import zlib
from collections.abc import Iterator
from typing import BinaryIO

MAGIC = b"\x1f\x8b\x08"
_CHUNK = 262_144
_HELD = 64_000_000  # bytes of one unpacked member that are held back until its checksum is known to be right


class Gunzip(io.RawIOBase):
    """The unpacked bytes of the members that begin in `[start, end)` of `file`.

    After reading: `broken` members were left out, and `cut` says whether the file ends inside a member (what came
    before was given). A member over 64 MB is given as it is unpacked; if it breaks, its beginning has been given.
    """

    def __init__(self, file: BinaryIO, *, start: int = 0, end: int | None = None) -> None:
        self.broken = 0
        self.cut = False
        self._file = file
        self._at = start  # offset of the first byte in `_packed`
        self._start, self._end = start, end
        self._packed = b""
        self._parts = self._read_members()
        self._part = memoryview(b"")
        if start:
            file.seek(start)

    @property
    def is_part(self) -> bool:
        """Whether only some members of the file were asked for."""
        return self._start > 0 or self._end is not None

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        while not self._part:
            part = next(self._parts, None)
            if part is None:
                return 0
            self._part = memoryview(part)
        count = min(len(buffer), len(self._part))
        buffer[:count] = self._part[:count]
        self._part = self._part[count:]
        return count

    def members(self) -> Iterator[bytes]:
        """Each member by itself, unpacked; instead of reading the stream. Raises OverflowError for one over 64 MB."""
        while self._to_member():
            if self._end is not None and self._at >= self._end:
                return
            parts = []
            for part in self._member():
                parts.append(part)
                if sum(map(len, parts)) > _HELD:
                    raise OverflowError("a packed part of the file is larger than 64 MB")
            if parts:
                yield b"".join(parts)

    # --- members -----------------------------------------------------------------------------------------------------

    def _read_members(self) -> Iterator[bytes]:
        while self._to_member():
            if self._end is not None and self._at >= self._end:
                return
            yield from self._member()

    def _member(self) -> Iterator[bytes]:
        """The unpacked bytes of the member at the head of `_packed`; nothing of one that is broken."""
        held: list[bytes] = []
        size = 0
        unpack = zlib.decompressobj(wbits=31)
        start, head = self._at, self._packed
        data = head
        while True:
            try:
                out = unpack.decompress(data, _CHUNK * 4)
            except zlib.error:
                self.broken += 1
                self._back_to(start, head)
                return
            size += len(out)
            held.append(out)
            if size > _HELD:
                yield from held
                held = []
            if unpack.eof:
                self._at += len(data) - len(unpack.unused_data)
                self._packed = unpack.unused_data
                break
            rest = unpack.unconsumed_tail
            self._at += len(data) - len(rest)
            data = rest or self._file.read(_CHUNK)
            if not data:
                self.cut = True
                self._packed = b""
                break
        yield from held

    def _back_to(self, start: int, head: bytes) -> None:
        """Go on behind the first byte of a member that turned out to be broken."""
        if self._file.seekable():
            self._file.seek(start + 1)
            self._at, self._packed = start + 1, b""
        else:
            self._at, self._packed = start + 1, head[1:]

    def _to_member(self) -> bool:
        """Move to the next member that unpacks; False at the end of the file. Padding between members is passed."""
        while True:
            found = self._packed.find(MAGIC)
            if found >= 0:
                self._drop(found)
                while len(self._packed) < 512 and (more := self._file.read(_CHUNK)):
                    self._packed += more
                if _unpacks(self._packed):
                    return True
                self._drop(1)
                continue
            more = self._file.read(_CHUNK)
            if not more:
                self.cut = self.cut or bool(self._packed.strip(b"\x00"))
                return False
            keep = self._packed[-len(MAGIC) + 1 :]
            self._at += len(self._packed) - len(keep)
            self._packed = keep + more

    def _drop(self, count: int) -> None:
        self._at += count
        self._packed = self._packed[count:]


def _unpacks(packed: bytes) -> bool:
    """Whether a member begins here: its header is whole and its first bytes unpack."""
    try:
        unpack = zlib.decompressobj(wbits=31)
        return bool(unpack.decompress(packed[:4_096], 64)) or unpack.eof
    except zlib.error:
        return False


def unpacked(file: BinaryIO, *, start: int = 0, end: int | None = None) -> tuple[io.BufferedReader, Gunzip]:
    """A gzip file as a buffered stream, and the reader behind it, which knows afterwards what was broken."""
    raw = Gunzip(file, start=start, end=end)
    return io.BufferedReader(raw, buffer_size=_CHUNK), raw
