"""From what the user names to a stream of bytes: files, folders, standard input, packed or not, whatever the encoding.

Nothing is recognised by a file's name. What comes out is UTF-8 without a mark at its start, unless the file itself is
broken there; a reader decodes it line by line and names the lines that are not. Memory stays bounded whatever is in
the file: see `LINE_LIMIT`, `DOCUMENT_LIMIT` and `UNPACKING_LIMIT`.
"""

from __future__ import annotations

import codecs
import gzip
import io
import os
import stat
import zlib
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, cast

from kg.errors import InputError
from kg.papers.records import clean

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from typing import Final

    from _typeshed import WriteableBuffer

__all__ = ["DOCUMENT_LIMIT", "LINE_LIMIT", "UNPACKING_LIMIT", "Source", "expand", "open_source"]

MIB: Final = 1 << 20
LINE_LIMIT: Final = 32 * MIB
"""Bytes of the longest line, JSON value or XML record that is read; arXiv's longest abstract has six thousand."""
DOCUMENT_LIMIT: Final = 256 * MIB
"""Bytes of the largest file of a kind that must be held whole: listing pages and BibTeX."""
UNPACKING_LIMIT: Final = 200
"""Times its packed size a file may unpack to once past 64 MiB; text packs to between a third and a twentieth."""
_UNPACKED_FREE: Final = 64 * MIB
_HEAD: Final = 64 * 1024
STDIN: Final = "-"
"""The input that stands for standard input, and its name in sightings and problems."""

_GZIP = b"\x1f\x8b\x08"
_ZSTD = b"\x28\xb5\x2f\xfd"
_BOMS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


class UnreadableError(Exception):
    """The bytes of a source cannot be had any further; the message says why. Never leaves this package."""


class Source:
    """One file's bytes as UTF-8, with its name and the line a reader has come to."""

    def __init__(self, name: str, stream: BinaryIO) -> None:
        self.name = clean(name)
        self.line = 0
        """The line last read, counted from 1."""
        self.recoded = False
        """Whether the file came in another encoding, so that what it says of its encoding is no longer true."""
        for depth in range(3):  # a packed file within a packed file is a mistake people make; a third one is not
            head = _read_head(stream)
            stream = _joined(head, stream)
            if head.startswith(_GZIP) and depth < 2:
                packed = _Counted(stream)
                stream = _bounded(gzip.GzipFile(mode="rb", fileobj=packed).read, packed)
            elif head.startswith(_ZSTD) and depth < 2:
                packed = _Counted(stream)
                stream = _bounded(_ZstdFile(packed).read, packed)
            else:
                break
        for mark, encoding in _BOMS:
            if head.startswith(mark):
                stream.read(len(mark))
                if encoding != "utf-8":
                    stream = io.BufferedReader(_Recoded(stream, encoding), _HEAD)
                    self.recoded = True
                head = _read_head(stream)
                stream = _joined(head, stream)
                break
        self.head = head
        """The first 64 KiB, or all there is; a last character may be cut."""
        self.stream = stream

    def lines(self) -> Iterator[bytes | None]:
        """Each line with its line break; None for a line over `LINE_LIMIT`, which is passed over and never held."""
        readline = self.stream.readline
        while True:
            line = readline(LINE_LIMIT + 1)
            if not line:
                return
            self.line += 1
            if len(line) > LINE_LIMIT:
                while line and not line.endswith(b"\n"):
                    line = readline(MIB)
                yield None
            else:
                yield line

    def read_all(self) -> bytes:
        """The whole file.

        Raises:
            UnreadableError: it is larger than `DOCUMENT_LIMIT`, or its packing is damaged.
        """
        data = self.stream.read(DOCUMENT_LIMIT + 1)
        if len(data) > DOCUMENT_LIMIT:
            raise UnreadableError(f"over {DOCUMENT_LIMIT // MIB} MiB, too large for a file of this kind: split it")
        return data

    def problem(self, reason: str, line: int | None = None) -> InputError:
        """The error that names this source, and a line of it."""
        return InputError(self.name, line, reason)


