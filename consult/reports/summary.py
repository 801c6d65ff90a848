"""Writes the summary report (DOMAIN section 6) from gathered rows, in one language."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from consult.kernel.messages import N_
from consult.reports.document import Bullets, Document, Heading, Paragraph, Quotation, Table, Writer

CAVEAT = N_(
    "These numbers count people who chose to answer. They are not a vote and not a sample: they "
    "do not say how many people in the region think so. What people say was not checked as fact."
)
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
VERDICT = {
    "taken": N_("Taken up"),
    "partly": N_("Partly taken up"),
    "not": N_("Not taken up"),
    "later": N_("Later"),
}
MAIN_MESSAGES = 5
Quotes = Mapping[int, Quotation]


def build_summary(content: Mapping[str, Any], quotes: Quotes, writer: Writer) -> Document:
    """The whole report; `quotes` holds the approved statements that still exist, by id."""
    front = content["front"]
    _plain_summary(content, writer)
    _why_and_what(front, writer)
    _how_we_asked(front, content, writer)
    _who_answered(content, writer)
    _cleaning(content["cleaning"], writer)
    _method(content, writer)
    _closed_questions(content, writer)
    _themes(content["themes"], quotes, writer)
    build_decisions(content["decisions"], writer)
    _next_steps(writer)
    _questions(front, writer)
    return Document(writer.local(front["title"]).text, writer.lang, tuple(writer.blocks))


def build_decisions(decisions: list[dict[str, Any]], writer: Writer) -> None:
    """“You said, we did”: theme, decision, reason, what came of it."""
    writer.heading(N_("You said, we did"))
    if not decisions:
        writer.paragraph(N_("The region has not decided yet. Its decisions will stand here."))
        return
    rows = tuple(
        (
            writer.local(d["name"]).text,
            writer.say(VERDICT[d["verdict"]]),
            d["reason"] or "–",
            "; ".join(d["actions"]) or "–",
        )
        for d in decisions
    )
    head = (N_("Theme"), N_("Decision"), N_("Reason"), N_("Actions"))
    writer.add(Table(writer.say(N_("What was decided about each theme, and why")),
                     tuple(map(writer.say, head)), rows, numeric=False))  # fmt: skip


def main_themes(content: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The largest accepted themes, for the plain summary."""
    return list(content["themes"][:MAIN_MESSAGES])


def _plain_summary(content: Mapping[str, Any], writer: Writer) -> None:
    writer.heading(N_("In short"))
    writer.paragraph(
        N_("About %(people)s people answered, in %(languages)s languages."),
        style="lead",
        people=writer.count(content["who"]["total"]),
        languages=writer.formats["number"](len(content["languages"])),
    )
    if content["themes"]:
        writer.paragraph(N_("What people spoke of most:"))
        writer.add(Bullets(tuple(_message(theme, writer) for theme in main_themes(content))))
    writer.paragraph(CAVEAT, style="caveat")


def _message(theme: Mapping[str, Any], writer: Writer) -> str:
    name = writer.local(theme["name"]).text
    definition = writer.local(theme["definition"]).text
    if theme["people"] is None:
        return f"{name}: {definition}" if definition else name
    return writer.say(
        N_("%(theme)s (about %(people)s people)"),
        theme=f"{name}: {definition}" if definition else name,
        people=writer.count(theme["people"]),
    )


def _why_and_what(front: Mapping[str, Any], writer: Writer) -> None:
    writer.heading(N_("Why and what"))
    for key in ("purpose", "decision"):
        text = writer.local(front[key])
        writer.add(Paragraph(text.text, lang=text.lang))
    day = writer.formats["date"]
    writer.paragraph(
        N_("The consultation was open from %(start)s to %(end)s."),
        start=day(date.fromisoformat(front["opens_on"])),
        end=day(date.fromisoformat(front["closes_on"])),
    )
    if front["unit"]:
        writer.paragraph(N_("Responsible: %(unit)s."), unit=front["unit"])


def _how_we_asked(front: Mapping[str, Any], content: Mapping[str, Any], writer: Writer) -> None:
    writer.heading(N_("How we asked"))
    names = ", ".join(writer.formats["language"](tag) for tag in front["languages"])
    writer.paragraph(
        N_("Questionnaire version %(number)s, offered in: %(languages)s."),
        number=front["questionnaire"], languages=names,
    )  # fmt: skip
    channels = ", ".join(writer.say(CHANNEL[c]) for c in content["who"]["columns"])
    writer.paragraph(N_("Ways to answer that people used: %(channels)s."), channels=channels)
    writer.paragraph(N_("Translations of the questions are drafts until a speaker reviews them."))


