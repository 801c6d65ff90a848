"""A survey with every question type, in English and Arabic, and its pictures and sounds."""

from datetime import date, timedelta
from pathlib import Path

from PIL import Image, ImageDraw

from tests.factories.pictures import SOUND
from tests.factories.site import Site
from tests.factories.workbooks import workbook

SLUG = "all-types"
COLUMNS = ["type", "name", "label::English (en)", "label::Arabic (ar)", "required", "relevant",
           "appearance", "parameters", "constraint", "media::audio::English (en)"]  # fmt: skip
ROWS = [
    ["begin_group", "g1", "You", "أنت"],
    ["select_one yes_no", "consent", "Do you want to take part?", "هل تريد المشاركة؟", "yes",
     "", "", "", "", "consent.mp3"],
    ["end_group"],
    ["begin_group", "g2", "Your group", "مجموعتك", "", "${consent} = 'yes'"],
    ["select_multiple who", "who", "Who are you?", "من أنت؟"],
    ["text", "who_other", "Which group?", "أي مجموعة؟", "", "selected(${who}, 'other')"],
    ["end_group"],
    ["begin_group", "g3", "Feelings", "المشاعر", "", "${consent} = 'yes'"],
    ["select_one mood", "mood", "How do you feel here?", "كيف تشعر هنا؟", "yes", "", "faces"],
    ["select_one agree", "belong", "I feel that I belong.", "أشعر بالانتماء.", "", "", "likert"],
    ["end_group"],
    ["begin_group", "g4", "How easy is it?", "ما مدى السهولة؟", "", "${consent} = 'yes'",
     "table-list"],
    ["select_one ease", "easy_work", "To find work", "إيجاد عمل", "yes"],
    ["select_one ease", "easy_home", "To find a home", "إيجاد سكن"],
    ["select_one ease", "easy_doctor", "To see a doctor", "زيارة طبيب"],
    ["end_group"],
    ["begin_group", "g5", "Numbers", "أرقام", "", "${consent} = 'yes'"],
    ["integer", "people", "How many live with you?", "كم شخصا يعيش معك؟", "", "", "", "",
     ". >= 0 and . <= 20"],
    ["range", "trust", "How much do you trust the region?", "كم تثق بالمنطقة؟", "", "", "",
     "start=0 end=10"],
    ["date", "since", "Since when do you live here?", "منذ متى تعيش هنا؟"],
    ["end_group"],
    ["begin_group", "g6", "What comes first", "ما الأهم", "", "${consent} = 'yes'"],
    ["rank need", "needs", "What should come first?", "ما الذي يجب أن يأتي أولا؟"],
    ["text", "why", "Why?", "لماذا؟", "", "", "multiline", "", "string-length(.) <= 60"],
    ["end_group"],
]  # fmt: skip
CHOICES = [
    ["list_name", "name", "label::English (en)", "label::Arabic (ar)", "media::image"],
    ["yes_no", "yes", "Yes", "نعم"], ["yes_no", "no", "No", "لا"],
    ["who", "new", "I moved here from another country", "انتقلت من بلد آخر", "new.png"],
    ["who", "old", "I have always lived here", "عشت هنا دائما", "old.png"],
    ["who", "other", "Other", "غير ذلك"],
    ["who", "rather_not", "I would rather not say", "أفضل ألا أقول"],
    *[["mood", str(n), en, ar] for n, (en, ar) in enumerate(
        [("Very bad", "سيئ جدا"), ("Bad", "سيئ"), ("So so", "وسط"), ("Good", "جيد"),
         ("Very good", "جيد جدا")], 1)],
    ["mood", "dk", "I do not know", "لا أعرف"],
    *[["agree", str(n), en, ar] for n, (en, ar) in enumerate(
        [("I do not agree at all", "لا أوافق أبدا"), ("I rather disagree", "أميل إلى الرفض"),
         ("In between", "بين بين"), ("I rather agree", "أميل إلى الموافقة"),
         ("I fully agree", "أوافق تماما")], 1)],
    ["agree", "dk", "I do not know", "لا أعرف"],
    *[["ease", str(n), en, ar] for n, (en, ar) in enumerate(
        [("Very hard", "صعب جدا"), ("Hard", "صعب"), ("In between", "بين بين"), ("Easy", "سهل"),
         ("Very easy", "سهل جدا")], 1)],
    ["ease", "na", "I did not need it", "لم أحتج إليه"],
    *[["need", code, en, ar] for code, en, ar in (
        ("work", "Work", "العمل"), ("home", "Homes", "السكن"), ("doctor", "Doctors", "الأطباء"),
        ("language", "Courses", "الدورات"))],
]  # fmt: skip


def add_showcase(site: Site, folder: Path) -> str:
    """Open the survey on an installation; its address there."""
    day = date.today()
    (folder / "showcase.xlsx").write_bytes(workbook(survey=[COLUMNS, *ROWS], choices=CHOICES))
    (folder / "showcase.toml").write_text(
        f'region = "valdora"\nslug = "{SLUG}"\nlanguages = ["en", "ar"]\n'
        f"opens_on = {day - timedelta(1)}\ncloses_on = {day + timedelta(9)}\n[texts]\n"
        + "".join(f'{name} = {{ en = "Every type", ar = "كل الأنواع" }}\n'
                  for name in ("title", "purpose", "decision", "consent", "contact")),
        encoding="utf-8",
    )  # fmt: skip
    for name, colour in (("new", "#0b6157"), ("old", "#8a4b00")):
        image = Image.new("RGB", (300, 200), "#e4f0ec")
        ImageDraw.Draw(image).ellipse((100, 50, 200, 150), fill=colour)
        image.save(folder / f"{name}.png")
    (folder / "consent.mp3").write_bytes(SOUND)
    site.run("create", "consultation", str(folder / "showcase.toml"), "--open")
    site.run("import", "questionnaire", str(folder / "showcase.xlsx"), "--consultation", SLUG,
             "--media", str(folder))  # fmt: skip
    return f"{site.address}/s/{SLUG}"
