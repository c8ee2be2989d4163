"""The program as a screen reader meets it: on a virtual screen, over the accessibility bus (AT-SPI 2).

Nothing here shares a process with the program; what is not in the tree does not exist for these tests.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, TypeVar

from jeepney import DBusAddress, HeaderFields, MatchRule, Message, MessageType, message_bus, new_method_call
from jeepney.io.blocking import DBusConnection, open_dbus_connection

Ref = tuple[str, str]
T = TypeVar("T")

CHECKED, FOCUSABLE, FOCUSED, SHOWING = 4, 11, 12, 25
"""Bits of a node's state: AtspiStateType of atspi-constants.h."""
LABELLED_BY = 2
"""AtspiRelationType of atspi-constants.h."""
TAB = 0xFF09
"""An X keysym."""
_KEYSYM, _STRING = 3, 4  # AtspiKeySynthType
_ROOT = "/org/a11y/atspi/accessible/root"
_REGISTRY = "org.a11y.atspi.Registry"
_KEYS = "/org/a11y/atspi/registry/deviceeventcontroller"
_EVENTS = "org.a11y.atspi.Event.Object"
_PATIENCE = 30.0  # seconds; what never comes fails a test only then
_TICK = 0.05


class Gone(Exception):
    """What was asked about is not there any more."""


@dataclass(frozen=True)
class Node:
    """One object of the tree; ``path`` is where it stands, (role, name) from the window down."""

    ref: Ref
    role: str
    name: str
    description: str
    states: int
    children: tuple[Ref, ...]
    path: tuple[tuple[str, str], ...]

    def inside(self, role: str) -> str | None:
        """The name of the innermost object of this role that it stands in."""
        return next((name for kind, name in reversed(self.path) if kind == role), None)

    def has(self, state: int) -> bool:
        """Whether a state's bit is set."""
        return bool(self.states >> state & 1)

    def __str__(self) -> str:
        above = "".join(f"{name} > " for _, name in self.path if name)
        return f"{above}{self.role} 「{self.name}」 {self.description}"