def _who_answered(content: Mapping[str, Any], writer: Writer) -> None:
    writer.heading(N_("Who answered"))
    who, total = content["who"], writer.say(N_("All"))
    rows = [
        (writer.say(CATEGORY[name]), *map(writer.count, cells), writer.count(all_))
        for name, cells, all_ in zip(who["rows"], who["cells"], who["row_totals"], strict=True)
    ]
    rows.append((total, *map(writer.count, who["column_totals"]), writer.count(who["total"])))
    head = (writer.say(N_("Who")), *(writer.say(CHANNEL[c]) for c in who["columns"]), total)
    writer.add(Table(writer.say(N_("People by who they are and how they answered")), head,
                     tuple(rows)))  # fmt: skip
    languages = tuple(
        (writer.formats["language"](tag), writer.count(people))
        for tag, people in content["languages"].items()
    )
    head = (writer.say(N_("Language")), writer.say(N_("People")))
    writer.add(Table(writer.say(N_("People by language of their answer")), head, languages))
    writer.paragraph(ROUNDED, threshold=content["threshold"])


def _cleaning(cleaning: Mapping[str, Any], writer: Writer) -> None:
    writer.heading(N_("Answers received and used"))
    writer.paragraph(
        N_("Received: %(received)s. Withdrawn by the people themselves: %(withdrawn)s. "
           "Analysed: %(analysed)s."),
        received=writer.count(cleaning["received"]),
        withdrawn=writer.count(cleaning["withdrawn"]),
        analysed=writer.count(cleaning["analysed"]),
    )  # fmt: skip
    if cleaning["campaigns"]:
        writer.paragraph(
            N_("Nearly the same text came from several people (a campaign). Texts of this kind: "
               "%(texts)s, sent by %(people)s people. Every one is counted; the text is analysed "
               "once."),
            texts=cleaning["campaigns"], people=writer.count(cleaning["campaign_people"]),
        )  # fmt: skip


def _method(content: Mapping[str, Any], writer: Writer) -> None:
    writer.heading(N_("Method and limits"))
    writer.paragraph(
        N_("A program on the region's own server proposed which statements belong to which theme. "
           "Facilitators reviewed every theme shown here. Nothing was sent to another company.")
    )  # fmt: skip
    writer.paragraph(N_("One person can speak of several themes, so the themes do not add up."))


def _closed_questions(content: Mapping[str, Any], writer: Writer) -> None:
    if not content["closed"]:
        return
    writer.heading(N_("Questions with given answers"))
    for question in content["closed"]:
        label = writer.local(question["label"]).text.replace(
            "{region}", writer.local(content["front"]["region"]).text
        )
        rows = tuple(
            (writer.local(option["label"]).text, writer.count(option["people"]))
            for option in question["options"]
        )
        rows += ((writer.say(N_("Answered")), writer.count(question["answered"])),)
        head = (writer.say(N_("Answer")), writer.say(N_("People")))
        writer.add(Table(label, head, rows))


def _themes(themes: list[dict[str, Any]], quotes: Quotes, writer: Writer) -> None:
    writer.heading(N_("What people said"))
    if not themes:
        writer.paragraph(N_("No theme has been reviewed and accepted yet."))
    for theme in themes:
        name = writer.local(theme["name"])
        writer.add(Heading(name.text, 3))
        definition = writer.local(theme["definition"])
        if definition.text:
            writer.add(Paragraph(definition.text, lang=definition.lang))
        writer.paragraph(N_("People: %(people)s."), people=writer.count(theme["people"]))
        parts = [f"{writer.say(CATEGORY[key])}: {writer.count(count)}"
                 for key, count in theme["by_category"].items()]  # fmt: skip
        if parts:
            writer.add(Bullets(tuple(parts)))
        writer.add(*(quotes[key] for key in theme["quotes"] if key in quotes))


def _next_steps(writer: Writer) -> None:
    writer.heading(N_("Next steps"))
    writer.paragraph(
        N_("The region drafts its strategy from these themes, asks again about the draft, adopts "
           "it and reports what came of each theme.")
    )  # fmt: skip


def _questions(front: Mapping[str, Any], writer: Writer) -> None:
    writer.heading(N_("The questions"))
    region = writer.local(front["region"]).text
    texts = [writer.local(label).text.replace("{region}", region) for label in front["questions"]]
    writer.add(Bullets(tuple(texts)))
