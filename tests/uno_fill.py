"""Fills in Word scorecards in LibreOffice as a person does, and saves them as .docx.

    python3 uno_fill.py PIPE < jobs.json

It talks to a LibreOffice that listens on the pipe of that name, so it needs a Python that has `uno`: the system's,
with the package python3-uno. A job is `{"source": URL, "target": URL, "fills": [FILL]}`, and a fill is
`{"name": "_jdf_1", "type": "text", "value": "Ana", "way": ""}`: the bookmark of a field, the field's type, what to fill
in, and how. The value of a choice is its label. Prints, for each job, what then stands in the field by bookmark, as the
person sees it, which is the prompt where the value could not be filled in.

All is done by keys in the window: UNO could set texts and properties too, but leaves prompts behind and can't choose
from a list.
"""

from __future__ import annotations

import json
import sys
import time
from datetime import date

import uno
import unohelper
from com.sun.star.accessibility.AccessibleRole import LIST
from com.sun.star.awt import KeyEvent
from com.sun.star.awt.Key import DELETE, DOWN, ESCAPE, HOME, PAGEDOWN, PAGEUP, RETURN, RIGHT, SPACE, A, V
from com.sun.star.awt.KeyModifier import MOD1, MOD2
from com.sun.star.beans import PropertyValue
from com.sun.star.connection import NoConnectException
from com.sun.star.datatransfer import DataFlavor, XTransferable

WORD = "MS Word 2007 XML"
CONTROL, ALT = MOD1, MOD2
SECONDS_TO_START = 60