def expand(inputs: Sequence[str | Path]) -> Iterator[str | InputError]:
    """Every file that the inputs mean, each once: folders become their files, sorted, hidden ones left out.

    A link to a folder is followed, but no folder is entered twice.
    """
    seen: set[str] = set()
    for item in inputs:
        name = os.fspath(item)
        found: Iterator[str | InputError]
        is_folder = name != STDIN and os.path.isdir(name)  # noqa: PTH112  (no error for an impossible name)
        found = _files(Path(name), set(), frozenset()) if is_folder else iter([name])
        for file in found:
            if not isinstance(file, str):
                yield file
            elif file not in seen:
                seen.add(file)
                yield file


def open_source(name: str, stdin: BinaryIO | None = None) -> Source:
    """The bytes behind a name; close its `stream` when done.

    Raises:
        InputError: there is no such file, it may not be read, or it is a device or a pipe.
    """
    if name == STDIN:
        if stdin is None:
            raise InputError(name, None, "standard input was not given")
        return _source(name, cast("BinaryIO", _Borrowed(stdin)))
    try:
        mode = os.stat(name).st_mode  # noqa: PTH116  (a name with a NUL in it is a ValueError here and nowhere else)
        regular = stat.S_ISREG(mode)
        file = open(name, "rb") if regular else None  # noqa: PTH123, SIM115  (closed by who reads the source)
    except FileNotFoundError:
        raise InputError(clean(name), None, _missing(name)) from None
    except (OSError, ValueError) as error:
        raise InputError(clean(name), None, f"cannot be read: {_reason(error)}") from error
    if file is None:
        kind = next((what for test, what in _SPECIAL if test(mode)), "a special file")
        raise InputError(clean(name), None, f"{kind}, not a file; to read from a pipe give -")
    return _source(name, file)


def _source(name: str, file: BinaryIO) -> Source:
    try:
        return Source(name, file)
    except (UnreadableError, OSError) as error:
        file.close()
        why = f"cannot be read: {_reason(error)}" if isinstance(error, OSError) else str(error)
        raise InputError(clean(name), None, why) from error


def _reason(error: Exception) -> str:
    return error.strerror if isinstance(error, OSError) and error.strerror else str(error)


