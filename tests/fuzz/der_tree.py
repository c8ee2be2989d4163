"""Values of ASN.1 as a tree that can be changed anywhere, its lengths written anew."""

from dataclasses import dataclass, field
from random import Random

from tests.fuzz.mutating import changed_bytes

_CONSTRUCTED = 0x20
_TAGS = (0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x0C, 0x13, 0x16, 0x17, 0x18, 0x30, 0x31, 0xA0, 0xA1, 0xA3, 0x80)


@dataclass
class Node:
    """A value: its tag, and either its content or the values inside."""

    tag: int
    content: bytes = b""
    inside: list["Node"] = field(default_factory=list)

    def written(self, random: Random | None = None) -> bytes:
        """Its bytes; with ``random`` a length may be longer than it needs to be, or wrong."""
        content = b"".join(one.written(random) for one in self.inside) if self.inside else self.content
        size = len(content)
        length = bytes([size]) if size < 0x80 else b""
        if not length or (random is not None and random.randint(0, 200) == 0):
            raw = size.to_bytes(max(1, (size.bit_length() + 7) // 8), "big")
            if random is not None and random.randint(0, 200) == 0:
                raw = b"\0" + raw
            length = bytes([0x80 | len(raw)]) + raw
        return bytes([self.tag]) + length + content

    def all(self) -> list["Node"]:
        """This value and every one inside."""
        return [self, *(deeper for one in self.inside for deeper in one.all())]


def changed(random: Random, data: bytes) -> bytes:
    """A DER value with one to three changes anywhere in its tree; its bytes when it is no tree."""
    root = tree_of(data)
    if root is None:
        return changed_bytes(random, data)
    for _ in range(random.choice((0, 1, 1, 1, 2, 3))):
        _change(random, random.choice(root.all()))
    return root.written(random)


def _change(random: Random, node: Node) -> None:
    match random.randint(0, 7):
        case 0:
            node.tag = random.choice(_TAGS)
        case 1 if node.inside:
            del node.inside[random.randint(0, len(node.inside) - 1)]
        case 2 if node.inside:
            node.inside.insert(0, random.choice(node.inside))
        case 3 if node.inside:
            node.inside.reverse()
        case 4:
            node.inside = [Node(random.choice(_TAGS), node.content, node.inside)]
        case 5 if node.inside:
            node.inside.append(Node(random.choice(_TAGS), random.choice((b"", b"\0", b"\1", b"x" * 300))))
        case 6 if not node.inside:
            node.content = random.choice((b"", b"\0" + node.content, node.content + b"\0", node.content * 2))
        case _:
            if not node.inside:
                node.content = changed_bytes(random, node.content)


def tree_of(data: bytes) -> Node | None:
    """The tree of exactly these bytes, or None."""
    found = _nodes(data)
    return found[0] if found and len(found) == 1 else None


def _nodes(data: bytes) -> list[Node] | None:
    nodes: list[Node] = []
    place = 0
    while place < len(data):
        read = _content(data, place)
        if read is None:
            return None
        content, place_after = read
        tag, place = data[place], place_after
        inside = _nodes(content) if tag & _CONSTRUCTED and content else []
        if inside is None:
            return None
        nodes.append(Node(tag, content, inside))
    return nodes


def _content(data: bytes, place: int) -> tuple[bytes, int] | None:
    """The content of the value that begins here, and where the next one begins."""
    if place + 2 > len(data):
        return None
    size, start = data[place + 1], place + 2
    if size >= 0x80:
        count = size & 0x7F
        size, start = int.from_bytes(data[start : start + count], "big"), start + count
    end = start + size
    return (data[start:end], end) if end <= len(data) else None
