"""Writes the strategy as a document, from the tables of its feature."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from consult.kernel.messages import N_
from consult.reports.document import (
    Bullets,
    Document,
    Heading,
    Paragraph,
    Table,
    Writer,
)
from consult.reports.numbers import build_who_answered
from consult.reports.summary import CAVEAT, Quotes, build_decisions, build_main_themes
from consult.strategy.models import Action, Objective, Strategy
from consult.themes.models import Theme

VALUE = {
    "equality": N_("Equality"),
    "diversity": N_("Diversity"),
    "participation": N_("Participation"),
    "interaction": N_("Meaningful interaction"),
}
FUNDING = {"secured": N_("secured"), "planned": N_("planned"), "none": N_("none yet")}


def build_strategy(
    strategy: Strategy, content: Mapping[str, Any], quotes: Quotes, writer: Writer
) -> Document:
    """The whole strategy: front, how it was made, objectives with actions, decisions.

    `content` is what the summary of the consultation says.
    """
    _front(strategy, writer)
    _how_made(content, writer)
    people = {theme["id"]: theme["people"] for theme in content["themes"]}
    for objective in strategy.objectives:
        _objective(objective, people, quotes, writer)
    build_decisions(content["decisions"], writer)
    _governance(strategy, writer)
    return Document(strategy.title, writer.lang, tuple(writer.blocks), writer.say(CAVEAT))


def _front(strategy: Strategy, writer: Writer) -> None:
    if strategy.vision:
        writer.add(Paragraph(strategy.vision, style="lead"))
    writer.paragraph(N_("Period: %(start)s to %(end)s."), start=strategy.starts, end=strategy.ends)
    if strategy.state == "adopted" and strategy.adopted_on:
        writer.paragraph(
            N_("Adopted by %(body)s on %(day)s (%(act)s)."),
            body=strategy.adopting_body, day=writer.formats["date"](strategy.adopted_on),
            act=strategy.act or "–",
        )  # fmt: skip
    else:
        writer.paragraph(N_("Draft: not adopted yet."), style="caveat")
    writer.heading(N_("Values"))
    writer.add(Bullets(tuple(writer.say(name) for name in VALUE.values())))


def _how_made(content: Mapping[str, Any], writer: Writer) -> None:
    writer.heading(N_("How it was made"))
    front, day = content["front"], writer.formats["date"]
    title = writer.local(front["title"]).text
    writer.paragraph(N_("It answers to the consultation “%(title)s”."), title=title)
    writer.paragraph(
        N_("About %(people)s people answered, in %(languages)s languages."),
        people=writer.count(content["who"]["total"]), languages=len(content["languages"]),
    )  # fmt: skip
    writer.paragraph(
        N_("The consultation was open from %(start)s to %(end)s."),
        start=day(date.fromisoformat(front["opens_on"])),
        end=day(date.fromisoformat(front["closes_on"])),
    )
    writer.paragraph(CAVEAT, style="caveat")
    writer.heading(N_("What people said they need"))
    build_main_themes(content, writer)
    build_who_answered(content, writer)


def _objective(
    objective: Objective, people: Mapping[int, int | None], quotes: Quotes, writer: Writer
) -> None:
    writer.add(Heading(f"{objective.position + 1}. {objective.title}"))
    themes = [_evidence(theme, people.get(theme.id), writer) for theme in objective.themes]
    if themes:
        writer.paragraph(N_("From the themes: %(themes)s."), themes=", ".join(themes))
    values = ", ".join(writer.say(VALUE[value]) for value in objective.served_values)
    for message, text in ((N_("Today: %(text)s"), objective.baseline),
                          (N_("Target: %(text)s"), objective.target),
                          (N_("Values: %(text)s"), values)):  # fmt: skip
        if text:
            writer.paragraph(message, text=text)
    for action in objective.actions:
        _action(objective, action, quotes, writer)


def _evidence(theme: Theme, people: int | None, writer: Writer) -> str:
    name = theme.name.best(writer.lang).text
    if people is None:
        return name
    return writer.say(N_("%(theme)s (about %(people)s people)"), theme=name,
                      people=writer.count(people))  # fmt: skip


def _action(objective: Objective, action: Action, quotes: Quotes, writer: Writer) -> None:
    number = f"{objective.position + 1}.{action.position + 1}"
    writer.add(Heading(f"{number} {action.title}", level=3))
    if action.description:
        writer.add(Paragraph(action.description))
    rows = tuple((writer.say(name), text) for name, text in _facts(action, writer) if text)
    head = (writer.say(N_("What")), writer.say(N_("How")))
    writer.add(Table(writer.say(N_("Who, when and with what")), head, rows, numeric=False))
    if action.indicators:
        writer.add(_indicators(action, writer))
    writer.add(*(quotes[s.id] for s in action.quotes if s.id in quotes))


def _facts(action: Action, writer: Writer) -> list[tuple[str, str]]:
    day = writer.formats["date"]
    dates = [day(d) if d else "…" for d in (action.starts_on, action.ends_on)]
    cost = "" if action.cost is None else f"{writer.formats['number'](action.cost)} €"
    funding = " · ".join(filter(None, [writer.say(FUNDING[action.funding]), action.funding_source]))
    return [
        (N_("Lead"), action.lead),
        (N_("Partners"), ", ".join(action.partners)),
        (N_("Dates"), " – ".join(dates) if action.starts_on or action.ends_on else ""),
        (N_("Resources"), action.resources),
        (N_("Cost"), cost),
        (N_("Funding"), funding),
        (N_("Themes"), ", ".join(t.name.best(writer.lang).text for t in action.themes)),
        (N_("Values served"), ", ".join(writer.say(VALUE[v]) for v in action.served_values)),
    ]


def _indicators(action: Action, writer: Writer) -> Table:
    head = (N_("Indicator"), N_("Unit"), N_("Today"), N_("Target"), N_("Source"), N_("How often"))
    rows = tuple(
        (i.name, i.unit, i.baseline, i.target, i.source, i.frequency) for i in action.indicators
    )
    caption = writer.say(N_("How one will know"))
    return Table(caption, tuple(map(writer.say, head)), rows, numeric=False)


def _governance(strategy: Strategy, writer: Writer) -> None:
    if not (strategy.steering or strategy.review_on):
        return
    writer.heading(N_("Who watches over it"))
    if strategy.steering:
        writer.add(Paragraph(strategy.steering))
    if strategy.review_on:
        writer.paragraph(
            N_("Next review: %(day)s."), day=writer.formats["date"](strategy.review_on)
        )
