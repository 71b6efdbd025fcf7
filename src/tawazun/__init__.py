"""Reads Arabic news about diplomacy and conflict and keeps a sourced picture of it."""

from tawazun.app.reading import read
from tawazun.model.dossier import Dossier

__all__ = ["Dossier", "__version__", "read"]
__version__ = "0.1.0"
