"""Limits of an answer, written as the `constraint` of XLSForm."""

import re
from collections.abc import Mapping
from typing import Any

PART = re.compile(r"\(*\s*(?P<what>\.|string-length\(\s*\.\s*\))\s*(?P<sign><=|>=|<|>)\s*"
                  r"(?P<number>-?\d{1,9})\s*\)*")  # fmt: skip
ENDS = {"<": "end", "<=": "end", ">": "start", ">=": "start"}
INSIDE = {"<": -1, ">": 1}  # whole numbers: less than 5 is at most 4
LENGTH = "longest"


def read_limits(kind: str, text: str) -> dict[str, Any] | None:
    """The limits by parameter: `start` and `end` of a whole number, `longest` of a text.

    None for a condition that says anything else: the answer is not checked against it.
    """
    limits: dict[str, Any] = {}
    for part in re.split(r"\s+and\s+", text.strip()) if text.strip() else ():
        found = PART.fullmatch(part.strip())
        name = found and _name(kind, found["what"], found["sign"])
        if found is None or not name:
            return None
        limits[name] = int(found["number"]) + INSIDE.get(found["sign"], 0)
    return limits


def _name(kind: str, what: str, sign: str) -> str:
    if kind == "integer" and what == ".":
        return ENDS[sign]
    return LENGTH if kind == "text" and what != "." and ENDS[sign] == "end" else ""


def write_limits(kind: str, parameters: Mapping[str, Any]) -> str:
    """The constraint that `read_limits` reads back."""
    if kind == "text":
        return f"string-length(.) <= {parameters[LENGTH]}" if LENGTH in parameters else ""
    pairs = (("start", ">="), ("end", "<="))
    ends = [f". {sign} {parameters[name]}" for name, sign in pairs if name in parameters]
    return " and ".join(ends) if kind == "integer" else ""


def is_limit(kind: str, name: str) -> bool:
    """Whether a parameter is written as a constraint."""
    return (kind == "text" and name == LENGTH) or (kind == "integer" and name in ("start", "end"))
