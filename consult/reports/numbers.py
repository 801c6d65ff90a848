"""Writes the parts of a report that are numbers: who answered, method, closed questions."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from consult.kernel.messages import N_
from consult.reports.document import HIDDEN, SMALLEST_BASE, Table, Writer

ROUNDED = N_(
    "Numbers are rounded to the nearest five. A dot stands for a number that is too small to show "
    "(fewer than %(threshold)s people), or that would give a small one away."
)
CATEGORY = {
    "moved_here": N_("Moved here from another country"),
    "lived_here": N_("Have lived here all or most of their life"),
    "organisation": N_("Answer for an organisation"),
    "not_said": N_("Not said"),
}
CHANNEL = {
    "web": N_("Online"),
    "paper": N_("Paper"),
    "assisted": N_("With help"),
    "interview": N_("Interview"),
    "workshop": N_("Meeting"),
}
GROUP = {"moved_here": N_("Moved here"), "lived_here": N_("Lived here")}
SMALLEST_CHECK = 30  # decisions from which a share of agreement is told


def build_who_answered(content: Mapping[str, Any], writer: Writer) -> None:
    """Tables of people by category, channel and language, and who is missing."""
    writer.heading(N_("Who answered"))
    who, total = content["who"], writer.say(N_("All"))
    rows = [
        (writer.say(CATEGORY[name]), *map(writer.count, cells), writer.count(all_))
        for name, cells, all_ in zip(who["rows"], who["cells"], who["row_totals"], strict=True)
    ]
    rows.append((total, *map(writer.count, who["column_totals"]), writer.count(who["total"])))
    head = (N_("Who"), *(CHANNEL[c] for c in who["columns"]), N_("All"))
    writer.table(N_("People by who they are and how they answered"), head, rows)
    languages = (
        (writer.formats["language"](tag), writer.count(people))
        for tag, people in content["languages"].items()
    )
    writer.table(N_("People by language of their answer"), (N_("Language"), N_("People")),
                 languages)  # fmt: skip
    writer.paragraph(ROUNDED, threshold=content["threshold"])
    _who_is_missing(content, writer)


def _who_is_missing(content: Mapping[str, Any], writer: Writer) -> None:
    """Told from protected counts alone, so that nothing more is given away."""
    shown = content["languages"]
    few = [tag for tag in content["front"]["languages"] if not shown.get(tag)]
    groups = [
        writer.say(CATEGORY[name])
        for name, total in zip(content["who"]["rows"], content["who"]["row_totals"], strict=True)
        if total is None
    ]
    if not few and not groups:
        return
    writer.heading(N_("Who is missing"), level=3)
    if few:
        names = ", ".join(writer.formats["language"](tag) for tag in few)
        writer.paragraph(
            N_("Languages with no answer or so few that the number is hidden: %(languages)s."),
            languages=names,
        )
    if groups:
        writer.paragraph(
            N_("Groups with so few answers that the number is hidden: %(groups)s."),
            groups=", ".join(groups),
        )


def build_method(method: Mapping[str, Any], writer: Writer) -> None:
    """What the program did, what people did, how far they agreed, and the limits."""
    writer.heading(N_("Method and limits"))
    writer.paragraph(
        N_("A program on the region's own server proposed which statements belong to which theme. "
           "Facilitators reviewed every theme shown here. Nothing was sent to another company.")
    )  # fmt: skip
    if method["analysed_on"]:
        day = writer.formats["date"](date.fromisoformat(method["analysed_on"]))
        writer.paragraph(N_("The program last ran on %(day)s."), day=day)
    rows = (
        (N_("From the list of themes made before"), method["codebook"]),
        (N_("New, found in the answers"), method["found"]),
        (N_("Added by facilitators"), method["made"]),
        (N_("Merged into another theme"), method["merged"]),
        (N_("Rejected"), method["rejected"]),
    )
    writer.table(N_("Themes after the review"), (N_("Themes"), N_("Number")),
                 ((writer.say(name), writer.count(number)) for name, number in rows))  # fmt: skip
    _shares(method, writer)
    writer.paragraph(N_("One person can speak of several themes, so the themes do not add up."))


def _shares(method: Mapping[str, Any], writer: Writer) -> None:
    percent = writer.formats["percent"]
    if method["placed"]:
        writer.paragraph(
            N_("Share of statements in these themes that a person looked at one by one: "
               "%(people)s. The others stand where the program put them: %(machine)s."),
            people=percent(method["checked"] / method["placed"]),
            machine=percent(1 - method["checked"] / method["placed"]),
        )  # fmt: skip
    if method["decided"] >= SMALLEST_CHECK:
        writer.paragraph(
            N_("Where a person looked, the program's proposal was kept in %(share)s of cases."),
            share=percent(method["agreed"] / method["decided"]),
        )
    else:
        writer.paragraph(
            N_("Too few proposals were looked at one by one to say how often people agree with "
               "the program.")
        )  # fmt: skip


def build_closed_questions(content: Mapping[str, Any], writer: Writer) -> None:
    """A table a question: people, their share, and shares by group where enough answered."""
    if not content["closed"]:
        return
    writer.heading(N_("Questions with given answers"))
    writer.paragraph(
        N_("Shares are of the people who answered the question. They are shown where %(count)s "
           "people or more did."),
        count=SMALLEST_BASE,
    )  # fmt: skip
    region = writer.local(content["front"]["region"]).text
    for question in content["closed"]:
        writer.add(_answers({**question, "region": region}, writer))


def _answers(question: Mapping[str, Any], writer: Writer) -> Table:
    """Shares by group stand beside the others where at least one of them can be shown."""
    names, columns = list(GROUP.values()), _group_shares(question, writer)
    if all(share == HIDDEN for shares in columns for share in shares[:-1]):
        names, columns = [], []
    answered, people = question["answered"], question["people"]
    rows = [
        (writer.local(option["label"]).text, writer.count(people[row]),
         writer.share(people[row], answered), *(shares[row] for shares in columns))
        for row, option in enumerate(question["options"])
    ]  # fmt: skip
    last = (shares[-1] for shares in columns)
    rows.append((writer.say(N_("Answered")), writer.count(answered), "", *last))
    first = N_("First choice") if question.get("kind") == "rank" else N_("Answer")
    head = (first, N_("People"), N_("Share"), *names)
    return Table(_label(question, writer), tuple(map(writer.say, head)), tuple(rows))


def _group_shares(question: Mapping[str, Any], writer: Writer) -> list[list[str]]:
    """By group, the share of each answer and, last, how many of the group answered."""
    table = question["groups"]
    if not table:
        return []
    bases = {name: table["column_totals"][table["columns"].index(name)] for name in GROUP}
    return [
        [*(writer.share(cells[table["columns"].index(name)], base) for cells in table["cells"]),
         writer.count(base)]
        for name, base in bases.items()
    ]  # fmt: skip


def _label(question: Mapping[str, Any], writer: Writer) -> str:
    return writer.local(question["label"]).text.replace("{region}", question["region"])


def build_differences(content: Mapping[str, Any], writer: Writer) -> None:
    """Themes by newcomers, residents and organisations, as shares of each group."""
    who = content["who"]
    bases = dict(zip(who["rows"], who["row_totals"], strict=True))
    names = [c for c in ("moved_here", "lived_here", "organisation")
             if (bases.get(c) or 0) >= SMALLEST_BASE]  # fmt: skip
    rows = []
    for theme in content["themes"]:
        shares = [writer.share(theme["by_category"].get(c), bases[c]) for c in names]
        if len(shares) > 1 and any(share != HIDDEN for share in shares):
            rows.append((writer.local(theme["name"]).text, *shares))
    if rows:
        writer.heading(N_("Differences between groups"))
        writer.paragraph(
            N_("How many in each group spoke of a theme. Small differences mean nothing: these "
               "are the people who chose to answer.")
        )  # fmt: skip
        head = (N_("Theme"), *(CATEGORY[name] for name in names))
        writer.table(N_("Share of each group that spoke of a theme"), head, rows)
