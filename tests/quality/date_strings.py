"""Invented dates as pages of many languages show them, with what they mean.

Each row is language, text and value: ISO 8601 to the precision that the text has, in UTC for
distances in time, which are counted from `FETCHED`.
"""

from __future__ import annotations

from datetime import UTC, datetime

FETCHED = datetime(2031, 6, 17, 12, tzinfo=UTC)

_AT = "2031-06-17T18:30"
_DAY = "2031-06-17"
_AGO = "2031-06-17T10:00+00:00"

TIMES = (
    ("en", "June 17, 2031 at 6:30 p.m. EDT", _AT), ("en", "6:30 PM, June 17, 2031", _AT),
    ("en", "17th of June 2031, 18:30", _AT), ("en", "Tue 17 Jun 2031 18.30 BST", _AT),
    ("en", "17 June 2031 18:30 GMT+2", f"{_AT}+02:00"),
    ("en", "18:30 UTC, 17 June 2031", f"{_AT}+00:00"),
    ("en", "Tue Jun 17 2031 18:30:00 GMT+0200", f"{_AT}+02:00"),
    ("en", "Tue, 17 Jun 2031 18:30:00 +0200", f"{_AT}+02:00"),
    ("en", "June 17, 2031 12:05 a.m.", "2031-06-17T00:05"),
    ("de", "Dienstag, 17. Juni 2031, 18:30 Uhr", _AT), ("de", "17.06.2031 um 18.30 Uhr", _AT),
    ("fr", "Mardi 17 juin 2031 à 18h30", _AT), ("fr", "17/06/2031 à 18 h 30", _AT),
    ("fr", "1er juillet 2030 à 08h05", "2030-07-01T08:05"),
    ("es", "17 de junio de 2031 a las 18:30", _AT), ("es", "17/06/2031 - 18:30 h", _AT),
    ("it", "17 giugno 2031 ore 18:30", _AT), ("it", "17 giugno 2031 alle 18.30", _AT),
    ("pt", "17 de junho de 2031 às 18h30", _AT), ("pt", "17/06/2031 18h30", _AT),
    ("nl", "di 17 jun 2031, 18:30", _AT), ("sv", "17 juni 2031 kl. 18.30", _AT),
    ("da", "17. juni 2031 kl. 18.30", _AT), ("no", "17. juni 2031, kl. 18:30", _AT),
    ("fi", "17.6.2031 klo 18.30", _AT), ("pl", "17 czerwca 2031, godz. 18:30", _AT),
    ("cs", "17. června 2031 18:30", _AT), ("sk", "17. júna 2031 o 18:30", _AT),
    ("sl", "17. junij 2031 ob 18.30", _AT), ("hr", "17. lipnja 2031. u 18:30", _AT),
    ("sr", "17. jun 2031. 18:30", _AT), ("hu", "2031. június 17. 18:30", _AT),
    ("ro", "17 iunie 2031, ora 18:30", _AT), ("bg", "17 юни 2031 г., 18:30 ч.", _AT),
    ("ru", "17 июня 2031 в 18:30", _AT), ("uk", "17 червня 2031 року, 18:30", _AT),
    ("el", "17 Ιουνίου 2031, 18:30", _AT), ("tr", "17 Haziran 2031 18:30", _AT),
    ("ar", "17 يونيو 2031 18:30", _AT), ("he", "17 ביוני 2031, 18:30", _AT),
    ("fa", "17 ژوئن 2031 18:30", _AT), ("hi", "17 जून 2031, 18:30", _AT),
    ("id", "Selasa, 17 Juni 2031 18:30 WIB", _AT),
    ("vi", "17/6/2031, 18:30 GMT+7", f"{_AT}+07:00"),
    ("ja", "2031年6月17日 18時30分", _AT), ("ja", "2031年6月17日 午後6時30分", _AT),
    ("zh", "2031年6月17日 下午6:30", _AT), ("ko", "2031년 6월 17일 오후 6:30", _AT),
    ("ca", "17 de juny de 2031, 18:30", _AT),
)  # fmt: skip
DAYS = (
    ("en", "June 17 2031", _DAY),
    ("en", "17-Jun-2031", _DAY), ("de", "5. Jänner 2031", "2031-01-05"),
    ("de", "17. Juni 2031", _DAY),
    ("fr", "5 févr. 2031", "2031-02-05"), ("fr", "05/06/2031", "2031-06-05"),
    ("es", "5 de setiembre de 2030", "2030-09-05"), ("it", "5 gen 2031", "2031-01-05"),
    ("pt", "5 de fev. de 2031", "2031-02-05"), ("nl", "5 mrt. 2031", "2031-03-05"),
    ("hr", "5. listopada 2030.", "2030-10-05"), ("pl", "5 listopada 2030", "2030-11-05"),
    ("cs", "5. srpna 2030", "2030-08-05"), ("sk", "5. februára 2031", "2031-02-05"),
    ("sl", "5. avgusta 2030", "2030-08-05"), ("sr", "5. мај 2031.", "2031-05-05"),
    ("uk", "5 листопада 2030", "2030-11-05"), ("ru", "5 мая 2031 г.", "2031-05-05"),
    ("bg", "5 май 2031", "2031-05-05"), ("fi", "5. toukokuuta 2031", "2031-05-05"),
    ("hu", "2031. május 5.", "2031-05-05"), ("ro", "5 mai 2031", "2031-05-05"),
    ("el", "5 Μαΐου 2031", "2031-05-05"), ("tr", "5 Ağustos 2030", "2030-08-05"),
    ("ca", "5 d'abril de 2031", "2031-04-05"), ("vi", "5 tháng 5, 2031", "2031-05-05"),
    ("id", "5 Agustus 2030", "2030-08-05"), ("he", "5 במאי 2031", "2031-05-05"),
    ("ar", "5 كانون الثاني 2031", "2031-01-05"), ("ar", "٥ مايو ٢٠٣١", "2031-05-05"),
    ("fa", "5 مه 2031", "2031-05-05"), ("hi", "५ मई २०३१", "2031-05-05"),
    ("ja", "2031/6/5", "2031-06-05"), ("zh", "2031-06-05", "2031-06-05"),
    ("ko", "2031.06.05.", "2031-06-05"), ("sv", "5 okt 2030", "2030-10-05"),
    ("da", "5. maj 2031", "2031-05-05"), ("no", "5. des. 2030", "2030-12-05"),
)  # fmt: skip
DISTANCES = (
    ("en", "2 hours ago", _AGO),
    ("en", "two hours ago", _AGO), ("en", "a week ago", "2031-06-10"),
    ("de", "vor 2 Stunden", _AGO),
    ("fr", "il y a 2 heures", _AGO), ("es", "hace 2 horas", _AGO),
    ("it", "2 ore fa", _AGO), ("pt", "há 2 horas", _AGO), ("nl", "2 uur geleden", _AGO),
    ("sv", "2 timmar sedan", _AGO),
    ("da", "for 2 timer siden", _AGO), ("no", "for 2 timer siden", _AGO),
    ("fi", "2 tuntia sitten", _AGO),
    ("pl", "2 godziny temu", _AGO), ("cs", "před 2 hodinami", _AGO),
    ("sk", "pred 2 hodinami", _AGO),
    ("hu", "2 órával ezelőtt", _AGO), ("ro", "acum 2 ore", _AGO),
    ("ru", "2 часа назад", _AGO), ("ru", "час назад", "2031-06-17T11:00+00:00"),
    ("uk", "2 години тому", _AGO), ("bg", "преди 2 часа", _AGO), ("hr", "prije 2 sata", _AGO),
    ("sr", "pre 2 sata", _AGO), ("sl", "pred 2 urama", _AGO), ("el", "πριν από 2 ώρες", _AGO),
    ("tr", "2 saat önce", _AGO), ("ar", "منذ ساعتين", _AGO), ("he", "לפני 2 שעות", _AGO),
    ("fa", "2 ساعت پیش", _AGO), ("hi", "2 घंटे पहले", _AGO), ("id", "2 jam yang lalu", _AGO),
    ("vi", "2 giờ trước", _AGO), ("ja", "2時間前", _AGO),
    ("zh", "2小时前", _AGO), ("ko", "2시간 전", _AGO),
    ("ca", "fa 2 hores", _AGO),
)  # fmt: skip
