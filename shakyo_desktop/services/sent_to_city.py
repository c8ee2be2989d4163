"""Which version of a compilation became which package: what was signed for the city stays as it is."""

from shakyo_desktop.storage.stores import Stores

_PACKAGE_OF, _COMPILATION_OF = "sent_to_city", "sent_compilation"


def note_sent(stores: Stores, compilation_id: str, package_id: str) -> None:
    """Remember the package that a version became."""
    stores.settings.set(f"{_PACKAGE_OF}.{compilation_id}", package_id)
    stores.settings.set(f"{_COMPILATION_OF}.{package_id}", compilation_id)


def package_of(stores: Stores, compilation_id: str) -> str | None:
    """The package_id that a version became; None while it was not signed."""
    found = stores.settings.get(f"{_PACKAGE_OF}.{compilation_id}")
    return None if found is None else str(found)


def compilation_of(stores: Stores, package_id: str) -> str:
    """The version that a package was made of."""
    return str(stores.settings.get(f"{_COMPILATION_OF}.{package_id}", ""))
