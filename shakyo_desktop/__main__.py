"""Start the program: the crash report hook first, then the command line or the window."""

import gc
import os
import sys
from argparse import Namespace
from pathlib import Path

from shakyo_desktop import paths
from shakyo_desktop.cli.parser import make_parser
from shakyo_desktop.crash_report import install_crash_hook


def main(argv: list[str] | None = None) -> int:
    """Run ``shakyo-desktop`` and return its exit status."""
    _make_output_utf8()
    args = make_parser().parse_args(argv)
    if args.data is None:
        args.data = paths.default_data_dir()
    args.data = Path(args.data)
    if args.command is None:
        return _open_window(args)
    install_crash_hook(args.data / "logs", _show_on_terminal)
    from shakyo_desktop import bootstrap
    from shakyo_desktop.cli.running import run

    return run(args, bootstrap)


def _open_window(args: Namespace) -> int:
    gc.disable()  # nothing that is loaded now is garbage; the open window sees to collecting
    try:
        from shakyo_desktop.gui.opening_sign import show_opening_sign

        sign = show_opening_sign()
        from shakyo_desktop import bootstrap

        return bootstrap.open_window(args, sign)
    finally:
        gc.enable()


def _show_on_terminal(text: str) -> None:
    print(
        "思いがけない問題が起きました。入力した内容は保存されています。次の記録を担当者に渡してください。",
        file=sys.stderr,
    )
    print(text, file=sys.stderr)


def _make_output_utf8() -> None:
    """Japanese goes out as UTF-8 whatever the console's code page; no file's odd name stops a batch."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            encoding = "utf-8" if os.name == "nt" else None
            reconfigure(encoding=encoding, errors="backslashreplace")


if __name__ == "__main__":
    raise SystemExit(main())
