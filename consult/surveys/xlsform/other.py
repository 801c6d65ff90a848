"""`select_one LIST or_other`: a choice “other” and the text beside it, as XLSForm means them."""

from dataclasses import replace

from consult.kernel.localized import LocalizedText
from consult.surveys.companions import companion_name
from consult.surveys.types.choice import OTHER
from consult.surveys.xlsform.form import FormOption, FormQuestion

LABEL, ASKED = "Other", "Please write which."


def with_other(question: FormQuestion, language: str) -> tuple[FormQuestion, FormQuestion]:
    """The question with a choice `other`, and the text shown when that is ticked."""
    if not any(option.code == OTHER for option in question.options):
        option = FormOption(OTHER, LocalizedText({language: LABEL}))
        name = f"{question.list_name[:50]}_or_other"
        question = replace(question, options=(*question.options, option), list_name=name)
    text = FormQuestion(
        companion_name(question.code), "text", LocalizedText({language: ASKED}),
        relevant=f"selected(${{{question.code}}}, '{OTHER}')",
    )  # fmt: skip
    return question, text
