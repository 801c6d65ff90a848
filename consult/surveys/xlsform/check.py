"""Checks of the whole form: conditions, and what pyxform makes of it."""

import io
import re

from consult.kernel.messages import N_
from consult.surveys.xlsform.problems import Problems

NAMED = re.compile(r"\$\{\s*([^{}]*?)\s*\}")
PYXFORM_ROW = re.compile(r"^\s*\[row : (\d+)\]\s*")


def check_conditions(
    rows: dict[str, int], conditions: list[tuple[int, str]], problems: Problems
) -> None:
    """Note conditions that cannot be read or name a question that is not there or comes later."""
    for row, condition in conditions:
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
