"""
Scripts of psql: what of them psql reads itself, and what it sends.

A variable in quotes (`:'x'`) is one value. A bare one is text that psql puts into the statement: a value where nothing
else could stand, and else dynamic SQL, which is refused. Meta-commands are skipped with a note; those that send the
statement before them end it, `\\copy` is read as COPY, and lines of data after COPY ... FROM STDIN are none of SQL.
"""

from __future__ import annotations

import re

from pgcustsec.query.reading.passage import Draft, Level, Note, Reading
from pgcustsec.query.reading.quoted import OPENING, QUOTED

_TOKEN = re.compile(
    rf"(?P<quoted>{QUOTED})"
    rf"|(?P<opening>{OPENING})"
    r"|(?P<cast>::|:=)"
    r"|:(?P<variable>'\w+'|\"\w+\"|\{\?\w+\}|[^\W\d]\w*)"
    r"|\\(?P<meta>;|\\|\.|[\w!?]+\+?)"
    r"|(?P<end>;)",
    re.DOTALL,
)
#: Before these a value stands, and cannot be more: what psql puts in is taken for one.
_BEFORE_A_VALUE = re.compile(
    r"(?:[=<>+\-/%]|\b(?:limit|offset|like|ilike|between(?:\s+\S+\s+and)?))\s*$", re.IGNORECASE
)
#: Of a table, with its columns or without. A query has parentheses around it, and may read a table named stdin.
_COPY_IN = re.compile(r"\s*COPY\s+[^()]+(?:\([^()]*\)\s*)?\bFROM\s+STDIN\b", re.IGNORECASE)
_END_OF_DATA = re.compile(r"^\\\.[ \t]*$", re.MULTILINE)
_COPIED = re.compile(
    r"\s*(?P<what>.+?)\s+(?P<way>to|from)\s+(?P<where>(?:program\s+)?(?:'[^']*'|\S+))(?P<options>.*)", re.IGNORECASE
)

#: What a meta-command is given, up to the next one or the end of the line.
_ARGUMENTS = re.compile(r"(?:'(?:[^'\\\n]|\\[^\n]|'')*'|\"[^\"\n]*\"|`[^`\n]*`|[^\n\\'\"`])*")
#: These take the whole line, whatever stands in it; those that write somewhere do, where that is a program.
_WHOLE_LINE = frozenset("! h help ef ev sf sv".split())
_WRITING = frozenset("g gx o out w write".split())

_SENDING = frozenset("g gx gset gdesc gexec watch crosstabview parse bind_named sendpipeline".split())
_NOT_READ: dict[str, str] = {
    **dict.fromkeys(("i", "ir", "include", "include_relative"), "another file runs here: check it by itself"),
    **dict.fromkeys(("c", "connect"), "from here on another login may be at work"),
    "!": "a program runs here",
}
#: These set a variable of psql, by the name that their first argument is, or their last.
_SETTING = {
    "set": re.compile(r"[ \t]*(?P<name>[^\s\\]*)"),
    "getenv": re.compile(r"[ \t]*(?P<name>[^\s\\]*)"),
    "prompt": re.compile(r"(?:.*[ \t])?(?P<name>[^\s\\]*)[ \t]*$", re.MULTILINE),
}
_UTF8 = re.compile(r"[ \t]*'?(?:utf-?8|unicode)?'?[ \t]*$", re.IGNORECASE | re.MULTILINE)
_BRANCHES = dict.fromkeys(("if", "elif", "else", "endif"), "all branches are looked at")


def read(text: str) -> Reading:
    """Return what the script *text* sends to the server, as one passage, and what of it is skipped."""
    return _Script(text).read()


