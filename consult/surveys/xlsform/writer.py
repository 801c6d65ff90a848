"""Writes a questionnaire as an XLSForm that pyxform converts and the reader reads back."""

import io
from collections.abc import Iterable, Mapping
from typing import Any

from consult.kernel.languages import display_name
from consult.kernel.localized import LocalizedText
from consult.surveys.xlsform.columns import TITLES
from consult.surveys.xlsform.form import Form, FormOption, FormQuestion, files_named
from consult.surveys.xlsform.limits import is_limit, write_limits

TYPES = {
    "choice": "select_one",
    "rating": "select_one",
    "choices": "select_multiple",
    "rank": "rank",
}
IMAGE, AUDIO = "media::image", "media::audio"
Record = Mapping[str, str]


def write_xlsform(form: Form) -> bytes:
    """The workbook's bytes, with a column for every language of the form."""
    from xlsxwriter import Workbook  # slow to import, needed by few commands

    lists = _named_lists(form)
    sheets: dict[str, list[Record]] = {
        "survey": _survey(form, lists),
        "choices": _choices(form, lists),
        "settings": [_settings(form)],
    }
    out = io.BytesIO()
    options = {"strings_to_formulas": False, "strings_to_urls": False, "in_memory": True}
    with Workbook(out, options) as book:
        bold = book.add_format({"bold": True})
        for name, records in sheets.items():
            _write_sheet(book.add_worksheet(name), _headers(name, form), records, bold)
    return out.getvalue()


def _write_sheet(sheet: Any, headers: list[str], records: Iterable[Record], bold: Any) -> None:
    for place, header in enumerate(headers):
        sheet.write_string(0, place, header, bold)
    for row, record in enumerate(records, 1):
        for place, header in enumerate(headers):
            if record.get(header):
                sheet.write_string(row, place, record[header])
    sheet.freeze_panes(1, 0)
    sheet.set_column(0, len(headers) - 1, 22)


def _headers(sheet: str, form: Form) -> list[str]:
    labels = [language_header("label", tag) for tag in form.languages]
    if sheet == "choices":
        return ["list_name", "name", *labels, *_media(form, ("image", "audio"))]
    if sheet == "settings":
        return list(_settings(form))
    hints = [language_header("hint", tag) for tag in form.languages]
    rules = ["required", "relevant", "appearance", "parameters", "constraint"]
    return ["type", "name", *labels, *hints, *rules, *_media(form, ("audio",))]


def _media(form: Form, kinds: Iterable[str]) -> list[str]:
    """Columns of pictures and sounds, where the form has any."""
    named = set(files_named(form).values()) & set(kinds)
    audio = [language_header(AUDIO, tag) for tag in form.languages]
    return [IMAGE] * ("image" in named) + audio * ("audio" in named)


def language_header(column: str, tag: str) -> str:
    """A column's header, such as `label::Spanish (es)`."""
    return f"{column}::{_language(tag)}"


def _language(tag: str) -> str:
    name = display_name(tag, "en").split("(")[0].strip()
    return f"{name} ({tag})"


def _texts(column: str, text: LocalizedText) -> dict[str, str]:
    return {language_header(column, tag): words for tag, words in text.items()}


def _survey(form: Form, lists: Mapping[str, str]) -> list[Record]:
    records: list[Record] = []
    for section in form.sections:
        records.append(
            {
                "type": "begin_group",
                "name": section.code,
                "relevant": section.relevant,
                "appearance": section.appearance
                or "field-list",  # other tools then show it as one screen too
                **_texts("label", section.title),
            }
        )
        records += [_question(question, lists) for question in section.questions]
        records.append({"type": "end_group"})
    return records


def _question(question: FormQuestion, lists: Mapping[str, str]) -> Record:
    kind = TYPES.get(question.kind, question.kind)
    pairs = [pair for pair in question.parameters.items() if not is_limit(question.kind, pair[0])]
    return {
        "type": f"{kind} {lists[question.code]}" if question.code in lists else kind,
        "name": question.code,
        "required": "yes" if question.required else "",
        "relevant": question.relevant,
        "appearance": question.appearance,
        "parameters": " ".join(f"{name}={value}" for name, value in pairs),
        "constraint": write_limits(question.kind, question.parameters),
        **_texts("label", question.label),
        **_texts("hint", question.hint),
        **_texts(AUDIO, question.audio),
    }


def _choices(form: Form, lists: Mapping[str, str]) -> list[Record]:
    options: dict[str, tuple[FormOption, ...]] = {
        lists[q.code]: q.options for q in form.questions if q.code in lists
    }
    return [
        {
            "list_name": name,
            "name": option.code,
            IMAGE: option.image,
            **_texts("label", option.label),
            **_texts(AUDIO, option.audio),
        }
        for name, listed in options.items()
        for option in listed
    ]


def _named_lists(form: Form) -> dict[str, str]:
    """The list of each question with choices; one name never stands for two lists."""
    known: dict[str, tuple[FormOption, ...]] = {}
    names = {}
    for question in form.questions:
        if question.kind in TYPES:
            name = question.list_name or f"{question.code}_list"
            if known.setdefault(name, question.options) != question.options:
                name = f"{question.code}_own_list"
                known[name] = question.options
            names[question.code] = name
    return names


def _settings(form: Form) -> dict[str, str]:
    default = form.default_language
    return {
        "form_title": form.title.get(default, ""),
        "form_id": form.form_id,
        "version": form.form_version,
        "default_language": _language(default),
        **_texts(TITLES, LocalizedText({**form.title, default: ""})),
    }
