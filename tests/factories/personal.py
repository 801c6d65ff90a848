"""Invented personal data in sentences of many languages, and sentences with other numbers."""

import re
from collections.abc import Iterator
from importlib import import_module
from random import Random

import phonenumbers
from stdnum import iban

from consult.analysis.personal import COUNTRIES as AT_HOME

MOBILE, FIXED = phonenumbers.PhoneNumberType.MOBILE, phonenumbers.PhoneNumberType.FIXED_LINE
E164, ABROAD = (
    phonenumbers.PhoneNumberFormat.E164,
    phonenumbers.PhoneNumberFormat.INTERNATIONAL,
)
NATIONAL = phonenumbers.PhoneNumberFormat.NATIONAL
COUNTRIES = (  # noqa: SIM905 - a list of quoted codes is harder to read
    "AD AL AT BA BE BG BY CH CY CZ DE DK EE ES FI FR GB GR HR HU IE IS IT LT LU LV MD ME MK MT NL "
    "NO PL PT RO RS RU SE SI SK TR UA XK AF AM AZ BD CN GE IN IQ IR JO KZ LB LK NP PH PK SA SY TH "
    "VN YE CD CI CM DJ DZ EG ER ET GH GM GN KE LY MA ML NG SD SN SO SS TN TZ UG ZA"
).split()
SENTENCES = {
    "en": "Please write back to me, {} is best, because nobody ever answered.",
    "es": "Nadie me contestó, podéis encontrarme en {} por las tardes.",
    "ca": "Si cal, el meu és {} i visc aquí des de fa dos anys.",
    "de": "Bitte melden Sie sich unter {}, ich warte seit 2021.",
    "fr": "On ne m'a jamais rappelé : {}, merci.",
    "it": "Aspetto ancora una risposta ({}), sono 3 mesi.",
    "pl": "Proszę o kontakt: {}. Czekam od roku.",
    "ro": "Vă rog să mă contactați la {}, aștept de mult.",
    "hu": "Kérem, keressenek itt: {}!",
    "uk": "Мені ніхто не відповів, ось {}, чекаю.",
    "ru": "Прошу написать мне, {}, очень жду.",
    "bg": "Моля, пишете ми на {}, чакам от 2 години.",
    "tr": "Bana ulaşın {} lütfen, kimse aramadı.",
    "ar": "لم يرد علي أحد، هذا هو {} من فضلكم.",
    "fa": "هیچ کس جواب نداد، {} را یادداشت کنید.",
    "ur": "کسی نے جواب نہیں دیا، میرا {} ہے۔",
    "ckb": "تکایە پەیوەندیم پێوە بکەن {} سوپاس.",
    "bn": "কেউ উত্তর দেয়নি, আমার {} এ জানাবেন।",
    "hi": "किसी ने जवाब नहीं दिया, {} पर बताइए।",
    "am": "እባካችሁ በ {} አግኙኝ፣ ማንም አልመለሰልኝም።",
    "ti": "በጃኹም ኣብ {} ርኸቡኒ።",
    "so": "Fadlan igala soo xiriir {} qofna iima jawaabin.",
    "zh": "请联系我{}，一直没有人回复。",
    "ka": "გთხოვთ დამიკავშირდეთ {} დიდი ხანია ველოდები.",
    "el": "Παρακαλώ επικοινωνήστε στο {}, περιμένω.",
}
ZEROS = {"ar": "٠", "ckb": "٠", "fa": "۰", "ur": "۰", "bn": "০", "hi": "०"}
# Numbers people are known by, as modules of python-stdnum with the form they are written in:
# 9 is any digit, A any letter.
IDENTITIES = {
    "es.dni": "99999999A", "es.nie": "X9999999A", "pl.pesel": "99999999999",
    "ro.cnp": "1999999999999", "de.idnr": "99 999 999 999", "bg.egn": "9999999999",
    "hr.oib": "99999999999", "ie.pps": "9999999A", "be.nn": "99.99.99-999.99",
    "ee.ik": "39999999999", "fi.hetu": "999999-999A", "se.personnummer": "999999-9999",
    "lt.asmens": "39999999999", "dk.cpr": "999999-9999", "no.fodselsnummer": "999999 99999",
    "cz.rc": "999999/9999", "si.emso": "9999999999999", "tr.tckimlik": "99999999999",
    "gr.amka": "99999999999", "ch.ssn": "756.9999.9999.99", "fr.nir": "1 99 99 99 999 999 99",
    "is_.kennitala": "999999-9999", "in_.aadhaar": "9999 9999 9999", "at.vnr": "9999 999999",
    "md.idno": "9999999999999", "pk.cnic": "99999-9999999-9",
}  # fmt: skip
DIGITS = "0123456789"
LETTERS = "ABCDEFGHJKLMNPQRSTVWXYZ"
BANKS = (  # noqa: SIM905 - likewise
    "AL AT BA BE BG CH CZ DE DK EE ES FI FR GB GE GR HR HU IE IS IT LT LU LV MD ME MK MT NL NO "
    "PL PT RO RS SE SI SK TN TR UA"
).split()
OTHER = (
    "We waited from {year} to {year} for an answer.",
    "La renta es de {price} euros y subió un {small} %.",
    "Die Miete beträgt {price} € seit {year}.",
    "On {day}.{month}.{year} at {hour}:30 they sent me to room {room}.",
    "Abierto de {hour}:00 a 14:00 y de 16:00 a 20:30.",
    "L'ufficio è aperto dalle {hour}:00-13:00 / 15:00-18:00.",
    "Ouvert {hour}h30 - 12h00, bureau {room}, 2e étage.",
    "The law {law}/{year} and § {small} AufenthG.",
    "Ley {law}/{year}, de {day} de octubre.",
    "A1, B1 and B2 courses on line {small} and tram {small}.",
    "It costs {price} a month, {small} people in {room} m2.",
    "In {year}-{month}-{day} they closed the school of {room} pupils.",
    "Відкрито з {hour}:00 до 17:00, кабінет {room}.",
    "Чекаю {small} місяців, заплатив {price} грн у {year}.",
    "Czynsz {price} zł, pokój {room}, rok {year}.",
    "انتظرت {small} أشهر منذ {year} ودفعت {price} يورو.",
    "از سال {year} تا {year} در اتاق {room} منتظر بودم.",
    "আমি {year} সাল থেকে {small} মাস অপেক্ষা করছি, ভাড়া {price} টাকা।",
    "मैं {year} से {small} महीने से इंतज़ार कर रहा हूँ, कमरा {room}।",
    "ከ {year} ጀምሮ {small} ወር ጠበቅሁ፣ ቢሮ ቁጥር {room}።",
    "我从{year}年等到{year}年，房租{price}元，{room}房间。",
    "1.{room},50 euros and {price},00 € in {year} {year} {year}.",
    "The town has {large} people and {large} visitors a year.",
    "Ticket {room} of {large}, desk {small}, {hour}.15 o'clock.",
    "The bus {small} leaves at {hour}.05, {hour}.20, {hour}.35 and {hour}.50.",
    "Between {small} and {small} children, {small} % of {large}.",
    "Plan {year}-{year}: {large} € for {room} homes.",
    "Temperatures of {small}-{small} degrees, {price} kWh, bill of {day}/{month}/{year}.",
    "Form {room}-{small}, page {small}/{room}, school year {year}/{small}.",
    "Postal code 0{room}1, area {small} B, floor {small}, door {small}.",
)