class ScreenReader:
    """Reads and uses the program over one accessibility bus."""

    def __init__(self, address: str, last_words: Callable[[], str | None]) -> None:
        """Join the bus at ``address``; ``last_words`` gives what the program said when it ended early."""
        self._last_words = last_words
        self._bus: DBusConnection = open_dbus_connection(address)
        self.heard: list[str] = []
        """What was announced without the focus going there."""
        rule = MatchRule(type="signal", interface=_EVENTS)
        self._bus.send_and_get_reply(message_bus.AddMatch(rule))
        for event in ("object:announcement", "object:state-changed", "object:children-changed"):
            self._ask((_REGISTRY, "/org/a11y/atspi/registry"), _REGISTRY, "RegisterEvent", "s", event)

    def close(self) -> None:
        """Leave the bus."""
        self._bus.close()

    def window(self) -> Node:
        """The program's window, once there is one that is shown."""

        def find() -> Node | None:
            for program in self._children((_REGISTRY, _ROOT)):
                for ref in self._children(program):
                    node = self.node(ref)
                    if node.has(SHOWING):
                        return node
            return None

        return self.until(find, "a window")

    def node(self, ref: Ref, path: tuple[tuple[str, str], ...] = ()) -> Node:
        """An object as it is now.

        Raises:
            Gone: it is not there any more.
        """
        role = self._ask(ref, "org.a11y.atspi.Accessible", "GetRoleName")
        low, high = self._ask(ref, "org.a11y.atspi.Accessible", "GetState")
        return Node(
            ref,
            role,
            self._property(ref, "Name"),
            self._property(ref, "Description"),
            low | high << 32,
            self._children(ref),
            path,
        )

    def shown(self, top: Node | None = None) -> list[Node]:
        """Everything that is shown, from the window (or ``top``) down, in reading order."""
        while True:
            with suppress(Gone):  # the window changed meanwhile
                return list(self._walk(top or self.window()))

    def find(self, role: str, name: str) -> Node:
        """The first shown object of this role whose name begins like this, once there is one."""

        def look() -> Node | None:
            return next((n for n in self.shown() if n.role == role and n.name.startswith(name)), None)

        return self.until(look, f"{role} 「{name}」")

    def columns(self, table: Node) -> int:
        """How many columns a table has."""
        return int(self._property(table.ref, "NColumns", "org.a11y.atspi.Table"))

    def focused(self) -> Node | None:
        """What has the keyboard."""
        return next((node for node in self.shown() if node.has(FOCUSED)), None)

    def labels_of(self, node: Node) -> list[str]:
        """The names of what the object is labelled by."""
        relations = self._ask(node.ref, "org.a11y.atspi.Accessible", "GetRelationSet")
        refs = [tuple(ref) for kind, targets in relations if kind == LABELLED_BY for ref in targets]
        return [self.node(ref).name for ref in refs]  # type: ignore[arg-type]

    def press(self, node: Node) -> None:
        """Use an object as a screen reader's user does."""
        self._ask(node.ref, "org.a11y.atspi.Action", "DoAction", "i", 0)

    def focus(self, node: Node) -> None:
        """Give an object the keyboard."""
        self._ask(node.ref, "org.a11y.atspi.Component", "GrabFocus")
        self.until(lambda: self.node(node.ref).has(FOCUSED) or None, f"the focus on {node}")

    def type_text(self, text: str) -> None:
        """Type on the virtual keyboard."""
        self._synthesise(0, text, _STRING)

    def press_key(self, keysym: int) -> None:
        """Press and let go one key of the virtual keyboard."""
        self._synthesise(keysym, "", _KEYSYM)

    def until(self, look: Callable[[], T | None], what: str) -> T:
        """Look again whenever the program says that something changed, until there is what was waited for."""
        deadline = time.monotonic() + _PATIENCE
        while time.monotonic() < deadline:
            with suppress(Gone):
                found = look()
                if found is not None:
                    return found
            if (words := self._last_words()) is not None:
                raise AssertionError(f"the program ended before there was {what}: {words}")
            self._listen()
        there = "\n".join(str(node) for node in self.shown() if node.name)
        raise AssertionError(f"there never was {what}; heard {self.heard}, and there is\n{there}")

    def _listen(self) -> None:
        """Wait for the next event, but not for long: not every change has one."""
        with suppress(TimeoutError):
            self._notice(self._bus.receive(timeout=_TICK))

    def _notice(self, message: Message) -> None:
        if message.header.fields.get(HeaderFields.member) == "Announcement":
            self.heard.append(str(message.body[3][1]))

    def _walk(self, node: Node) -> Iterator[Node]:
        yield node
        path = (*node.path, (node.role, node.name))
        for ref in node.children:
            child = self.node(ref, path)
            if child.has(SHOWING):
                yield from self._walk(child)

    def _children(self, ref: Ref) -> tuple[Ref, ...]:
        found = self._ask(ref, "org.a11y.atspi.Accessible", "GetChildren")
        return tuple((name, path) for name, path in found if not path.endswith("/null"))

    def _property(self, ref: Ref, name: str, interface: str = "org.a11y.atspi.Accessible") -> str:
        return str(self._ask(ref, "org.freedesktop.DBus.Properties", "Get", "ss", interface, name)[1])

    def _synthesise(self, keysym: int, text: str, kind: int) -> None:
        interface = "org.a11y.atspi.DeviceEventController"
        self._ask((_REGISTRY, _KEYS), interface, "GenerateKeyboardEvent", "isu", keysym, text, kind)

    def _ask(self, ref: Ref, interface: str, method: str, signature: str = "", *body: object) -> Any:
        address = DBusAddress(ref[1], ref[0], interface)
        call = new_method_call(address, method, signature or None, body)
        serial = next(self._bus.outgoing_serial)
        self._bus.send(call, serial=serial)
        while True:
            reply = self._bus.receive(timeout=_PATIENCE)
            if reply.header.fields.get(HeaderFields.reply_serial) != serial:
                self._notice(reply)
            elif reply.header.message_type is MessageType.error:
                raise Gone(f"{method} of {ref}: {reply.body}")
            else:
                return reply.body[0] if len(reply.body) == 1 else reply.body
