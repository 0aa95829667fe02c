"""What a name of a Python file stands for, as far as it is assigned there: by function, then by module."""

from __future__ import annotations

import ast
from collections.abc import Iterator

Function = ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda
#: The values that a name is given; None among them: one that is not known, a parameter or a loop's.
Values = list[ast.expr | None]


class Names:
    """Looks names up in the functions around a place, the innermost first, and in the module."""

    def __init__(self, tree: ast.Module) -> None:
        self._around: dict[ast.AST, ast.AST] = {}
        self._assigned: dict[ast.AST, dict[str, Values]] = {tree: {}}
        #: Given a value from within functions that say so: `global`, `nonlocal`.
        self._shared = {
            name for node in ast.walk(tree) if isinstance(node, ast.Global | ast.Nonlocal) for name in node.names
        }
        self._visit(tree, tree)

    def values(self, name: ast.Name) -> Values:
        """Return what *name* may stand for where it is; [None] where nothing says it."""
        elsewhere: Values = [None] if name.id in self._shared else []
        here = scope = self._around.get(name)
        while scope is not None:
            # What a class is given by name, its methods do not see.
            if (scope is here or not isinstance(scope, ast.ClassDef)) and (found := self._assigned[scope].get(name.id)):
                return found + elsewhere
            scope = self._around.get(scope)
        return [None]

    def _visit(self, node: ast.AST, scope: ast.AST) -> None:
        for child in ast.iter_child_nodes(node):
            self._around[child] = scope
            for name in _named_itself(child):
                self._assigned[scope].setdefault(name, []).append(None)
            if isinstance(child, Function | ast.ClassDef):
                self._assigned[child] = {}
                if not isinstance(child, ast.ClassDef):
                    self._parameters(child)
                self._visit(child, child)
            else:
                for name, value in _bindings(child):
                    self._assigned[scope].setdefault(name, []).append(value)
                self._visit(child, scope)

    def _parameters(self, function: Function) -> None:
        given = function.args
        several = [one for one in (given.vararg, given.kwarg) if one]
        for one in (*given.posonlyargs, *given.args, *given.kwonlyargs, *several):
            self._assigned[function].setdefault(one.arg, []).append(None)


def _bindings(node: ast.AST) -> Iterator[tuple[str, ast.expr | None]]:
    """Yield the names that *node* itself gives a value, and that value; None where it cannot be told."""
    match node:
        case ast.Assign(targets=[ast.Name(id=name)], value=value):
            yield name, value
        case ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as value):
            yield name, value
        case ast.NamedExpr(target=ast.Name(id=name), value=value):
            yield name, value
        case ast.AugAssign(target=ast.Name(id=name), value=value):
            # What was there, and more: as a text with a field in it.
            yield name, ast.JoinedStr([ast.FormattedValue(value, -1)])
        case ast.Assign() | ast.For() | ast.AsyncFor() | ast.With() | ast.AsyncWith() | ast.comprehension():
            yield from ((name, None) for name in _stored(node))


def _named_itself(node: ast.AST) -> Iterator[str]:
    """Names that *node* gives a value which is no text: imports, definitions, what is caught or matched."""
    match node:
        case ast.Import(names=aliases) | ast.ImportFrom(names=aliases):
            yield from (alias.asname or alias.name.partition(".")[0] for alias in aliases)
        case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
            yield name
        case (
            ast.ExceptHandler(name=str() as name) | ast.MatchAs(name=str() as name) | ast.MatchStar(name=str() as name)
        ):
            yield name


def _stored(node: ast.AST) -> Iterator[str]:
    """Names within the targets of *node*, its body apart."""
    targets: list[ast.AST] = list(getattr(node, "targets", ()))
    targets += [target for target in (getattr(node, "target", None),) if target]
    targets += [item.optional_vars for item in getattr(node, "items", ()) if item.optional_vars]
    for target in targets:
        yield from (one.id for one in ast.walk(target) if isinstance(one, ast.Name))
