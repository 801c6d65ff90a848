"""`consult themes`: themes of a file of answers, without a server or a database."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from consult.cli.own_encoder import encoder_option, open_encoder, plain_errors
from consult.cli.progress import progress_bar
from consult.kernel.table_files import write_table
from consult.kernel.tables import Table, TableError, read_table

if TYPE_CHECKING:
    from consult.analysis.types import Codebook, Result, Statement

OUTPUT = (
    "id",
    "lang",
    "cluster",
    "label",
    "themes",
    "score",
    "keywords",
    "duplicate_of",
)
CODE_COLUMNS = ("code", "name", "definition")
file_type = click.Path(dir_okay=False, path_type=Path)


@dataclass(frozen=True)
class Columns:
    """The names of the columns in the file."""

    id: str
    text: str
    lang: str
    question: str
    translation: str
    weight: str


@click.command()
@click.argument("file", type=file_type)
@click.option("--out", type=file_type, required=True, help="File to write: .csv, .xlsx or .jsonl.")
@click.option("--id-column", default="id", show_default=True, help="Without it rows are numbered.")
@click.option("--text-column", default="text", show_default=True)
@click.option("--lang-column", default="lang", show_default=True)
@click.option("--question-column", default="question", show_default=True)
@click.option("--translation-column", default="translation", show_default=True, help="English.")
@click.option("--weight-column", default="weight", show_default=True)
@click.option("--lang", help="Language of the rows that state none, such as de.")
@click.option("--codebook", "codebook_file", type=file_type, help="JSON, or CSV: code,name,...")
@click.option("--no-codebook", is_flag=True, help="Only look for groups, assign no themes.")
@click.option("--clusters", type=click.IntRange(2, 200), help="How many groups to look for.")
@click.option("--seed", type=click.IntRange(0, 2**32 - 1), default=0, show_default=True)
@encoder_option
def themes(
    file: Path,
    out: Path,
    encoder: Path | None,
    lang: str | None,
    codebook_file: Path | None,
    no_codebook: bool,
    clusters: int | None,
    seed: int,
    **columns: str,
) -> None:
    """Group the answers in FILE by theme, across languages.

    FILE is CSV, XLSX or JSON Lines with a column of texts. Nothing leaves this machine.
    """
    if codebook_file and no_codebook:
        raise click.UsageError("Give --codebook or --no-codebook, not both.")
    named = Columns(**{name.removesuffix("_column"): column for name, column in columns.items()})
    try:
        _check_output(file, out)
        statements = statements_of(read_table(file), named, lang)
        codebook = _codebook(codebook_file, no_codebook)
        with plain_errors():
            settings = {"codebook": codebook, "encoder": open_encoder(encoder)}
            result = _find(statements, **settings, n_clusters=clusters, random_state=seed)
        write_table(out, OUTPUT, rows_of(result))
    except TableError as error:
        raise _Refused(str(error)) from None
    _show(result, out)


class _Refused(click.ClickException):
    exit_code = 2


def _check_output(file: Path, out: Path) -> None:
    if out.resolve() == file.resolve():
        raise TableError("The output would overwrite the input; choose another name.")
    if out.suffix.lower() not in (".csv", ".xlsx", ".jsonl"):
        raise TableError("The output must end in .csv, .xlsx or .jsonl.")
    if not out.resolve().parent.is_dir():
        raise TableError("The folder %(folder)s does not exist.", folder=out.parent)


def statements_of(table: Table, columns: Columns, lang: str | None) -> "list[Statement]":
    """The statements in a table; raises TableError with line and reason."""
    from consult.analysis.types import Statement

    if columns.text not in table.columns:
        raise TableError(
            "There is no column %(column)s; the file has: %(found)s. Use --text-column.",
            column=columns.text,
            found=", ".join(table.columns),
        )
    lines: dict[str, int] = {}
    found = []
    for number, row in enumerate(table, 1):
        ident = row.values.get(columns.id, "" if columns.id in table.columns else str(number))
        _check_id(ident, row.line, lines)
        found.append(
            Statement(
                id=ident,
                text=row.values.get(columns.text, ""),
                lang=row.values.get(columns.lang) or lang,
                weight=_weight(row.values.get(columns.weight, ""), row.line),
                translation=row.values.get(columns.translation) or None,
                question=row.values.get(columns.question) or None,
            )
        )
    return found


def _check_id(ident: str, line: int, lines: dict[str, int]) -> None:
    if not ident.strip():
        raise TableError("Line %(line)s has no id.", line=line)
    if ident in lines:
        raise TableError(
            "Line %(line)s: the id %(id)s stands on line %(first)s already.",
            line=line,
            id=ident,
            first=lines[ident],
        )
    lines[ident] = line


def _weight(text: str, line: int) -> float:
    try:
        weight = float(text) if text.strip() else 1.0
    except ValueError:
        weight = -1.0
    if not 0 <= weight < 1e9:
        raise TableError(
            "Line %(line)s: the weight %(weight)s is not a number from 0 up.",
            line=line,
            weight=text,
        )
    return weight


def _codebook(path: Path | None, none: bool) -> "Codebook | None":
    from consult.analysis.types import Codebook

    if none:
        return Codebook()
    return None if path is None else read_codebook(path)


def read_codebook(path: Path) -> "Codebook":
    """A code-book from a JSON list of objects, or a table, with code, name, definition."""
    from consult.analysis.codebook import codebook_from_json, with_shipped_seeds
    from consult.analysis.types import CodebookTheme

    if path.suffix.lower() == ".json":
        try:
            return codebook_from_json(path.read_text(encoding="utf-8-sig"))
        except (OSError, ValueError) as error:
            raise TableError("The code-book cannot be read: %(why)s.", why=error) from None
    table = read_table(path)
    if missing := [name for name in CODE_COLUMNS[:2] if name not in table.columns]:
        raise TableError("The code-book has no column %(name)s.", name=missing[0])
    lines: dict[str, int] = {}
    for row in table:
        _check_id(row.values["code"], row.line, lines)
    return with_shipped_seeds(
        CodebookTheme(row.values["code"], row.values["name"], row.values.get("definition", ""))
        for row in table
    )


def _find(statements: "list[Statement]", **settings: Any) -> "Result":
    from consult.analysis.pipeline import ThemeFinder

    with progress_bar() as progress:
        return ThemeFinder(**settings).fit(statements, progress=progress).result_


def rows_of(result: "Result") -> list[Mapping[str, Any]]:
    """One row a statement, in the columns of `OUTPUT`."""
    clusters = {cluster.id: cluster for cluster in result.clusters}
    rows: list[Mapping[str, Any]] = []
    for statement in result.statements:
        cluster = clusters.get(statement.cluster or "")
        rows.append(
            {
                "id": statement.id,
                "lang": statement.lang,
                "cluster": statement.cluster,
                "label": cluster.label if cluster else None,
                "themes": [theme.code for theme in statement.themes],
                "score": statement.themes[0].score if statement.themes else None,
                "keywords": list(cluster.keywords.get(statement.lang, ())) if cluster else [],
                "duplicate_of": statement.duplicate_of,
            }
        )
    return rows


def _show(result: "Result", out: Path) -> None:
    from rich.console import Console
    from rich.markup import escape
    from rich.table import Table as Screen

    screen = Screen(title="Themes")
    for name in ("Theme", "Label", "Answers", "Different texts", "Languages"):
        screen.add_column(
            name, justify="right" if name in ("Answers", "Different texts") else "left"
        )
    for cluster in result.clusters:
        label = escape(cluster.label) + (" (new)" if cluster.discovered else "")
        languages = ", ".join(cluster.languages)
        screen.add_row(cluster.id, label, str(cluster.size), str(cluster.texts), languages)
    console = Console()
    console.print(screen)
    figures = result.figures
    console.print(
        f"{figures['statements']:.0f} answers, {figures['empty']:.0%} without content, "
        f"{figures['unclustered']:.0%} of the others in no group, "
        f"agreement of group and language {figures['leakage']:.2f} (0 is best)."
    )
    console.print("A machine proposed these themes; people should check them.")
    console.print(f"Written to {escape(str(out))}.", soft_wrap=True)
