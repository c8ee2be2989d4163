"""Japanese words for the parts that Qt brings along: context menus and file choosers."""

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

_NAME = "shakyo-qt-words"


def speak_japanese(app: QCoreApplication) -> bool:
    """Install Qt's own Japanese texts, once; False when this Qt came without them."""
    if app.findChild(QTranslator, _NAME) is not None:
        return True
    QLocale.setDefault(QLocale(QLocale.Language.Japanese, QLocale.Country.Japan))
    translator = QTranslator(app)
    translator.setObjectName(_NAME)
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    return translator.load("qtbase_ja", folder) and app.installTranslator(translator)
