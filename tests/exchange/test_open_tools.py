"""The promise of the format: anyone with ordinary tools can open and check a package."""

import base64
import hashlib
import subprocess
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest

from tests.exchange.making import built, report_content
from tests.exchange.people import DISTRICT_KEY, RECOVERY

SPACES = {"asic": "http://uri.etsi.org/02918/v1.2.1#", "ds": "http://www.w3.org/2000/09/xmldsig#"}


@pytest.fixture
def extracted(needs_tool, tmp_path) -> Path:
    """A package opened by age and unzip alone."""
    age, unzip = needs_tool("age"), needs_tool("unzip")
    (tmp_path / "some.shakyo").write_bytes(built(report_content()))
    (tmp_path / "ward-recovery.txt").write_text(RECOVERY.identity + "\n")
    command = [age, "-d", "-i", tmp_path / "ward-recovery.txt", "-o", tmp_path / "x.asice"]
    subprocess.run([*command, tmp_path / "some.shakyo"], check=True)
    subprocess.run([unzip, "-t", "-q", tmp_path / "x.asice"], check=True, capture_output=True)
    subprocess.run([unzip, "-q", tmp_path / "x.asice", "-d", tmp_path / "x"], check=True)
    return tmp_path / "x"


def openssl_accepts(openssl: Path, folder: Path) -> bool:
    (folder / "district.pem").write_text(DISTRICT_KEY.certificate_pem())
    command = [openssl, "cms", "-verify", "-cades", "-binary", "-inform", "DER"]
    command += [
        "-in",
        folder / "META-INF/signature001.p7s",
        "-content",
        folder / "META-INF/ASiCManifest001.xml",
    ]
    command += ["-CAfile", folder / "district.pem", "-purpose", "any", "-out", "/dev/null"]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


def test_the_commands_of_the_format_work(extracted, needs_tool):
    openssl = needs_tool("openssl")
    assert openssl_accepts(openssl, extracted)
    manifest = extracted / "META-INF/ASiCManifest001.xml"
    manifest.write_bytes(manifest.read_bytes().replace(b"package.json", b"package.jsom"))
    assert not openssl_accepts(openssl, extracted)


def test_the_digests_of_the_manifest_are_those_of_the_files(extracted):
    root = ElementTree.parse(extracted / "META-INF/ASiCManifest001.xml").getroot()
    listed = {
        reference.get("URI"): reference.findtext("ds:DigestValue", namespaces=SPACES)
        for reference in root.findall("asic:DataObjectReference", SPACES)
    }
    found = {
        path.relative_to(extracted).as_posix(): base64.b64encode(
            hashlib.sha256(path.read_bytes()).digest()
        ).decode()
        for path in extracted.rglob("*")
        if path.is_file() and path.name != "mimetype" and path.parent.name != "META-INF"
    }
    assert listed == found
    assert len(found) == 6
