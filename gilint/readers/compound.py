"""Compound files (OLE), in which DOC and XLS are packed: one stream taken out, however the file lies about itself."""

from __future__ import annotations

import struct

END_OF_CHAIN = 0xFFFFFFFE
_HEADER = 512
_ENTRY = 128
_STREAM = 2
_ROOT = 5


class CompoundFault(Exception):  # noqa: N818
    """The file is damaged, or made to damage."""


def stream(data: bytes, *names: str) -> bytes | None:
    """Return the first stream of one of these names, ``None`` where there is none.

    Raises:
        CompoundFault: the file is damaged: a chain of sectors runs in a circle or out of the file.
    """
    try:
        return _Compound(data).stream(names)
    except (struct.error, IndexError) as error:
        raise CompoundFault(str(error)) from error


class _Compound:
    def __init__(self, data: bytes) -> None:
        self._data = data
        shift, mini_shift = struct.unpack_from("<HH", data, 30)
        if shift not in (9, 12) or mini_shift != 6:
            raise CompoundFault("size of sectors")
        self._size, self._mini_size = 1 << shift, 1 << mini_shift
        self._directory, _, self._cutoff, mini, _, extra = struct.unpack_from("<IIIIII", data, 48)
        sectors = list(struct.unpack_from("<109I", data, 76))
        seen: set[int] = set()
        while extra < END_OF_CHAIN - 3:
            if extra in seen:
                raise CompoundFault("circle")
            seen.add(extra)
            numbers = self._numbers(extra)
            sectors.extend(numbers[:-1])
            extra = numbers[-1]
        self._next = [number for sector in sectors if sector < END_OF_CHAIN - 3 for number in self._numbers(sector)]
        self._next_mini = [number for (number,) in struct.iter_unpack("<I", self._chain(mini) if mini < END_OF_CHAIN - 3 else b"")]

    def _sector(self, number: int) -> bytes:
        start = self._size * (number + 1)
        piece = self._data[start : start + self._size]
        if not piece:
            raise CompoundFault("sector out of the file")
        return piece.ljust(self._size, b"\0")

    def _numbers(self, sector: int) -> tuple[int, ...]:
        return struct.unpack(f"<{self._size // 4}I", self._sector(sector))

    def _chain(self, number: int) -> bytes:
        pieces: list[bytes] = []
        while number < END_OF_CHAIN:
            # A chain longer than the file has sectors runs in a circle.
            if len(pieces) * self._size > len(self._data) or number >= len(self._next):
                raise CompoundFault("chain")
            pieces.append(self._sector(number))
            number = self._next[number]
        return b"".join(pieces)

    def _mini_chain(self, number: int, within: bytes) -> bytes:
        pieces: list[bytes] = []
        while number < END_OF_CHAIN:
            if len(pieces) * self._mini_size > len(within) or number >= len(self._next_mini):
                raise CompoundFault("chain")
            pieces.append(within[number * self._mini_size : (number + 1) * self._mini_size])
            number = self._next_mini[number]
        return b"".join(pieces)

    def stream(self, names: tuple[str, ...]) -> bytes | None:
        directory = self._chain(self._directory)
        found: dict[str, tuple[int, int]] = {}
        root = END_OF_CHAIN
        for offset in range(0, len(directory) - _ENTRY + 1, _ENTRY):
            length, kind = struct.unpack_from("<HB", directory, offset + 64)
            start, size = struct.unpack_from("<II", directory, offset + 116)
            if kind == _ROOT:
                root = start
            elif kind == _STREAM:
                name = directory[offset : offset + max(min(length, 64) - 2, 0)].decode("utf-16-le", "replace")
                found.setdefault(name, (start, size))
        for name in names:
            if name in found:
                start, size = found[name]
                chain = self._chain(start) if size >= self._cutoff else self._mini_chain(start, self._chain(root))
                return chain[:size]
        return None
