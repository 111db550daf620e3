"""English words for days of the year and weekdays."""

from services.languages.date_mention_words import DateMentionWords

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")

DATE_MENTIONS = DateMentionWords(
    month_prefixes={name: number for number, name in enumerate(_MONTHS, 1)},
    month_letters="a-z",
    ordinal_suffixes=("st", "nd", "rd", "th"),
    day_month_words=("of",),
    weekdays=("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
)
