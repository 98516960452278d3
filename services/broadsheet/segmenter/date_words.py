"""The words of dates in two dozen languages: months, weekdays and "yesterday" of dateparser's data, and of times past."""

import re

from dateparser.languages.loader import default_loader

LANGUAGES = (
    "en",
    "de",
    "es",
    "fr",
    "pt",
    "it",
    "nl",
    "sv",
    "da",
    "nb",
    "fi",
    "pl",
    "cs",
    "hu",
    "ro",
    "el",
    "tr",
    "ru",
    "uk",
)
"""Languages with months of their own; Japanese, Chinese and Korean number them."""

DAY_LANGUAGES = (*LANGUAGES, "ja", "zh", "ko", "id", "ms")
MONTH_LANGUAGES = (*LANGUAGES, "id", "ms")

_MONTHS = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

UNITS = {
    word: unit
    for unit, words in {
        "second": """s sec secs second seconds sek sekunde sekunden segundo segundos seg seconde secondes secondo secondi
            seconden sekund sekunder sekundy saniye sn сек секунд секунды секунду секунди detik dtk""",
        "minute": """m min mins minute minutes minuten minuto minutos minuti minuut minut minuter minutt minutter minuty
            minutę dakika dk мин минут минуты минуту хв хвилин хвилини хвилину menit mnt minit""",
        "hour": """h hr hrs hour hours std stunde stunden hora horas heure heures ora ore uur uren u tim timme timmar time
            timer t godz godzin godziny godzinę saat sa ч час часа часов годин години годину jam""",
        "day": """d day days tag tage tagen día días dia dias jour jours j g gg giorno giorni dag dagen dgn dagar dager dage
            døgn dzień dni dnia gün д дн день дня дней дні днів hari""",
        "week": """w wk wks week weeks wo woche wochen semana semanas sem semaine semaines settimana settimane weken vecka
            veckor uge uger uke uker tydzień tygodnie tygodni hafta нед неделю недели недель тиждень тижні тижнів minggu mgg""",
        "month": """mo mos month months monat monate monaten mes meses mês mois mese mesi maand maanden mån månad månader
            måned måneder miesiąc miesiące miesięcy ay мес месяц месяца месяцев місяць місяці місяців bulan bln""",
        "year": """y yr yrs year years jahr jahre jahren año años ano anos an ans anno anni jaar år rok lata lat yıl sene
            год года лет рік роки років tahun thn""",  # noqa: RUF001 - Turkish and Cyrillic letters
    }.items()
    for word in words.split()
}
"""Units of time as they stand beside a number. Own, as dateparser has few plurals: часов and godzin are not in its data."""

AGO_BEFORE = ("vor", "hace", "há", "il y a")
"""What says "ago" before the number."""

AGO_AFTER = (
    "ago",
    "atrás",
    "fa",
    "geleden",
    "sedan",
    "sen",
    "siden",
    "temu",
    "önce",
    "назад",
    "тому",
    "yang lalu",
    "lalu",
)
"""What says "ago" after the unit."""

ONE = tuple("a an one un una une um uma ein eine einem einer een en ett et bir".split())  # noqa: SIM905 - a line of words
"""What stands for the number 1."""


def _forms(language: str, key: str) -> list[str]:
    """Give the words of one entry of dateparser's data, as they compare."""
    return [
        " ".join(form.casefold().replace(".", "").split()) for form in default_loader.get_locale(language).info[key]
    ]


def _month_words() -> dict[str, int]:
    months: dict[str, int] = {}
    for language in MONTH_LANGUAGES:
        for number, key in enumerate(_MONTHS, start=1):
            for word in _forms(language, key):
                if len(word) > 2 and word.isalpha() and not re.fullmatch("[ivx]+", word):  # noqa: PLR2004 - Ha, Te, VIII
                    months.setdefault(word, number)
    return months


def _day_words() -> dict[str, int]:
    days = {"just now": 0, "hari ini": 0, "avant hier": 2, "aujourd’hui": 0}  # noqa: RUF001 - as it is printed
    for language in DAY_LANGUAGES:
        words = default_loader.get_locale(language).info["relative-type"]
        for count in (0, 1, 2):
            for form in words.get(f"{count} day ago", ()):
                if len(form) > 2 or not form.isascii():  # noqa: PLR2004 - Hungarian "ma" is Italian for "but"
                    days.setdefault(form.casefold(), count)
    return days


MONTHS = _month_words()
"""Number of the month by its name or short form, in lower case and without a dot."""

RARE_MONTHS = frozenset(
    "out set mac mag gen lip dub led pro ara ago lis nis tem elo dis ian kas sie sty haz már тра вер сер лис лип бер".split()  # noqa: RUF001, SIM905
)
"""Short forms that are words elsewhere: a month only beside a year."""

WEEKDAYS = frozenset(word for language in MONTH_LANGUAGES for key in _WEEKDAYS for word in _forms(language, key))
"""Names and short forms of weekdays, likewise."""

DAY_WORDS = _day_words()
"""Days before today by the word for them: today 0, gestern 1."""

MONTH_FIRST = frozenset({"en"})
"""Languages that write 3/4 for the fourth of March."""
