"""Sites behind TLS: the name is what the certificate must fit, though the connection goes to a checked address."""

import datetime as dt
import ssl
from collections.abc import Callable
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from web_site import web_site

from ogi.settings.model import Fetch
from ogi.warehouse.fetching import transport
from ogi.warehouse.fetching.errors import FetchFailed
from ogi.warehouse.fetching.fetcher import Fetcher
from ogi.warehouse.home import Home
from ogi.warehouse.landing import LandingZone


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    """A certificate for the name localhost with its key, in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    today = dt.datetime.now(dt.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(today - dt.timedelta(days=1))
        .not_valid_after(today + dt.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    file = tmp_path / "certificate.pem"
    file.write_bytes(
        key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        + made.public_bytes(pem)
    )
    return file


@pytest.fixture
def fetch(home: Home, certificate: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], object]:
    """Fetch a document by this host name from a site behind TLS whose certificate is trusted."""
    trusted = ssl.create_default_context(cafile=certificate)
    monkeypatch.setattr(transport, "_ssl_context", lambda: trusted)

    def fetch(host: str) -> bytes:
        with web_site(certificate) as site:
            site.give("/a.txt", b"one")
            limits = Fetch(allow_private_addresses=True, ports=(site.port,), delay_seconds=0)
            url = site.url("/a.txt", host).replace("http:", "https:")
            landed = Fetcher(limits, LandingZone(home)).fetch(url)
            assert landed is not None
            return home.landed(landed.sha256).read_bytes()

    return fetch


def test_a_document_comes_through_tls(fetch: Callable[[str], bytes]) -> None:
    assert fetch("localhost") == b"one"


def test_a_certificate_of_another_name_is_refused(fetch: Callable[[str], bytes]) -> None:
    with pytest.raises(FetchFailed, match="无法连接"):
        fetch("127.0.0.1")
