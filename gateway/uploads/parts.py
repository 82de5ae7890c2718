"""The parts of a form as they come (RFC 7578): each is a file."""

from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser, parse_options_header

from connectors.refusals import RefusedError
from gateway.uploads.received import ReceivedFile
from gateway.uploads.settings import UploadSettings


class Form:
    """Takes the body piece by piece, and holds no more than it may; ``close`` it in any case.

    Raises ``RefusedError``: UPLOAD_MALFORMED, TOO_MANY_FILES, FILE_TOO_LARGE.
    """

    def __init__(self, content_type: str, settings: UploadSettings) -> None:
        self.files: list[ReceivedFile] = []
        self._settings = settings
        self._ended = False
        self._header: tuple[bytearray, bytearray] = (bytearray(), bytearray())
        self._disposition = b""
        _, options = parse_options_header(content_type)
        try:
            self._parser = MultipartParser(
                options[b"boundary"],
                {
                    "on_part_begin": self._begin,
                    "on_header_field": lambda data, start, end: self._header[0].extend(data[start:end]),
                    "on_header_value": lambda data, start, end: self._header[1].extend(data[start:end]),
                    "on_header_end": self._header_ended,
                    "on_headers_finished": self._file_begun,
                    "on_part_data": self._data,
                    "on_end": self._end,
                },
            )
        except (KeyError, FormParserError, ValueError) as error:
            raise RefusedError("UPLOAD_MALFORMED") from error

    def take(self, data: bytes) -> None:
        """Read on."""
        try:
            self._parser.write(data)
        except FormParserError as error:
            raise RefusedError("UPLOAD_MALFORMED") from error

    def finish(self) -> None:
        """Make sure that it is whole, and that there is something in it. Raises also NO_FILE."""
        if not self._ended:
            raise RefusedError("UPLOAD_MALFORMED")
        if not self.files:
            raise RefusedError("NO_FILE")

    def close(self) -> None:
        """Let go of all files."""
        for file in self.files:
            file.close()

    def _begin(self) -> None:
        self._header, self._disposition = (bytearray(), bytearray()), b""

    def _header_ended(self) -> None:
        name, value = self._header
        if name.lower() == b"content-disposition":
            self._disposition = bytes(value)
        self._header = (bytearray(), bytearray())

    def _file_begun(self) -> None:
        _, options = parse_options_header(self._disposition)
        name = options.get(b"filename")
        if name is None:  # a field, for which there is no use
            raise RefusedError("UPLOAD_MALFORMED")
        if len(self.files) == self._settings.max_files:
            raise RefusedError("TOO_MANY_FILES", most=self._settings.max_files)
        self.files.append(ReceivedFile(name.decode("utf-8", "replace"), self._settings.spool_bytes))

    def _data(self, data: bytes, start: int, end: int) -> None:
        file, most = self.files[-1], self._settings.max_file_bytes
        file.write(data[start:end])
        if file.size > most:
            raise RefusedError("FILE_TOO_LARGE", file=file.name, most=most)

    def _end(self) -> None:
        self._ended = True
