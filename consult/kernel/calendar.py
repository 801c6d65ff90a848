"""Months and the order of a date's parts, by language."""

from functools import lru_cache

from babel.dates import get_date_format, get_month_names

from consult.kernel.languages import fallback_chain, known_locale


@lru_cache(maxsize=128)
def month_names(tag: str) -> tuple[str, ...]:
    """The twelve months of the common calendar as `tag` names them, else a related language."""
    for candidate in fallback_chain(tag):
        locale = known_locale(candidate)
        names = get_month_names("wide", "stand-alone", locale) if locale else {}
        found = tuple(str(names[number]) for number in range(1, 13)) if names else ()
        if found and not found[0].startswith("M0"):  # CLDR's placeholder for a name not known
            return found
    return tuple(str(number) for number in range(1, 13))


@lru_cache(maxsize=128)
def date_order(tag: str) -> tuple[str, str, str]:
    """`day`, `month` and `year` in the order in which `tag` writes them."""
    if tag == "en":  # of Europe, where the month does not come first
        return "day", "month", "year"
    locale = next(filter(None, map(known_locale, fallback_chain(tag))), None)
    pattern = str(get_date_format("long", locale).pattern) if locale else "d M y"
    places = {"day": pattern.find("d"), "month": pattern.find("M"), "year": pattern.find("y")}
    first, second, third = sorted(places, key=places.__getitem__)
    return first, second, third