class _Script:
    """A script on its way: what is written of it, and the code of the statement that is not ended yet."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._draft = Draft()
        self._notes: list[Note] = []
        self._code = ""
        #: Whether there was an \if; where the line of the last meta-command ends; whether one stands in the statement.
        self._branched = False
        self._meta_line_end = 0
        self._has_meta = False

    def read(self) -> Reading:
        self._scan(0, len(self._text))
        return Reading([self._draft.passage()], self._notes)

    def _scan(self, begin: int, end: int) -> None:
        place = begin
        while found := _TOKEN.search(self._text, place, end):
            self._take(place, found.start())
            place = self._look(found)
        self._take(place, end)

    def _look(self, found: re.Match[str]) -> int:
        """Write what *found* sends; return where to go on."""
        if found["opening"]:
            # It is not closed: psql sends nothing of it, and what is made of it here is for the grammar to refuse.
            self._take(found.start(), len(self._text))
            return len(self._text)
        if variable := found["variable"]:
            self._variable(variable, found.start())
        elif meta := found["meta"]:
            return self._meta(meta, found)
        elif found["end"]:
            return self._end(found)
        else:
            self._draft.take(self._text, found.start(), found.end())
            # A comment is a blank, and any string or name one word, to what looks at the code.
            self._code += " " if found["comment"] else "''"
        return found.end()

    def _take(self, begin: int, end: int) -> None:
        self._draft.take(self._text, begin, end)
        self._code += self._text[begin:end]

    def _end(self, found: re.Match[str]) -> int:
        self._draft.take(self._text, found.start(), found.end())
        copied_in, sure = _COPY_IN.match(self._code), not self._has_meta
        self._code, self._has_meta = "", False
        return self._past_data(found.end(), found.start(), sure) if copied_in else found.end()

    def _past_data(self, place: int, at: int, sure: bool) -> int:
        """
        Read the line at *place* to its end, and return where the lines of data after it end.

        Unless it is *sure* that psql sends the COPY, they may be statements, and are read as such.
        """
        newline = self._text.find("\n", place)
        if newline < 0:
            return place
        if self._branched or not sure:
            self._refuse(
                at,
                "whether lines of data follow depends on a meta-command",
                "write COPY apart from those, and before any \\if",
            )
            return place
        self._scan(place, newline + 1)
        last = _END_OF_DATA.search(self._text, newline + 1)
        self._note(newline + 1, "skipped", "lines of data for COPY")
        return last.end() if last else len(self._text)

    def _variable(self, variable: str, at: int) -> None:
        name = variable.strip("'\"{?}")
        if variable[0] == "'":
            self._draft.put(variable, at)
        elif variable[0] == "{":
            self._draft.put("TRUE", at)
        elif variable[0] != '"' and _BEFORE_A_VALUE.search(self._code):
            self._draft.put("$1", at)
            self._note(at, "skipped", f":{name} is taken for one value; :'{name}' can be nothing else")
        else:
            self._draft.refuse(
                at,
                f"psql puts the text of its variable {name} in here: what statement that makes is not to be said",
                f"write :'{name}' where a value is meant, and names as they are",
            )
        self._code += "$1"

    def _meta(self, word: str, found: re.Match[str]) -> int:
        at, chained = found.start(), found.start() < self._meta_line_end
        if word == "\\" or (word == ";" and chained):
            self._refuse(at, "where the meta-command fails, psql leaves this out", "begin a line with it")
            return found.end()
        if word == ";":
            self._draft.put(";", at)
            self._code = ""
            return found.end()
        self._meta_line_end, self._has_meta = self._line_end(at), self._has_meta or bool(self._code.strip())
        if word == "copy":
            return self._copy(at, found.end(), not chained)
        if self._ends_lines(word, found.end()):
            self._refuse(at, "with SINGLELINE, statements end where lines do", "set a variable by its plain name")
        if word == "gexec":
            self._refuse(at, "\\gexec runs whatever the query gives", "write out what is to run")
        self._branched = self._branched or word == "if"
        if word in _SENDING:
            self._draft.put(";", found.start())
            self._code = ""
        if word == "encoding" and not _UTF8.match(self._text, found.end()):
            self._note(at, "unread", "\\encoding: from here on the same bytes are other letters")
        elif word != "gexec":
            self._skip(word, found.start())
        return self._end_of_arguments(word, found.end())

    def _ends_lines(self, word: str, place: int) -> bool:
        """Whether a meta-command may set SINGLELINE, which a name that is put together can be."""
        form = _SETTING.get(word)
        set_ = form.match(self._text, place, self._line_end(place)) if form else None
        return set_ is not None and (set_["name"] == "SINGLELINE" or not re.fullmatch(r"\w*", set_["name"]))

    def _skip(self, word: str, at: int) -> None:
        if said := _NOT_READ.get(word):
            self._note(at, "unread", f"\\{word}: {said}")
        else:
            self._note(at, "skipped", f"\\{word} is psql's own" + (f": {_BRANCHES[word]}" if word in _BRANCHES else ""))

    def _end_of_arguments(self, word: str, place: int) -> int:
        """Where the line ends, or the next meta-command begins."""
        end = self._line_end(place)
        if word.rstrip("+") in _WHOLE_LINE or (word in _WRITING and "|" in self._text[place:end]):
            return end
        given = _ARGUMENTS.match(self._text, place, end)
        stop = given.end() if given else end
        # A quote that is not closed takes the rest of the line.
        return stop if self._text[stop : stop + 1] == "\\" else end

    def _line_end(self, place: int) -> int:
        newline = self._text.find("\n", place)
        return len(self._text) if newline < 0 else newline

    def _refuse(self, at: int, message: str, hint: str) -> None:
        """End the statement at *at*, as one that cannot be read."""
        self._draft.refuse(at, message, hint)
        self._draft.put(";", at)
        self._code = ""

    def _copy(self, at: int, place: int, sure: bool) -> int:
        end = self._line_end(place)
        self._draft.put("COPY ", at)
        begin = place + len(self._text[place:end]) - len(self._text[place:end].lstrip())
        closed = _closing(self._text, begin, end)
        copied = None if closed else _COPIED.match(self._text, place, end)
        if closed:
            self._draft.take(self._text, begin, closed)
            self._draft.put(" TO STDOUT;", closed - 1)
        elif copied:
            self._draft.take(self._text, copied.start("what"), copied.end("what"))
            self._draft.put(" TO STDOUT" if copied["way"].lower() == "to" else " FROM STDIN", copied.start("way"))
            self._draft.take(self._text, copied.start("options"), copied.end("options"))
            self._draft.put(";", end - 1)
        else:
            self._refuse(at, "\\copy is not understood", "\\copy (SELECT ...) to 'FILE'")
        self._code = ""
        if copied and (copied["way"].lower(), copied["where"].lower()) == ("from", "stdin"):
            return self._past_data(end, end - 1, sure)
        return end

    def _note(self, at: int, level: Level, message: str) -> None:
        self._notes.append(Note(at, level, message))


def _closing(text: str, begin: int, end: int) -> int | None:
    """Where the parenthesis that opens at *begin* is closed, just behind it; None where none opens, or none closes."""
    if text[begin : begin + 1] != "(":
        return None
    depth = 0
    for found in re.compile(rf"{QUOTED}|(?P<paren>[()])", re.DOTALL).finditer(text, begin, end):
        depth += {"(": 1, ")": -1}.get(found["paren"] or "", 0)
        if depth == 0:
            return found.end()
    return None
