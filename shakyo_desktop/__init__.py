"""shakyo_desktop: reports of 地区部会, written, signed and answered without a network."""

__version__ = "0.1.0"
"""The one place that names the version; pyproject.toml and the frozen program read it from here."""
