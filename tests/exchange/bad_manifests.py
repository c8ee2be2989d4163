"""Reports whose manifest breaks one rule each; its signature is right."""

from collections.abc import Callable

from tests.exchange.spoiling import Bad, manifest_of


def manifest(code: str, change: Callable[[bytes], bytes]) -> Bad:
    return Bad(lambda: manifest_of(change), code)


def entity_bomb(data: bytes) -> bytes:
    levels = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    return data.replace(b"?>\n", f'?>\n<!DOCTYPE x [<!ENTITY l0 "x">{levels}]>\n'.encode(), 1)


def digests_swapped(data: bytes) -> bytes:
    lines = data.splitlines(keepends=True)
    first, second = (line[line.index(b"<ds:DigestValue>") : line.index(b"</ds:Dig")] for line in lines[3:5])
    lines[3], lines[4] = lines[3].replace(first, second), lines[4].replace(second, first)
    return b"".join(lines)


def lines_swapped(data: bytes) -> bytes:
    lines = data.splitlines(keepends=True)
    lines[3], lines[4] = lines[4], lines[3]
    return b"".join(lines)


BAD_MANIFESTS: dict[str, Bad] = {
    "swapped digests": manifest("manifest.hash", digests_swapped),
    "files listed in another order": manifest("manifest.files", lines_swapped),
    "a digest of SHA-1": manifest(
        "manifest.form", lambda data: data.replace(b"2001/04/xmlenc#sha256", b"2000/09/xmldsig#sha1", 1)
    ),
    "a digest of SHA-512": manifest("manifest.form", lambda data: data.replace(b"#sha256", b"#sha512", 1)),
    "a document type": manifest(
        "manifest.form", lambda data: data.replace(b"?>\n", b"?>\n<!DOCTYPE x>\n", 1)
    ),
    "an entity of a file": manifest(
        "manifest.form",
        lambda data: data.replace(
            b"?>\n", b'?>\n<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>\n', 1
        ),
    ),
    "an entity bomb": manifest("manifest.form", entity_bomb),
    "a comment before the root": manifest(
        "manifest.form", lambda data: data.replace(b"?>\n", b"?>\n<!-- -->\n")
    ),
    "a processing instruction": manifest(
        "manifest.form", lambda data: data.replace(b"?>\n", b"?>\n<?x y?>\n", 1)
    ),
    "another namespace": manifest("manifest.form", lambda data: data.replace(b"v1.2.1#", b"v1.3.1#", 1)),
    "another prefix": manifest("manifest.form", lambda data: data.replace(b"asic:", b"a:")),
    "an attribute more": manifest("manifest.form", lambda data: data.replace(b" URI=", b" x='1' URI=", 1)),
    "another media type": manifest(
        "manifest.form", lambda data: data.replace(b"application/json", b"text/html", 1)
    ),
    "a digest in loose base64": manifest("manifest.form", lambda data: data.replace(b"=</ds", b"9</ds", 1)),
    "a digest with a line end": manifest("manifest.form", lambda data: data.replace(b"=</ds", b"=\n</ds", 1)),
    "a manifest in UTF-16": manifest("manifest.form", lambda data: data.decode().encode("utf-16")),
    "a manifest with CR LF": manifest("manifest.form", lambda data: data.replace(b"\n", b"\r\n")),
    "a manifest with a byte order mark": manifest("manifest.form", lambda data: b"\xef\xbb\xbf" + data),
    "a manifest that lists itself": manifest(
        "manifest.form",
        lambda data: data.replace(b'URI="package.json"', b'URI="META-INF/ASiCManifest001.xml"'),
    ),
    "a manifest that lists a path upwards": manifest(
        "manifest.form", lambda data: data.replace(b'URI="package.json"', b'URI="../package.json"')
    ),
    "an empty manifest": manifest("manifest.form", lambda data: b""),
    "a manifest that lists nothing": manifest(
        "manifest.files", lambda data: b"".join(data.splitlines(keepends=True)[i] for i in (0, 1, 2, -1))
    ),
    "a manifest of a million beginnings": manifest(
        "manifest.form", lambda data: data + b'<asic:DataObjectReference URI="x" ' * 30_000
    ),
}
