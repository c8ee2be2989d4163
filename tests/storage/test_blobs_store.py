"""The same bytes are kept once, and stay as long as anything refers to them."""

import pytest
from sqlalchemy.exc import IntegrityError

from shakyo_desktop.domain.errors import NotFound
from tests.storage.samples import JPEG, ORG, YEAR, keep_evidence, sha256, submission, year


def test_bytes_come_back_and_are_kept_once(database):
    with database.transaction() as stores:
        name = stores.blobs.add(JPEG)
        stores.blobs.put(sha256(JPEG), JPEG)
        assert name == sha256(JPEG)
        assert stores.blobs.get(name) == JPEG
        assert stores.blobs.sizes([name, "0" * 64]) == {name: len(JPEG)}


def test_bytes_that_are_not_kept_are_said(database):
    with database.reading() as stores:
        assert stores.blobs.missing(["a", "b"]) == {"a", "b"}
        with pytest.raises(NotFound):
            stores.blobs.get("a")


def test_more_names_than_one_statement_takes(database):
    names = [sha256(bytes([number % 256, number // 256])) for number in range(12_000)]
    with database.transaction() as stores:
        stores.blobs.put_all((names[number], b"x") for number in (0, 6000, 11_999))
        assert stores.blobs.missing(names) == set(names) - {names[0], names[6000], names[11_999]}


def test_only_what_nothing_refers_to_is_unreferenced(database):
    with database.transaction() as stores:
        stores.blobs.put(sha256(JPEG), JPEG)
        stores.records.replace_year(ORG, YEAR, year())
        keep_evidence(stores, submission().manifest, [("mimetype", b"asic"), ("x", JPEG)])
        lost = stores.blobs.add(b"lost")
        assert stores.blobs.unreferenced() == {lost}
        stores.records.delete_year(ORG, YEAR)
        assert stores.blobs.unreferenced() == {lost}  # the evidence still holds the picture
        stores.submissions.drop_evidence(submission().manifest)
        assert stores.blobs.unreferenced() == {lost, sha256(JPEG), sha256(b"asic")}
        stores.blobs.delete_unreferenced([lost])
        stores.blobs.delete([sha256(JPEG), sha256(b"asic")])
        assert stores.blobs.unreferenced() == set()


def test_bytes_in_use_cannot_be_deleted(database):
    with database.transaction() as stores:
        stores.blobs.put(sha256(JPEG), JPEG)
        stores.records.replace_year(ORG, YEAR, year())
    with database.transaction() as stores:
        stores.blobs.delete_unreferenced([sha256(JPEG)])
    with pytest.raises(IntegrityError), database.transaction() as stores:
        stores.blobs.delete([sha256(JPEG)])
    with database.reading() as stores:
        assert stores.blobs.get(sha256(JPEG)) == JPEG
