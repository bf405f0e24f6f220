"""Who may import whom, and what the package says it needs."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "communique"
# import name -> name of the distribution, where they differ
DISTRIBUTIONS = {"xlsxwriter": "xlsxwriter", "ahocorasick_rs": "ahocorasick-rs", "thinc": "spacy", "numpy": "spacy",
                 "charset_normalizer": "charset-normalizer", "click": "typer", "fastwarc": "fastwarc",
                 "ninja": "django-ninja"}  # fmt: skip


def _imports(path: Path, *, top_level: bool = False) -> set[str]:
    """Names of the packages that a module imports; only when it is loaded, or anywhere."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    found: set[str] = set()

    def visit(node: ast.AST) -> None:
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.If) and "TYPE_CHECKING" in ast.unparse(child.test):
                continue
            if top_level and isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef):
                continue
            if isinstance(child, ast.Import):
                found.update(alias.name.split(".")[0] for alias in child.names)
            elif isinstance(child, ast.ImportFrom) and child.module and not child.level:
                found.add(child.module.split(".")[0])
            visit(child)

    visit(tree)
    return found


def test_rooms_import_only_what_stands_before_them() -> None:
    from importlinter.cli import EXIT_STATUS_SUCCESS, lint_imports

    assert lint_imports(config_filename=str(ROOT / "pyproject.toml"), no_cache=True) == EXIT_STATUS_SUCCESS


@pytest.mark.parametrize("path", sorted(PACKAGE.rglob("*.py")), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_loading_a_module_loads_no_heavy_package(path: Path) -> None:
    heavy = {"spacy", "numpy", "django", "pandas", "polars", "pyarrow", "thinc"}
    if path.is_relative_to(PACKAGE / "store") or path.is_relative_to(PACKAGE / "room"):
        heavy -= {"django"}  # the store and the room are Django's; nothing that codes imports them
    assert not _imports(path, top_level=True) & heavy


def test_each_package_that_is_imported_is_declared() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    lines = [*project["dependencies"], *(line for extra in project["optional-dependencies"].values() for line in extra)]
    declared = {re.split(r"[<>=!~\[ ;]", line)[0].lower() for line in lines}
    used = {name for path in PACKAGE.rglob("*.py") for name in _imports(path)}
    third_party = used - set(sys.stdlib_module_names) - {"communique", "__future__"}
    assert {name for name in third_party if DISTRIBUTIONS.get(name, name).lower() not in declared} == set()


def test_the_lock_has_hashes_and_names_no_address() -> None:
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    pinned = re.findall(r"^[a-z0-9][\w.\-\[\]]*==", lock, re.MULTILINE)
    assert len(pinned) > 40
    assert "--hash=sha256:" in lock
    assert "://" not in lock
    assert "index-url" not in lock


def test_only_the_command_line_prints() -> None:
    printing = [
        str(path.relative_to(PACKAGE))
        for path in PACKAGE.rglob("*.py")
        if "cli" not in path.parts and path.name != "check.py"
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print"
    ]
    assert printing == []


def test_numbers_are_told_by_isdecimal_alone() -> None:
    # "²".isdigit() is true, and int("²") fails: "met on ² May" stopped a whole report
    assert [str(path) for path in PACKAGE.rglob("*.py") if "isdigit()" in path.read_text(encoding="utf-8")] == []
