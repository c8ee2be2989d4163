"""The computer's key ring (DPAPI, Keychain, Secret Service), or a clear word that there is none."""

from typing import Protocol

from shakyo_desktop.domain.errors import StoreLocked

SERVICE = "shakyo_desktop"
_ABSENT = (
    "このパソコンの鍵入れは使えません。\nデータは無事です。\n"
    "合い言葉か、印刷してある復旧シート（紙）を使ってください。"
)


class KeyRing(Protocol):
    """What is needed of a key ring; the ``keyring`` library's own functions have this form."""

    def get_password(self, service: str, name: str) -> str | None:
        """The text kept under a name, or None."""

    def set_password(self, service: str, name: str, value: str) -> None:
        """Keep a text under a name."""

    def delete_password(self, service: str, name: str) -> None:
        """Forget the text under a name."""


class PlatformKeyRing:
    """The ``keyring`` library, its many errors made one."""

    def get_password(self, service: str, name: str) -> str | None:
        """The text kept under a name, or None.

        Raises:
            StoreLocked: there is no key ring that works (code ``store.no_key_ring``).
        """
        import keyring  # costs time that only this way of opening needs

        try:
            return keyring.get_password(service, name)
        except Exception as error:  # backends raise what they like, D-Bus errors for one
            raise StoreLocked(_ABSENT, code="store.no_key_ring") from error

    def set_password(self, service: str, name: str, value: str) -> None:
        """Keep a text under a name.

        Raises:
            StoreLocked: there is no key ring that works (code ``store.no_key_ring``).
        """
        import keyring

        try:
            keyring.set_password(service, name, value)
        except Exception as error:
            raise StoreLocked(_ABSENT, code="store.no_key_ring") from error

    def delete_password(self, service: str, name: str) -> None:
        """Forget the text under a name; nothing happens when there is none.

        Raises:
            StoreLocked: there is no key ring that works (code ``store.no_key_ring``).
        """
        import keyring
        from keyring.errors import PasswordDeleteError

        try:
            keyring.delete_password(service, name)
        except PasswordDeleteError:
            return
        except Exception as error:
            raise StoreLocked(_ABSENT, code="store.no_key_ring") from error


def platform_key_ring() -> KeyRing:
    """The key ring of this computer and user."""
    return PlatformKeyRing()
