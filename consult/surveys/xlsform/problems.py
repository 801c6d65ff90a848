"""What is wrong with a questionnaire's workbook, and where."""

from dataclasses import dataclass, field

from consult.kernel.errors import ConsultError
from consult.kernel.messages import N_


class FormError(ConsultError):
    """A workbook cannot become a questionnaire; `problems` holds every fault found."""

    def __init__(self, message: str, problems: tuple["Problem", ...] = (), **params: object):
        self.problems = problems
        super().__init__(message, **params)


class Problem(ConsultError):
    """A fault at a place of the workbook; `row` 0 means the sheet as a whole."""

    def __init__(self, sheet: str, row: int, column: str, message: str, **params: object) -> None:
        self.sheet, self.row, self.column = sheet, row, column
        super().__init__(message, **params)

    def __str__(self) -> str:
        place = f"{self.sheet}, row {self.row}" if self.row else self.sheet
        return f"{place}{f', column {self.column}' if self.column else ''}: {super().__str__()}"


@dataclass
class Problems:
    """Collects faults and warnings, so that a person mends them all at once."""

    errors: list[Problem] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)

    def error(self, sheet: str, row: int, column: str, message: str, **params: object) -> None:
        self.errors.append(Problem(sheet, row, column, message, **params))

    def warn(self, sheet: str, row: int, column: str, message: str, **params: object) -> None:
        self.warnings.append(Problem(sheet, row, column, message, **params))

    def raise_errors(self) -> None:
        """Raise FormError with every fault, in the order of the workbook, if there is one."""
        if self.errors:
            order = {"settings": 0, "survey": 1, "choices": 2}
            faults = sorted(self.errors, key=lambda p: (order.get(p.sheet, 3), p.row))
            raise FormError(
                N_("The questionnaire was not imported. Faults to mend: %(count)s."),
                tuple(faults),
                count=len(faults),
            )
