"""English names of countries, and the abbreviations of the states of the United States."""

from collections.abc import Mapping
from types import MappingProxyType

COUNTRY_ALIASES: Mapping[str, tuple[str, ...]] = MappingProxyType({
    "AE": ("UAE", "Emirates"),
    "BA": ("Bosnia",),
    "BO": ("Bolivia",),
    "BN": ("Brunei",),
    "CD": ("DR Congo", "DRC", "Zaire", "Democratic Republic of Congo"),
    "CI": ("Ivory Coast",),
    "CV": ("Cape Verde",),
    "CZ": ("Czech Republic",),
    "GB": ("UK", "Britain", "Great Britain"),
    "KP": ("North Korea",),
    "KR": ("South Korea",),
    "MK": ("Macedonia",),
    "MM": ("Burma",),
    "NL": ("Holland",),
    "PS": ("Palestine", "Palestinian Territories"),
    "SZ": ("Swaziland",),
    "TR": ("Turkey",),
    "TL": ("East Timor",),
    "US": ("US", "USA", "United States of America", "America"),
    "VA": ("Vatican", "Vatican City"),
})  # fmt: skip
"""Names that news gives to countries and that neither place library lists."""

STATE_ABBREVIATIONS: Mapping[str, str] = MappingProxyType(dict(
    pair.split(":")
    for pair in (
        "AL:Ala AZ:Ariz AR:Ark CA:Calif CO:Colo CT:Conn DE:Del FL:Fla GA:Ga IL:Ill IN:Ind KS:Kan"
        " KY:Ky LA:La MD:Md MA:Mass MI:Mich MN:Minn MS:Miss MO:Mo MT:Mont NE:Neb NV:Nev NH:N.H."
        " NJ:N.J. NM:N.M. NY:N.Y. NC:N.C. ND:N.D. OK:Okla OR:Ore PA:Pa RI:R.I. SC:S.C. SD:S.D."
        " TN:Tenn TX:Tex VT:Vt VA:Va WA:Wash WV:W.Va WI:Wis WY:Wyo"
    ).split()
))  # fmt: skip
"""How American news abbreviates the name of a state after a town's name."""
