"""What the documentation says exists, and what exists is documented."""

import re
from pathlib import Path

import click
import pytest

from kg import __version__
from kg.cli import COMMANDS, cli
from kg.exporters import FORMATS
from kg.vocabulary import Class, Predicate, RelationType
from tests.regenerate import CLI_PAGE, ONTOLOGY_PAGE, cli_page, ontology_page

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
PAGES = [ROOT / "README.md", *sorted(ROOT.glob("*/README.md")), *sorted((ROOT / "docs").glob("*.md"))]


def test_cli_page_is_up_to_date():
    assert CLI_PAGE.read_text(encoding="utf-8") == cli_page(), "run: make docs"


def test_ontology_page_is_up_to_date():
    assert (ONTOLOGY_PAGE.read_text(encoding="utf-8") == ontology_page()) is True, "run: make docs"


def all_commands():
    for name in COMMANDS:
        command = cli.get_command(click.Context(cli), name)
        yield name, command
        if isinstance(command, click.Group):
            yield from ((f"{name} {inner}", sub) for inner, sub in command.commands.items())


@pytest.mark.parametrize(("name", "command"), list(all_commands()), ids=[name for name, _ in all_commands()])
def test_every_command_has_help_and_examples(name, command):
    assert len(command.help or "") > 20
    assert f"kg {name}" in (command.epilog or "")
    for parameter in command.params:
        assert isinstance(parameter, click.Argument) or parameter.help, f"{name} {parameter.name}"


@pytest.mark.parametrize("name", list(COMMANDS))
def test_every_command_is_in_the_readme(name):
    assert f"kg {name}" in README


@pytest.mark.parametrize("name", list(FORMATS))
def test_every_export_format_is_in_the_readme(name):
    assert f"`{name}`" in README


def test_every_query_is_in_the_readme_of_the_queries():
    page = (ROOT / "queries" / "README.md").read_text(encoding="utf-8")
    names = {path.stem for path in (ROOT / "queries").glob("*.rq")}
    assert len(names) >= 12
    assert names == set(re.findall(r"^\| `([a-z-]+)`", page, flags=re.MULTILINE))


@pytest.mark.parametrize("term", [*RelationType], ids=str)
def test_every_relation_is_explained_in_the_readme(term):
    assert f"`{term.predicate}`" in README


@pytest.mark.parametrize("term", [*Class, *Predicate], ids=str)
def test_every_term_has_a_comment_in_the_schema(term):
    schema = (ROOT / "ontology" / "schema.ttl").read_text(encoding="utf-8")
    block = re.search(rf"^mlkg:{term}\s(.*?)\s\.$", schema, flags=re.MULTILINE | re.DOTALL)
    assert block, term
    assert "rdfs:comment" in block[1]


def test_changelog_starts_with_this_version():
    heading = re.search(r"^## (\S+)", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), flags=re.MULTILINE)
    assert heading
    assert heading[1] == __version__


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_to_files_lead_somewhere(page):
    for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8")):
        assert (page.parent / target).exists(), target


def commands_in(page):
    """The `kg ...` lines of a page's console blocks."""
    for block in re.findall(r"```(?:sh|console|bash)\n(.*?)```", page.read_text(encoding="utf-8"), flags=re.DOTALL):
        for line in block.splitlines():
            match = re.match(r"(?:\$ )?(?:\.venv/bin/)?kg (\S+)", line.strip())
            if match:
                yield match[1]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_commands_shown_on_pages_exist(page):
    assert set(commands_in(page)) <= {*COMMANDS, "--help", "--version"}
