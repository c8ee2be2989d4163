"""Pictures of printed pages, for the window's preview and its printer."""


class PrintingService:
    """Turns a PDF into page images."""

    def pages(self, pdf: bytes, width_px: int = 900, pages: range | None = None) -> list[bytes]:
        """One PNG per page, ``width_px`` wide; ``pages`` (from 0) chooses some.

        Raises:
            DocumentFailed: the PDF cannot be read.
        """
        from shakyo_desktop.documents.preview import page_images

        return page_images(pdf, width_px, pages)

    def count(self, pdf: bytes) -> int:
        """How many pages a PDF has. Raises DocumentFailed when it cannot be read."""
        from shakyo_desktop.documents.preview import page_count

        return page_count(pdf)
