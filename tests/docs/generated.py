"""
The generated parts of the documentation, each from what the program itself goes by.

    python -m tests.docs          rewrites them; `make docs` checks that they are up to date
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import click

from pgcustsec.cli import COMMANDS, main
from pgcustsec.errors import SQLSTATES, PgcustsecError
from pgcustsec.matrix.form import MATRIX
from pgcustsec.matrix.kinds import KINDS
from pgcustsec.matrix.load import load
from pgcustsec.matrix.shapes import (
    Choice,
    Day,
    Either,
    Flag,
    Key,
    Keys,
    Many,
    Named,
    Network,
    Predicate,
    Ref,
    Shape,
    Text,
    Whole,
)
from pgcustsec.query.files import check_files
from pgcustsec.query.parse import parse
from pgcustsec.query.rules import RULES, Rule
from pgcustsec.report.query.explain import explain_lines
from tests.docs.markdown import DOCS, README, ROOT

#: Said once above the reference, not at each command.
CONNECTION = ("dbname", "host", "port", "user")


def commands() -> str:
    """Return the reference of the command line, from the commands themselves."""
    return "\n".join(line for name in COMMANDS for line in _command(name, _of(main, name))) + "\n"


def _of(group: click.Group, name: str) -> click.Command:
    found = group.get_command(click.Context(group), name)
    assert found is not None
    return found


def _command(name: str, command: click.Command) -> Iterator[str]:
    arguments = " ".join(_argument(one) for one in command.params if isinstance(one, click.Argument))
    options = [one for one in command.params if isinstance(one, click.Option)]
    described = [one for one in options if one.name not in CONNECTION or name.startswith("server")]
    if not isinstance(command, click.Group):
        yield f"#### pgcustsec {name} {arguments}".rstrip()
        yield ""
        talk, examples = _help(command)
        yield talk + (" Takes the connection options." if len(described) < len(options) else "")
        yield ""
        yield from (_option(one) for one in described)
        yield from ("", "```text", *examples, "```", "") if examples else ("",)
        return
    for sub in command.list_commands(click.Context(command)):
        yield from _command(f"{name} {sub}", _of(command, sub))


def _argument(one: click.Argument) -> str:
    word = one.metavar or (one.name or "").upper()
    return word if one.required or word.startswith("[") else f"[{word}]"


def _help(command: click.Command) -> tuple[str, list[str]]:
    text = inspect.cleandoc(command.help or "").replace("\b\n", "")
    talk, _, examples = text.partition("Examples:\n")
    paragraphs = [" ".join(paragraph.split()) for paragraph in talk.strip().split("\n\n")]
    return "\n\n".join(paragraphs), inspect.cleandoc(examples).splitlines()


def _option(one: click.Option) -> str:
    names = ", ".join(one.opts)
    value = "" if one.is_flag else " " + (one.metavar or _value(one.type))
    default = f" Default: {one.default}." if one.show_default and one.default is not None else ""
    must = " Required." if one.required else ""
    said, _, told = (one.help or "").rstrip(".").partition("  [default: ")
    default = f" Default: {told[:-1]}." if told else default
    return f"- `{names}{value}`{': ' + said + '.' if said else ''}{must}{default}"


def _value(kind: Any) -> str:
    name = str(kind.name)
    if isinstance(kind, click.Choice):
        return "|".join(map(str, kind.choices))
    return {"integer": "N", "path": "FILE"}.get(name, name.upper())


def exit_codes() -> str:
    """Return the exit codes, from the errors that end a command with them."""
    lines = ["| code | meaning |", "|---|---|", "| 0 | done, or nothing to find |"]
    codes = {PgcustsecError.exit_code} | {error.exit_code for error in PgcustsecError.__subclasses__()}
    said = {
        1: "found what was looked for: `plan --check` with something to do, `server status` of a stopped server",
        2: "usage: an option, a name or the matrix is wrong, or the tables are not as it says",
        3: "the database cannot be reached, or the login lacks a right",
        4: "a safety guard stopped it: stale plan, lock not to be had, another apply running",
    }
    assert codes == set(said), "an exit code is not described"
    lines += [f"| {code} | {said[code]} |" for code in sorted(said)]
    return "\n".join([*lines, "| 70 | a fault of pgcustsec's own |", "| 130 | interrupted |"]) + "\n"


def sqlstates() -> str:
    """Return the table of SQLSTATEs."""
    lines = ["| SQLSTATE | name | article | what was refused | next step |", "|---|---|---|---|---|"]
    lines += [f"| {s.code} | `{s.name}` | {s.article} | {s.meaning} | {s.next_step} |" for s in SQLSTATES]
    return "\n".join(lines) + "\n"


def kinds() -> str:
    """Return the table of kinds."""
    lines = ["| kind | what it holds | tier | masked form | normal form |", "|---|---|---|---|---|"]
    for name, kind in KINDS.items():
        tiers = " or ".join(map(str, kind.tiers))
        lines.append(
            f"| `{name}` | {kind.title} | {tiers} | {_yes(kind.maskable)} | {_yes(kind.normal_form)} |",
        )
    return "\n".join(lines) + "\n"


def _yes(flag: bool) -> str:
    return "yes" if flag else "no"


def keys() -> str:
    """Return every key of the matrix file with its meaning."""
    lines = ["| key | value | meaning |", "|---|---|---|"]
    lines += [f"| `{path}` | {value} | {means}. |" for path, value, means in _keys("", MATRIX)]
    return "\n".join(lines) + "\n"


def _keys(path: str, shape: Shape) -> Iterator[tuple[str, str, str]]:
    match shape:
        case Keys():
            for name, key in shape.keys.items():
                yield from _key(f"{path}.{name}" if path else name, key)
        case Named():
            yield from _keys(f"{path}.NAME", shape.value)
        case Many():
            yield from _keys(path, shape.item)
        case Either():
            for form in shape.forms:
                yield from _keys(path, form)


def _key(path: str, key: Key) -> Iterator[tuple[str, str, str]]:
    yield path, _worded(key.shape), ("**Required**: " if key.required else "") + key.means
    yield from _keys(path, key.shape)


def _worded(shape: Shape) -> str:
    match shape:
        case Choice():
            return "one of the kinds below" if shape.what == "kind" else " or ".join(f"`{o}`" for o in shape.options)
        case Text():
            return shape.what
        case Ref():
            return f"{'an' if shape.to[0] in 'aeiou' else 'a'} {shape.to} of this matrix"
        case Whole():
            return f"{shape.least:,} to {shape.most:,}" if shape.least < shape.most else str(shape.least)
        case Many():
            return f"{_worded(shape.item)}, or a list" if shape.bare else f"list: {_worded(shape.item)}"
        case Either():
            words = [_worded(shape.word)] if shape.word else []
            return ", or ".join([*words, *_forms(shape.forms)])
        case Named():
            return "mapping by name"
        case Keys():
            return "mapping"
        case _:
            return {Flag: "`true` or `false`", Day: "date", Network: "CIDR", Predicate: "SQL condition"}[type(shape)]


def _forms(forms: Iterable[Keys]) -> Iterator[str]:
    for form in forms:
        yield "`{" + ", ".join(f"{name}: ..." for name in form.keys) + "}`"


def attacks() -> str:
    """Return which attack tests are about which rules, as each says at its top."""
    by_rule: dict[int, list[str]] = {}
    for file in sorted((ROOT / "tests" / "attack").glob("test_*.py")):
        found = re.search(r"\(hardening ([\d, and\n]+)", file.read_text(encoding="utf-8"))
        for number in re.findall(r"\d+", found[1]) if found else ():
            by_rule.setdefault(int(number), []).append(file.name)
    lines = ["| rule | tests/attack/ |", "|---|---|"]
    lines += [f"| {rule} | {', '.join(f'`{name}`' for name in by_rule[rule])} |" for rule in sorted(by_rule)]
    return "\n".join(lines) + "\n"


#: The statement that the README asks three roles about.
ASKED = "SELECT name, birth_date FROM customer WHERE mobile = '13812345678'"


def verdicts() -> str:
    """Return what `query check` says of one statement to three roles, a line each."""
    matrix = load(ROOT / "src" / "pgcustsec" / "demo" / "matrix.yaml")
    checked = check_files(matrix, "matrix.yaml", ("sales_agent", "service_agent", "data_analyst"), [("", ASKED)])
    lines = [f"| `{ASKED}` | name | birth_date | WHERE |", "|---|---|---|---|"]
    for statement in checked.statements:
        cells = [f"{one.verdict.value}, tier {one.tier}" for one in statement.seen]
        cells += [f"refused: {told.message}" for told in statement.told if told.rule == "refused"]
        lines.append(f"| as `{statement.role}` | {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


def explained() -> str:
    """Return what `query explain` prints of the script that the page on queries begins with."""
    [text] = re.findall(
        r"<<'END'\n(.*?)^END$", (DOCS / "query.md").read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE
    )
    matrix = load(ROOT / "src" / "pgcustsec" / "demo" / "matrix.yaml")
    checked = check_files(matrix, "matrix.yaml", ["sales_agent"], [("orders.sql", text)])
    return "\n".join(["```text", *explain_lines(checked, {"orders.sql": text}), "```"]) + "\n"


def rules() -> str:
    """Return the rules for statements: a list of them, and a section for each."""
    lines = ["| code | | severity | article |", "|---|---|---|---|"]
    for rule in RULES:
        heading = f"{rule.code} {rule.title}"
        [anchor] = anchors(f"# {heading}")
        lines.append(f"| [{rule.code}](#{anchor}) | {rule.title} | {rule.severity.name.lower()} | {rule.article} |")
    return "\n".join([*lines, *(line for rule in RULES for line in _rule(rule))]) + "\n"


def _rule(rule: Rule) -> Iterator[str]:
    whose = "" if rule.role == "sales_agent" else f" The example is for role `{rule.role}`."
    why = rule.why.replace("***", "`***`")
    yield from ("", f"### {rule.code} {rule.title}", "")
    yield f"{rule.severity.name.capitalize()}, article {rule.article}. {why}{whose}"
    yield from ("", "```sql", *_script(rule.bad), "```", "", "Instead:", "", "```sql", *_script(rule.good), "```")


def _script(text: str) -> list[str]:
    """A statement as it is; of several each on its line."""
    statements = parse(text)
    return [text] if len(statements) < 2 else [f"{one.text};" for one in statements]


#: Every generated part: page, name, and what makes it.
PARTS: tuple[tuple[Path, str, Callable[[], str]], ...] = (
    (README, "commands", commands),
    (README, "exit codes", exit_codes),
    (README, "verdicts", verdicts),
    (DOCS / "query.md", "explained", explained),
    (DOCS / "rules.md", "attacks", attacks),
    (DOCS / "errors.md", "sqlstates", sqlstates),
    (DOCS / "matrix.md", "kinds", kinds),
    (DOCS / "matrix.md", "keys", keys),
    (DOCS / "query-rules.md", "rules", rules),
)


def anchors(text: str) -> set[str]:
    """Return the anchors of the headings of *text*, as GitHub makes them."""
    headings = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}
