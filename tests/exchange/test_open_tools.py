"""The promise of the format: anyone with ordinary tools can open and check a package."""

import base64
import hashlib
import subprocess
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest

from shakyo_desktop.exchange.keys import SigningKey
from tests.exchange.making import built, report_content
from tests.exchange.making_wards import ward_report_content
from tests.exchange.people import CITY_RECOVERY, DISTRICT, DISTRICT_KEY, RECOVERY, WARD_KEY

SPACES = {"asic": "http://uri.etsi.org/02918/v1.2.1#", "ds": "http://www.w3.org/2000/09/xmldsig#"}


def opened_with_tools(needs_tool, tmp_path: Path, package: bytes, identity: str) -> Path:
    """A package opened by age and unzip alone."""
    age, unzip = needs_tool("age"), needs_tool("unzip")
    (tmp_path / "some.shakyo").write_bytes(package)
    (tmp_path / "recovery.txt").write_text(identity + "\n")
    command = [age, "-d", "-i", tmp_path / "recovery.txt", "-o", tmp_path / "x.asice"]
    subprocess.run([*command, tmp_path / "some.shakyo"], check=True)
    subprocess.run([unzip, "-t", "-q", tmp_path / "x.asice"], check=True, capture_output=True)
    subprocess.run([unzip, "-q", tmp_path / "x.asice", "-d", tmp_path / "x"], check=True)
    return tmp_path / "x"


@pytest.fixture
def extracted(needs_tool, tmp_path) -> Path:
    """A district's report."""
    return opened_with_tools(needs_tool, tmp_path, built(report_content()), RECOVERY.identity)


@pytest.fixture
def ward_report(needs_tool, tmp_path) -> Path:
    """A ward's report with a district's inside."""
    return opened_with_tools(needs_tool, tmp_path, built(ward_report_content()), CITY_RECOVERY.identity)


def openssl_accepts(openssl: Path, signed: Path, key: SigningKey = DISTRICT_KEY) -> bool:
    """Whether the signature in a folder is one of this key over the manifest beside it."""
    certificate = signed.parent / "signer.pem"
    certificate.write_text(key.certificate_pem())
    command = [openssl, "cms", "-verify", "-cades", "-binary", "-inform", "DER"]
    command += ["-in", signed / "signature001.p7s", "-content", signed / "ASiCManifest001.xml"]
    command += ["-CAfile", certificate, "-purpose", "any", "-out", "/dev/null"]
    accepted = subprocess.run(command, capture_output=True, check=False).returncode == 0
    certificate.unlink()
    return accepted


def listed_in(manifest: Path) -> dict[str | None, str | None]:
    """What a manifest lists, read by a real XML parser."""
    references = ElementTree.parse(manifest).getroot().findall("asic:DataObjectReference", SPACES)
    return {one.get("URI"): one.findtext("ds:DigestValue", namespaces=SPACES) for one in references}


def digest_of(path: Path) -> str:
    return base64.b64encode(hashlib.sha256(path.read_bytes()).digest()).decode()


def test_the_commands_of_the_format_work(extracted, needs_tool):
    openssl = needs_tool("openssl")
    assert openssl_accepts(openssl, extracted / "META-INF")
    manifest = extracted / "META-INF/ASiCManifest001.xml"
    manifest.write_bytes(manifest.read_bytes().replace(b"package.json", b"package.jsom"))
    assert not openssl_accepts(openssl, extracted / "META-INF")


def test_the_digests_of_the_manifest_are_those_of_the_files(extracted):
    listed = listed_in(extracted / "META-INF/ASiCManifest001.xml")
    found = {
        path.relative_to(extracted).as_posix(): digest_of(path)
        for path in extracted.rglob("*")
        if path.is_file() and path.name != "mimetype" and path.parent.name != "META-INF"
    }
    assert listed == found
    assert len(found) == 6


def test_the_signatures_inside_a_wards_report_verify_with_their_own_keys(ward_report, needs_tool):
    openssl = needs_tool("openssl")
    district = ward_report / "districts" / DISTRICT
    assert openssl_accepts(openssl, ward_report / "META-INF", WARD_KEY)
    assert openssl_accepts(openssl, district, DISTRICT_KEY)
    assert not openssl_accepts(openssl, district, WARD_KEY)
    (district / "signature001.p7s").write_bytes((ward_report / "META-INF/signature001.p7s").read_bytes())
    assert not openssl_accepts(openssl, district, WARD_KEY)


def test_the_digests_inside_a_wards_report_are_those_of_the_files(ward_report):
    outer = listed_in(ward_report / "META-INF/ASiCManifest001.xml")
    assert {name: digest_of(ward_report / str(name)) for name in outer} == outer
    district = ward_report / "districts" / DISTRICT
    signed = listed_in(district / "ASiCManifest001.xml")
    carried = {name: digest for name, digest in signed.items() if not str(name).startswith("photos/")}
    assert {name: digest_of(district / Path(str(name)).name) for name in carried} == carried
    assert len(signed) - len(carried) == 1
    [line, _silent] = (ward_report / "data/coverage.ndjson").read_text().splitlines()
    assert hashlib.sha256((district / "ASiCManifest001.xml").read_bytes()).hexdigest() in line
