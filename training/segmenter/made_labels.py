"""The labels of made teasers: sections, names and dates in the forms that publishers print, alike within a list."""

import datetime as dt
from collections.abc import Callable, Sequence

import numpy as np

from training.segmenter.sentences import sentences

_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November"),
    "December",
)
SECTIONS = (
    *(
        "Politics",
        "World",
        "Business",
        "Opinion",
        "Sport",
        "Sports",
        "Culture",
        "Technology",
        "Health",
        "Science",
        "US",
    ),
    *("Video", "Analysis", "Money", "Travel", "Style", "Football", "Music", "Climate", "Local news", "Entertainment"),
    *("Politik", "Wirtschaft", "Kultur", "Deportes", "Economía", "Société", "International", "Economia", "Nasional"),
    *(
        "Europe",
        "Middle East",
        "Crime",
        "Education",
        "Food",
        "Books",
        "Film",
        "Editorial",
        "Live",
        "Breaking",
        "Markets",
    ),
)
_FIRST = (
    *("Maria", "John", "Aisha", "Peter", "Chen", "Laura", "Omar", "Anna", "David", "Yuki", "Priya", "Carlos", "Emma"),
    *("Ivan", "Sofia", "James", "Fatima", "Lars", "Nadia", "Tom", "Grace", "Hannah", "Luca", "Ewa"),
)
_LAST = (
    *("Miller", "Okafor", "Schmidt", "García", "Rossi", "Tanaka", "Kowalski", "Dubois", "Singh", "Larsen", "Silva"),
    *("Brown", "Haddad", "Novak", "Jensen", "O'Neil", "van Dijk", "Petrov", "Kim", "Reyes", "Walker", "Ngata"),
)
_SOURCES = (
    "Reuters",
    "AP",
    "AFP",
    "Staff",
    "Editorial Team",
    "dpa",
    "News Desk",
    "Guest Author",
    "The Associated Press",
)
FORMS = (
    *(("H",),) * 5,
    *(
        ("H", "D"),
        ("D", "H"),
        ("K", "H"),
        ("K", "H", "D"),
        ("K", "H", "S"),
        ("H", "S"),
        ("H", "S", "KBD"),
        ("H", "S", "D"),
    ),
    *(
        ("H", "B"),
        ("H", "BD"),
        ("H", "KD"),
        ("K", "H", "S", "B", "D"),
        ("H", "S", "B"),
        ("H", "S", "BD"),
        ("K", "D", "H"),
    ),
    *(("H", "S", "M"), ("M", "H"), ("H", "B", "D"), ("KD", "H", "S"), ("H", "S", "KD"), ("K", "H", "B"), ("H", "M")),
    *(
        ("D", "H", "S"),
        ("H", "D", "S"),
        ("K", "H", "D", "S"),
        ("H", "BD", "S"),
        ("H", "KB"),
        ("B", "H"),
        ("H", "S", "K"),
    ),
)


class Style:
    """The choices that the items of one list share."""

    def __init__(self, random: np.random.Generator) -> None:
        self.random = random
        self.form = FORMS[random.integers(len(FORMS))]
        self.sometimes = bool(random.random() < 0.2)
        self.upper = bool(random.random() < 0.35)
        self.day = dt.date(2005, 1, 1) + dt.timedelta(days=int(random.integers(0, 8200)))
        self.date_form = int(random.integers(len(_DATE_FORMS)))
        self.by = str(random.choice(["By ", "by ", "", "", "Von ", "Por ", "BY "]))
        self.bar = str(random.choice([" | ", " · ", " - ", " ", ", ", " • ", " — ", " / "]))
        self.one_section = self.pick(SECTIONS) if random.random() < 0.3 else None
        self.long_lead = float(random.choice([0.0, 0.0, 0.3, 1.0]))
        self.dots = bool(random.random() < 0.2)

    def pick(self, choices: Sequence[str]) -> str:
        """Draw one of some texts."""
        return choices[int(self.random.integers(len(choices)))]

    def kicker(self) -> str:
        """Give a section, the same for all items of some lists."""
        word = self.one_section or self.pick(SECTIONS)
        return word.upper() if self.upper else word

    def name(self) -> str:
        """Give a person."""
        return f"{self.pick(_FIRST)} {self.pick(_LAST)}"

    def byline(self) -> str:
        """Give a person or a source, with or without "By"."""
        name = self.name() if self.random.random() < 0.8 else self.pick(_SOURCES)
        return self.by + (name.upper() if self.upper and self.random.random() < 0.5 else name)

    def date(self) -> str:
        """Give a day or a time ago in the list's form."""
        day = self.day - dt.timedelta(days=int(self.random.integers(0, 60)))
        text = _DATE_FORMS[self.date_form](day, int(self.random.integers(1, 24)))
        return text.upper() if self.upper else text

    def lead(self, lead: str) -> str:
        """Give what the list shows of an opening paragraph: all, a sentence or two, or a cut."""
        if self.random.random() < self.long_lead:
            return lead
        parts = sentences(lead)
        text = "".join(parts[: 1 if len(parts[0]) > 40 else 2]).rstrip()
        if self.dots and len(text) > 90:
            text = text[: int(self.random.integers(70, len(text)))].rsplit(" ", 1)[0] + str(
                self.random.choice(["…", "...", " [...]"])
            )
        return text


_DATE_FORMS: tuple[Callable[[dt.date, int], str], ...] = (
    lambda day, _: f"{_MONTHS[day.month - 1]} {day.day}, {day.year}",
    lambda day, _: f"{_MONTHS[day.month - 1]} {day.day}, {day.year}",
    lambda day, _: f"{_MONTHS[day.month - 1][:3]} {day.day}, {day.year}",
    lambda day, _: f"{day.day} {_MONTHS[day.month - 1]} {day.year}",
    lambda day, _: f"{day.day} {_MONTHS[day.month - 1][:3]} {day.year}",
    lambda day, _: f"{_MONTHS[day.month - 1][:3]} {day.day}",
    lambda day, _: day.isoformat(),
    lambda day, _: f"{day.day:02}.{day.month:02}.{day.year}",
    lambda day, _: f"{day.day:02}/{day.month:02}/{day.year}",
    lambda day, hour: f"{day.day:02}.{day.month:02}.{day.year}, {hour:02}:30 Uhr",
    lambda day, hour: (
        f"{_MONTHS[day.month - 1]} {day.day}, {day.year} {hour % 12 or 12}:05 {'am' if hour < 12 else 'pm'}"
    ),
    lambda _, hour: f"{hour} hours ago",
    lambda _, hour: f"{hour}h ago",
    lambda _, hour: f"{hour}h",
    lambda _, hour: f"{hour} days ago",
    lambda _, hour: f"vor {hour} Stunden",
    lambda _, hour: f"hace {hour} horas",
    lambda _, hour: f"il y a {hour} heures",
    lambda _, hour: f"{hour} jam lalu",
    lambda _, hour: f"{hour}時間前",
    lambda _, hour: f"{hour} min",
    lambda _, hour: "Yesterday" if hour % 2 else "Today",
    lambda day, _: f"{day.year}年{day.month}月{day.day}日",
)