_SPECIAL: tuple[tuple[Callable[[int], bool], str], ...] = (
    (stat.S_ISDIR, "a folder"),
    (stat.S_ISFIFO, "a named pipe"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
    (stat.S_ISSOCK, "a socket"),
)


def _missing(name: str) -> str:
    return "a link to a file that is not there" if os.path.islink(name) else "no such file"  # noqa: PTH114


def _files(
    folder: Path, entered: set[tuple[int, int]], above: frozenset[tuple[int, int]]
) -> Iterator[str | InputError]:
    try:
        status = folder.stat()
        here = (status.st_dev, status.st_ino)
        if here in above:
            yield InputError(clean(str(folder)), None, "a link back to a folder that holds it; not followed")
            return
        if here in entered:
            return
        entered.add(here)
        entries = sorted(folder.iterdir(), key=lambda path: path.name)
    except OSError as error:
        yield InputError(clean(str(folder)), None, f"cannot be read: {error.strerror or error}")
        return
    for entry in entries:
        if entry.name.startswith("."):
            continue
        try:
            is_folder = entry.is_dir()
        except OSError:
            is_folder = False  # opening it will say why
        if is_folder:
            yield from _files(entry, entered, above | {here})
        else:
            yield str(entry)


def _read_head(stream: BinaryIO) -> bytes:
    parts: list[bytes] = []
    size = 0
    while size < _HEAD and (part := stream.read(_HEAD - size)):
        parts.append(part)
        size += len(part)
    return b"".join(parts)


def _joined(head: bytes, rest: BinaryIO) -> BinaryIO:
    return io.BufferedReader(_Joined(head, rest), _HEAD)


def _bounded(read: Callable[[int], bytes], packed: _Counted) -> BinaryIO:
    return io.BufferedReader(_Bounded(read, packed), _HEAD)


class _Borrowed:
    """Somebody else's stream, which stays open when we are done."""

    def __init__(self, stream: BinaryIO) -> None:
        self.read = stream.read

    def close(self) -> None:
        """Leave it open."""


class _Raw(io.RawIOBase):
    """A stream from a function that gives some bytes, none at the end."""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        view = memoryview(buffer)
        data = self.more(len(view))
        view[: len(data)] = data
        return len(data)

    def more(self, size: int) -> bytes:
        raise NotImplementedError


class _Joined(_Raw):
    """What was read already, then the rest."""

    def __init__(self, head: bytes, rest: BinaryIO) -> None:
        self._head = head
        self._rest = rest

    def more(self, size: int) -> bytes:
        if self._head:
            data, self._head = self._head[:size], self._head[size:]
            return data
        return self._rest.read(size)

    def close(self) -> None:
        if not self.closed:
            self._rest.close()
        super().close()


class _Counted(_Raw):
    """A stream that knows how many of its bytes were taken."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self.count = 0

    def more(self, size: int) -> bytes:
        data = self._stream.read(size)
        self.count += len(data)
        return data

    def close(self) -> None:
        if not self.closed:
            self._stream.close()
        super().close()


class _Bounded(_Raw):
    """Unpacked bytes, refused once they are far more than text packs to."""

    def __init__(self, read: Callable[[int], bytes], packed: _Counted) -> None:
        self._read = read
        self._packed = packed
        self._count = 0

    def more(self, size: int) -> bytes:
        try:
            data = self._read(size)
        except EOFError:
            raise UnreadableError("the packed file is cut short") from None
        except (OSError, zlib.error) as error:
            raise UnreadableError(f"the packed file is damaged: {error}") from error
        self._count += len(data)
        if self._count > _UNPACKED_FREE and self._count > UNPACKING_LIMIT * self._packed.count:
            raise UnreadableError(f"unpacks to more than {UNPACKING_LIMIT} times its size; not read further")
        return data

    def close(self) -> None:
        if not self.closed:
            self._packed.close()
        super().close()


class _ZstdFile:
    """Zstandard frames, one after another; unlike `stream_reader` it notices a last frame that is cut short."""

    # a block of four bytes can unpack to 128 KiB: 256 bytes give 8 MiB at the worst
    _STEP = 256

    def __init__(self, packed: _Counted) -> None:
        import zstandard  # noqa: PLC0415  (only for .zst input)

        self._error = zstandard.ZstdError
        self._new = zstandard.ZstdDecompressor(max_window_size=128 * MIB).decompressobj
        self._frame = self._new()
        self._open = False
        self._packed = packed
        self._left = b""
        self._out = memoryview(b"")

    def read(self, size: int) -> bytes:
        while not self._out:
            step = self._left or self._packed.read(self._STEP) or b""
            self._left = b""
            if not step:
                if self._open:
                    raise EOFError
                return b""
            try:
                self._out = memoryview(self._frame.decompress(step))
            except self._error as error:
                raise OSError(str(error)) from error
            self._open = True
            if self._frame.eof:
                self._left = self._frame.unused_data
                self._frame = self._new()
                self._open = False
        data, self._out = self._out[:size], self._out[size:]
        return bytes(data)


class _Recoded(_Raw):
    """UTF-16 or UTF-32 as UTF-8; what is invalid stays invalid, so that the line it stands on can be named."""

    def __init__(self, stream: BinaryIO, encoding: str) -> None:
        self._stream = stream
        self._decode = codecs.getincrementaldecoder(encoding)("surrogatepass").decode
        self._out = b""
        self._ended = False

    def more(self, size: int) -> bytes:
        while not self._out and not self._ended:
            data = self._stream.read(_HEAD)
            self._ended = not data
            try:
                self._out = self._decode(data, not data).encode("utf-8", "surrogatepass")
            except UnicodeDecodeError:
                self._out, self._ended = b"\xff", True
        data, self._out = self._out[:size], self._out[size:]
        return data

    def close(self) -> None:
        if not self.closed:
            self._stream.close()
        super().close()
