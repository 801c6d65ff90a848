"""Writes the summary report (DOMAIN section 6) from gathered rows, in one language."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from consult.kernel.messages import N_
from consult.reports.document import Bullets, Document, Heading, Paragraph, Quotation, Writer
from consult.reports.numbers import (
    CATEGORY,
    CHANNEL,
    build_closed_questions,
    build_differences,
    build_method,
    build_who_answered,
)

CAVEAT = N_(
    "These numbers count people who chose to answer. They are not a vote and not a sample: they "
    "do not say how many people in the region think so. What people say was not checked as fact."
)
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
    build_who_answered(content, writer)
    _cleaning(content["cleaning"], writer)
    _campaigns(content["cleaning"], writer)
    build_method(content["method"], writer)
    build_closed_questions(content, writer)
    _themes(content["themes"], quotes, writer)
    build_differences(content, writer)
    build_decisions(content["decisions"], writer)
    _next_steps(writer)
    _questions(front, writer)
    return Document(writer.local(front["title"]).text, writer.lang, tuple(writer.blocks),
                    writer.say(CAVEAT))  # fmt: skip


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
    writer.table(N_("What was decided about each theme, and why"), head, rows, numeric=False)


def build_main_themes(content: Mapping[str, Any], writer: Writer) -> None:
    """The largest accepted themes, a line each."""
    if content["themes"]:
        writer.paragraph(N_("What people spoke of most:"))
        largest = content["themes"][:MAIN_MESSAGES]
        writer.add(Bullets(tuple(_message(theme, writer) for theme in largest)))


def _plain_summary(content: Mapping[str, Any], writer: Writer) -> None:
    writer.heading(N_("In short"))
    writer.paragraph(
        N_("About %(people)s people answered, in %(languages)s languages."),
        style="lead",
        people=writer.count(content["who"]["total"]),
        languages=writer.formats["number"](len(content["languages"])),
    )
    decision = writer.local(content["front"]["decision"])
    writer.add(Paragraph(decision.text, lang=decision.lang))
    build_main_themes(content, writer)
    _promises(content["decisions"], writer)
    writer.paragraph(CAVEAT, style="caveat")


def _promises(decisions: list[dict[str, Any]], writer: Writer) -> None:
    taken = [d for d in decisions if d["verdict"] in ("taken", "partly")]
    if taken:
        names = ", ".join(writer.local(d["name"]).text for d in taken)
        writer.paragraph(N_("The region takes up, whole or in part: %(themes)s."), themes=names)


def _message(theme: Mapping[str, Any], writer: Writer) -> str:
    name = writer.local(theme["name"]).text
    definition = writer.local(theme["definition"]).text.rstrip(".")
    text = f"{name}: {definition}" if definition else name
    if theme["people"] is None:
        return text
    return writer.say(
        N_("%(theme)s (about %(people)s people)"), theme=text, people=writer.count(theme["people"])
    )


def _why_and_what(front: Mapping[str, Any], writer: Writer) -> None:
    writer.heading(N_("Why and what"), page=True)
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
        N_("Questionnaire version %(number)s, with %(questions)s questions, offered in: "
           "%(languages)s."),
        number=front["questionnaire"], questions=len(front["questions"]), languages=names,
    )  # fmt: skip
    channels = ", ".join(writer.say(CHANNEL[c]) for c in content["who"]["columns"])
    writer.paragraph(N_("Ways to answer that people used: %(channels)s."), channels=channels)
    writer.paragraph(
        N_("Nobody had to give a name, and every question but the first could be skipped.")
    )
    writer.paragraph(N_("Translations of the questions are drafts until a speaker reviews them."))


def _cleaning(cleaning: Mapping[str, Any], writer: Writer) -> None:
    writer.heading(N_("Answers received and used"))
    steps = (
        ("received", N_("Received")),
        ("withdrawn", N_("Withdrawn by the people themselves")),
        ("empty", N_("Without any answer")),
        ("excluded", N_("Set aside with a reason, not deleted")),
        ("analysed", N_("Analysed")),
    )
    rows = ((writer.say(name), writer.count(cleaning[key])) for key, name in steps)
    writer.table(N_("From what was received to what was analysed"), (N_("Step"), N_("Answers")),
                 rows)  # fmt: skip


def _campaigns(cleaning: Mapping[str, Any], writer: Writer) -> None:
    writer.heading(N_("Copied texts"))
    if not cleaning["campaigns"]:
        writer.paragraph(N_("No text came nearly the same from three people or more."))
        return
    writer.paragraph(
        N_("Nearly the same text came from several people (a campaign). Texts of this kind: "
           "%(texts)s. People who sent them: %(people)s. Every one is counted; the text is "
           "analysed once."),
        texts=cleaning["campaigns"], people=writer.count(cleaning["campaign_people"]),
    )  # fmt: skip
    writer.paragraph(
        N_("People who changed the copied words: %(edited)s. Who organised it is not known."),
        edited=writer.count(cleaning["campaign_edited"]),
    )


def _themes(themes: list[dict[str, Any]], quotes: Quotes, writer: Writer) -> None:
    writer.heading(N_("What people said"))
    if not themes:
        writer.paragraph(N_("No theme has been reviewed and accepted yet."))
        return
    rows = tuple((writer.local(t["name"]).text, writer.count(t["people"])) for t in themes)
    writer.table(N_("People who spoke of each theme"), (N_("Theme"), N_("People")), rows)
    for theme in themes:
        _theme(theme, quotes, writer)


def _theme(theme: Mapping[str, Any], quotes: Quotes, writer: Writer) -> None:
    writer.add(Heading(writer.local(theme["name"]).text, 3))
    definition = writer.local(theme["definition"])
    if definition.text:
        writer.add(Paragraph(definition.text, lang=definition.lang))
    if theme["origin"] == "cluster":
        writer.paragraph(N_("This theme was not expected: it was found in the answers."))
    counts = [writer.say(N_("People: %(people)s."), people=writer.count(theme["people"]))]
    if theme["people"] is not None:
        counts.append(writer.say(N_("Number of languages: %(count)s."), count=theme["languages"]))
    writer.add(Paragraph(" ".join(counts)))
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
