"""
What of SQL is no code: strings, quoted names, dollar quotes, comments. In them nothing is replaced.

As psql's scanner has it: comments are nested, and every character beyond ASCII is a letter; that a string with escapes
goes on in the next line only the server knows. Whoever takes a string for code can be made to leave out what is run.
"""

_LETTER = "A-Za-z_\u0080-\U0010ffff"
#: So deep are comments followed; deeper ones are not closed here, and nothing behind them is touched.
_DEEPEST = 8


def _comment(depth: int) -> str:
    inner = f"|{_comment(depth - 1)}" if depth else ""
    return rf"/\*(?:[^/*]|/(?!\*)|\*(?!/){inner})*\*/"


#: A regular expression for one of them, with the groups `tag` and `comment`. What is not closed does not match.
QUOTED = (
    rf"(?<![{_LETTER}0-9$])[eE]'(?:[^'\\]|\\.|'')*'"
    r"|'(?:[^']|'')*'"
    r'|"(?:[^"]|"")*"'
    rf"|(?<![{_LETTER}0-9$])\$(?P<tag>(?:[{_LETTER}][{_LETTER}0-9]*)?)\$.*?\$(?P=tag)\$"
    rf"|(?P<comment>--[^\n]*|{_comment(_DEEPEST)})"
)
#: Where one begins; of no use but behind `QUOTED`, where it is one that is not closed.
OPENING = rf"(?<![{_LETTER}0-9$])[eE]'|['\"]|/\*|(?<![{_LETTER}0-9$])\$(?:[{_LETTER}][{_LETTER}0-9]*)?\$"
