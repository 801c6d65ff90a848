"""Checks of the whole form: conditions, and what pyxform makes of it."""

import io
import re

from consult.kernel.messages import N_
from consult.surveys.expressions import BadExpression, check_expression
from consult.surveys.xlsform.form import FormSection
from consult.surveys.xlsform.problems import Problems

NAMED = re.compile(r"\$\{\s*([^{}]*?)\s*\}")
PYXFORM_ROW = re.compile(r"^\s*\[row : (\d+)\]\s*")


def check_conditions(
    rows: dict[str, int], conditions: list[tuple[int, str]], problems: Problems
) -> None:
    """Note conditions that cannot be read or name a question that is not there or comes later."""
    for row, condition in conditions:
        count = len(problems.errors)
        for name in NAMED.findall(condition):
            if name not in rows:
                problems.error(
                    "survey", row, "relevant", N_("There is no question “%(name)s”."),
                    name=name[:80],
                )  # fmt: skip
            elif rows[name] >= row:
                problems.error(
                    "survey", row, "relevant",
                    N_("The question “%(name)s” comes only after this row."), name=name,
                )  # fmt: skip
        if len(problems.errors) == count:
            _check_syntax(row, condition, set(rows), problems)


def check_joined_conditions(
    sections: list[FormSection], rows: dict[str, int], problems: Problems
) -> None:
    """Note screens whose own condition and those of the groups around it are too much at once."""
    for section in sections if not problems.errors else ():
        row = rows[section.questions[0].code]
        _check_syntax(row, section.relevant, set(rows), problems)


def _check_syntax(row: int, condition: str, known: set[str], problems: Problems) -> None:
    try:
        check_expression(condition, known)
    except BadExpression as error:
        problems.error("survey", row, "relevant", error.message, **error.params)


def check_with_pyxform(data: bytes, problems: Problems) -> None:
    """Note what pyxform, which knows the whole of XLSForm, finds wrong with the workbook."""
    from pyxform.errors import PyXFormError  # slow to import, needed by few commands
    from pyxform.xls2xform import convert

    try:
        convert(io.BytesIO(data), warnings=[], validate=False, file_type=".xlsx")
    except Exception as error:  # pyxform trips over some forms instead of refusing them
        reason = str(error) if isinstance(error, PyXFormError) else repr(error)
        found = PYXFORM_ROW.match(reason)
        problems.error(
            "survey", int(found[1]) if found else 0, "",
            N_("pyxform cannot convert the form: %(reason)s"),
            reason=PYXFORM_ROW.sub("", reason),
        )  # fmt: skip