class Office:
    """A LibreOffice that runs."""

    def __init__(self, pipe):
        local = uno.getComponentContext()
        resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
        self._context = _connected(resolver, f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
        self.desktop = self.service("frame.Desktop")
        self.toolkit = self.service("awt.Toolkit")
        self.clipboard = self.service("datatransfer.clipboard.SystemClipboard")
        self.dispatcher = self.service("frame.DispatchHelper")

    def service(self, name):
        return self._context.ServiceManager.createInstanceWithContext(f"com.sun.star.{name}", self._context)

    def opened(self, url):
        return self.desktop.loadComponentFromURL(url, "_blank", 0, ())


class Copied(unohelper.Base, XTransferable):
    """Plain text on the clipboard."""

    def __init__(self, text):
        self._text = text
        self._flavor = DataFlavor("text/plain;charset=utf-16", "text", uno.getTypeByName("string"))

    def getTransferData(self, _):  # noqa: N802 - UNO calls it so
        return self._text

    def getTransferDataFlavors(self):  # noqa: N802 - the interface's name
        return (self._flavor,)

    def isDataFlavorSupported(self, flavor):  # noqa: N802 - the interface's name
        return flavor.MimeType == self._flavor.MimeType


class Person:
    """Someone with a keyboard before an open document."""

    def __init__(self, office, document):
        self._office = office
        self._document = document
        self._frame = document.CurrentController.Frame
        self._caret = document.CurrentController.ViewCursor

    def fill(self, name, type, value, way=""):
        """What stands in the field of a bookmark once the value was put there by the way for its type."""
        self._caret.gotoRange(self._document.Bookmarks.getByName(name).Anchor.Start, False)
        self._caret.goRight(1, False)
        prompt = self._shown(name)
        WAYS[type, way](self, value, prompt)
        return self._shown(name, in_cell=way == "cell")

    def replace(self, value, prompt):
        """Selects the prompt and types."""
        self._select(prompt)
        self._type(value)

    def delete_first(self, value, prompt):
        """Deletes the prompt, then types."""
        for _ in prompt:
            self._press(DELETE)
        self._type(value)

    def paste(self, value, prompt):
        """Selects the prompt and pastes what was written elsewhere."""
        self._select(prompt)
        self._office.clipboard.setContents(Copied(value), None)
        self._press(V, "v", CONTROL)

    def type_before(self, value, _):
        """Types where the field begins, and leaves the prompt."""
        self._type(value)

    def type_behind(self, value, prompt):
        """Types where the field ends, and leaves the prompt."""
        for _ in prompt:
            self._caret.goRight(1, False)
        self._type(value)

    def replace_cell(self, value, _):
        """Selects all, which is the cell, and types."""
        self._press(A, "a", CONTROL)
        self._type(value)

    def choose(self, value, _):
        """Opens the list and takes the item of that name, if there is one."""
        windows = self._office.toolkit.TopWindowCount
        self._press(DOWN, held=ALT)
        if self._office.toolkit.TopWindowCount == windows:
            return
        names = _names(self._office.toolkit.getTopWindow(0).AccessibleContext)
        if value in names:
            self._press(HOME)
            for _ in range(names.index(value)):
                self._press(DOWN)
            self._press(RETURN, "\r")
        else:
            self._press(ESCAPE)

    def pick_day(self, value, _):
        """Opens the calendar, which shows today, and goes to the day."""
        wanted, today = date.fromisoformat(value), date.today()
        months = (wanted.year - today.year) * 12 + wanted.month - today.month
        self._press(DOWN, held=ALT)
        for _ in range(abs(months)):
            self._press(PAGEDOWN if months > 0 else PAGEUP)
        self._press(HOME)
        for _ in range(wanted.day - 1):
            self._press(RIGHT)
        self._press(RETURN, "\r")

    def tick(self, value, _):
        """Ticks the box, if it is to be ticked."""
        if value:
            self._press(SPACE, " ")

    def _select(self, prompt):
        for _ in prompt:
            self._caret.goRight(1, True)

    def _shown(self, name, in_cell=False):
        anchor = self._document.Bookmarks.getByName(name).Anchor
        return anchor.Text.String if in_cell else anchor.String

    def _type(self, text):
        for number, line in enumerate(text.split("\n")):
            if number:
                self._press(RETURN, "\r")
            # As an input method does it, since no key has emoji or CJK.
            typed = PropertyValue("Text", 0, line, 0)
            self._office.dispatcher.executeDispatch(self._frame, ".uno:InsertText", "", 0, (typed,))
            self._office.toolkit.processEventsToIdle()

    def _press(self, key, sign="\0", held=0):
        event = KeyEvent()
        event.Source = self._frame.ComponentWindow
        event.KeyCode, event.KeyChar, event.Modifiers = key, uno.Char(sign), held
        self._office.toolkit.keyPress(event)
        self._office.toolkit.keyRelease(event)
        self._office.toolkit.processEventsToIdle()


WAYS = {
    ("text", ""): Person.replace,
    ("text", "deleted"): Person.delete_first,
    ("text", "pasted"): Person.paste,
    ("text", "before"): Person.type_before,
    ("text", "behind"): Person.type_behind,
    ("text", "cell"): Person.replace_cell,
    ("date", ""): Person.pick_day,
    ("date", "typed"): Person.replace,
    ("choice", ""): Person.choose,
    ("choice", "typed"): Person.replace,
    ("check", ""): Person.tick,
}
"""How a value gets into a field: by the field's type and the way of the fill."""
WAYS.update({("note", way): do for (type, way), do in WAYS.items() if type == "text"})


def _connected(resolver, url):
    """The context of the LibreOffice at a URL. Raises NoConnectException if none has come up in time."""
    until = time.monotonic() + SECONDS_TO_START
    while True:
        try:
            return resolver.resolve(url)
        except NoConnectException:
            if time.monotonic() > until:
                raise
            time.sleep(0.1)


def _names(accessible):
    """The names of the items of the first list in an accessible object; empty if it has none."""
    children = [accessible.getAccessibleChild(n).AccessibleContext for n in range(accessible.AccessibleChildCount)]
    if accessible.AccessibleRole == LIST:
        return [child.AccessibleName for child in children]
    return next(filter(None, map(_names, children)), [])


def _done(office, job):
    """Does a job; what then stands in the fields."""
    document = office.opened(job["source"])
    person = Person(office, document)
    shown = {fill["name"]: person.fill(**fill) for fill in job["fills"]}
    document.storeToURL(job["target"], (PropertyValue("FilterName", 0, WORD, 0),))
    document.close(True)
    return shown


def main():
    office = Office(sys.argv[1])
    try:
        json.dump([_done(office, job) for job in json.load(sys.stdin)], sys.stdout)
    finally:
        office.desktop.terminate()


if __name__ == "__main__":
    main()
