"""What of SQL is no code: strings, quoted names, dollar quotes, comments. In them nothing is replaced."""

#: A regular expression, with the group `tag`. What is not closed matches nothing: the grammar refuses it.
QUOTED = (
    r"(?<!\w)[eE]'(?:[^'\\]|\\.|'')*'"
    r"|'(?:[^']|'')*'"
    r'|"(?:[^"]|"")*"'
    r"|(?<![\w$])\$(?P<tag>(?:[^\W\d]\w*)?)\$.*?\$(?P=tag)\$"
    r"|(?P<comment>--[^\n]*|/\*(?:[^/*]|/(?!\*)|\*(?!/)|/\*(?:[^/*]|/(?!\*)|\*(?!/))*\*/)*\*/)"
)
