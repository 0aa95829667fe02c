"""Annotated statements as one HTML page: no script, nothing from elsewhere, light and dark."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from html import escape

from pgcustsec.query.results import Checked, Seen, Statement, Told
from pgcustsec.report.query.counts import harmless, reached, summary
from pgcustsec.report.query.marks import Line, marked, said_together

_STYLE = """
:root { color-scheme: light dark; --text: #1c1c1e; --ground: #ffffff; --line: #d0d0d6; --code: #f5f5f7;
  --refused: #ffb3b3; --opaque: #f0c0f0; --revealed: #ffc9a3; --masked: #ffe58a; --inferred: #bcdcff;
  --hidden: #d9d9de; }
@media (prefers-color-scheme: dark) {
  :root { --text: #e8e8ec; --ground: #18181b; --line: #46464e; --code: #242429;
    --refused: #7d2222; --opaque: #6b2f6b; --revealed: #7f4415; --masked: #665400; --inferred: #1f4a78;
    --hidden: #46464e; }
}
body { font: 16px/1.5 system-ui, sans-serif; color: var(--text); background: var(--ground);
  max-width: 70rem; margin: 2rem auto; padding: 0 1rem; }
pre { background: var(--code); padding: 1rem; overflow-x: auto; border-radius: .4rem; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; vertical-align: top; padding: .3rem .6rem; border-bottom: 1px solid var(--line); }
mark, .verdict { color: inherit; border-radius: .2rem; padding: 0 .2rem; }
""" + "\n".join(
    f".{name} {{ background: var(--{name}); }}"
    for name in ("refused", "opaque", "revealed", "masked", "inferred", "hidden")
)

_WORDS = {
    "refused": "the database refuses it, or nobody can tell what it is",
    "opaque": "what it shows is not to be said beforehand",
    "revealed": "a value as it is",
    "masked": "a masked form, of a record that is open",
    "inferred": "not shown, but it has a say in what is",
    "hidden": "*** and NULL alone, or nothing of a customer's",
}


def explain_page(checked: Checked, texts: Mapping[str, str]) -> str:
    """Return the statements of *checked*, annotated, as HTML; *texts* are its files by name."""
    title = f"What these statements reveal: {', '.join(checked.files)}"
    body = "\n".join(line for one in checked.statements for line in _statement(one, texts[one.file], checked.matrix))
    key = "\n".join(f"<li>{_verdict(name)} {escape(words)}</li>" for name, words in _WORDS.items())
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n<style>{_STYLE}\n</style>\n</head>\n<body>\n<h1>{escape(title)}</h1>\n"
        f"<p>{escape(summary(checked))}</p>\n<ul>\n{key}\n</ul>\n{body}\n</body>\n</html>\n"
    )


def _statement(statement: Statement, text: str, matrix: str) -> Iterator[str]:
    place = f"{statement.file}:{statement.place.line}:{statement.place.column}"
    yield f"<h2>{escape(place)}, {escape(statement.role)}: {_verdict(statement.verdict.value)}</h2>"
    yield "<pre>" + "\n".join(_line(line) for line in marked(statement, text)) + "</pre>"
    if statement.told:
        yield "<ul>"
        yield from (_told(told, matrix) for told in statement.told)
        yield "</ul>"
    special = [one for one in statement.seen if not harmless(one)]
    if special:
        yield "<table>\n<tr><th>what</th><th>verdict</th><th>tier</th><th>policy</th><th>from</th></tr>"
        yield from (_row(one, matrix) for one in special)
        yield "</table>"


def _line(line: Line) -> str:
    parts, place = [], 0
    for mark in line.marks:
        parts.append(escape(line.text[place : mark.begin]))
        word, title = escape(line.text[mark.begin : mark.end]), escape(said_together(mark))
        quiet = all(map(harmless, mark.seen))
        parts.append(word if quiet else f'<mark class="{mark.verdict.value}" title="{title}">{word}</mark>')
        place = mark.end
    return "".join([*parts, escape(line.text[place:])])


def _row(one: Seen, matrix: str) -> str:
    origins = "<br>".join(escape(text) for text in (*(reached(origin, matrix) for origin in one.origins), *one.opaque))
    cells = (escape(one.label), _verdict(one.verdict.value), str(one.tier or "-"), one.article, origins)
    return "<tr>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>"


def _told(told: Told, matrix: str) -> str:
    line = f", {matrix}:{told.matrix_line}" if told.matrix_line else ""
    return (
        f"<li><strong>{escape(told.level)} {escape(told.rule)}</strong> at {told.place.line}:{told.place.column}: "
        f"{escape(told.message)}. Instead: <code>{escape(told.instead)}</code>. "
        f"{escape(told.why)} (policy {escape(told.article)}{escape(line)})</li>"
    )


def _verdict(name: str) -> str:
    return f'<span class="verdict {name}">{name}</span>'
