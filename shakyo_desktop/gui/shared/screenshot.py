"""Pictures of screens, drawn without a display: for the demonstration and for looking at every screen."""

from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, QPoint
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget

WIDTH, HEIGHT = 1366, 688
_ROUNDS = 4


def grab_screen(
    widget: QWidget, path: Path, width: int = WIDTH, height: int = HEIGHT, scale: float = 1.0
) -> Path:
    """Draw a window as it looks on a screen of `width` × `height` pixels at a scale (1.25 = 125 %).

    Returns:
        The path of the PNG that was written.

    Raises:
        OSError: when the file cannot be written.
    """
    widget.resize(round(width / scale), round(height / scale))
    widget.show()
    settle()
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(scale)
    image.fill(0xFFFFFFFF)
    widget.render(image, QPoint(0, 0))
    if not image.save(str(path), "PNG"):  # type: ignore[call-overload]
        raise OSError(f"cannot write {path.name}")
    return path


def settle() -> None:
    """Let layouts, deferred deletions and queued work of the window finish."""
    for _ in range(_ROUNDS):
        QCoreApplication.processEvents()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
