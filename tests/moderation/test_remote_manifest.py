"""A file that names an address as its manifest's."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from moderation.labels import read_provenance

XMP = (
    '<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">'
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description '
    'rdf:about="" '
    'xmlns:dcterms="http://purl.org/dc/terms/" '
    'dcterms:provenance="{url}"/></rdf:RDF></x:xmpmeta><?xpacket end="w"?>'
)
XMP_BOX = bytes.fromhex("BE7ACFCB97A942E89C71999491E3AFAC")


@pytest.fixture
def received_paths() -> Iterator[list[str]]:
    """A server on this machine: first its address, then every path that somebody asked it for."""
    paths: list[str] = []

    class Listener(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            paths.append(self.path)
            self.send_error(404)

        def log_message(self, *_: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Listener)
    paths.append(f"http://127.0.0.1:{server.server_port}/inner.c2pa")
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield paths
    server.shutdown()
    thread.join()
    server.server_close()


def test_an_address_that_a_file_names_is_never_asked(
    tmp_path: Path, plain_film: Path, received_paths: list[str]
) -> None:
    film = Path(shutil.copy(plain_film, tmp_path))
    body = b"uuid" + XMP_BOX + XMP.format(url=received_paths[0]).encode()
    with film.open("ab") as file:
        file.write((4 + len(body)).to_bytes(4, "big") + body)
    assert read_provenance(film).state == "absent"
    assert received_paths[1:] == []