def in_digits_of(text: str, lang: str) -> str:
    """`text` with the digits that people who write `lang` may use."""
    zero = ord(ZEROS.get(lang, "0"))
    return text.translate({ord(d): chr(zero + n) for n, d in enumerate(DIGITS)})


def invented(random: Random) -> Iterator[tuple[str, str, str]]:
    """Kind, sentence and the part of it that is personal."""
    makers = {"phone": phones, "email": mails, "iban": accounts, "identity": identities}
    for kind, make in makers.items():
        for number, part in enumerate(make(random)):
            lang = list(SENTENCES)[number % len(SENTENCES)]
            if kind == "phone" and random.random() < 0.5:
                part = in_digits_of(part, lang)
            yield kind, SENTENCES[lang].format(part), part


def phones(random: Random) -> Iterator[str]:
    """Example numbers of each country as people write them abroad; of some as at home."""
    for country in COUNTRIES:
        for kind in (MOBILE, FIXED):
            number = phonenumbers.example_number_for_type(country, kind)
            if number is None:
                continue
            abroad = phonenumbers.format_number(number, ABROAD)
            yield from (phonenumbers.format_number(number, E164), abroad)
            yield random.choice(["00" + abroad[1:], abroad.replace(" ", "-")])
            if country in AT_HOME:
                yield phonenumbers.format_number(number, NATIONAL)


def mails(random: Random) -> Iterator[str]:
    names = ["anna.kovacs", "j_perez+x", "fatima-z", "o.shevchenko", "müller", "олена", "n.b.1987"]
    hosts = ["example.org", "mail.example.co.uk", "пошта.example", "post-amt.example", "x.example"]
    for _ in range(80):
        name, host = random.choice(names), random.choice(hosts)
        yield random.choice(["{}@{}", "{}@{}", "{} @ {}", "{}(at){}", "{} [at] {}"]).format(
            name, host
        )


def accounts(random: Random) -> Iterator[str]:
    """IBANs of the form of each country with check digits that are right."""
    for country in BANKS * 2:
        form = iban._ibandb.info(country)[0][1].get("bban", "")
        body = "".join(
            _sign(random, kind)
            for count, kind in re.findall(r"(\d+)!([nac])", form)
            for _ in range(int(count))
        )
        whole = country + iban.calc_check_digits(country + "00" + body) + body
        spaced = " ".join(whole[at : at + 4] for at in range(0, len(whole), 4))
        yield random.choice([whole, spaced, whole.lower(), spaced.replace(" ", "-")])


def identities(random: Random) -> Iterator[str]:
    """Numbers whose check digits are right, drawn until they are."""
    for name, form in IDENTITIES.items():
        is_valid = import_module(f"stdnum.{name}").is_valid
        found = 0
        while found < 6:
            drawn = re.sub("9|A", lambda m: _sign(random, "n" if m[0] == "9" else "a"), form)
            if is_valid(drawn):
                found += 1
                yield drawn


def other_numbers(random: Random) -> Iterator[str]:
    """Sentences with numbers that say nothing of a person."""
    for number in range(900):
        text = OTHER[number % len(OTHER)]
        yield re.sub(r"\{(\w+)\}", lambda m: _number(random, m[1]), text)


def _number(random: Random, kind: str) -> str:
    low, high = {
        "year": (1950, 2035), "small": (2, 90), "hour": (7, 21), "room": (100, 999),
        "day": (1, 28), "month": (1, 12), "law": (1, 60), "large": (1000, 900_000),
        "price": (90, 2400),
    }[kind]  # fmt: skip
    found = random.randint(low, high)
    if kind in ("large", "price") and found >= 1000:
        return f"{found:,}".replace(",", random.choice([",", ".", " ", ""]))
    return str(found)


def _sign(random: Random, kind: str) -> str:
    return random.choice({"n": DIGITS, "a": LETTERS, "c": DIGITS + LETTERS}[kind])
