"""Months by the names that dates on pages have for them, in the main languages of the web."""

from __future__ import annotations

from collections.abc import Mapping

# A paragraph a language: English, German, French, Spanish, Italian, Portuguese, Dutch, the
# Scandinavian ones, Polish, Czech with Slovak, Hungarian, Romanian, Finnish, Turkish, Russian,
# Ukrainian, Greek, Indonesian.
# Its twelve months have blanks between them, the forms of one a slash.
_NAMES = """
january/jan february/feb march/mar april/apr may june/jun july/jul august/aug september/sep/sept
october/oct november/nov december/dec

januar/jänner/jän/jaenner februar/feber märz/mär/maerz/mrz april mai juni juli august september
oktober/okt november dezember/dez

janvier/janv février/févr/fév/fevrier mars avril/avr mai juin juillet/juil août/aout septembre
octobre novembre décembre/déc/decembre

enero/ene febrero marzo abril/abr mayo junio julio agosto/ago septiembre/setiembre octubre noviembre
diciembre/dic

gennaio/gen febbraio marzo aprile maggio/mag giugno/giu luglio/lug agosto settembre/set/sett
ottobre/ott novembre dicembre/dic

janeiro fevereiro/fev março/marco abril maio/mai junho julho agosto setembro outubro/out novembro
dezembro

januari februari maart/mrt april mei juni juli augustus september oktober november december

januari/januar februari/februar mars/marts april maj/mai juni juli augusti/august september oktober
november december/desember/des

stycznia/styczeń/sty lutego/luty/lut marca/marzec kwietnia/kwiecień/kwi maja/maj
czerwca/czerwiec/cze lipca/lipiec/lip sierpnia/sierpień/sie września/wrzesień/wrz
października/październik/paź listopada/listopad/lis grudnia/grudzień/gru

ledna/leden/januára února/únor/februára března/březen/marca dubna/duben/apríla května/květen/mája
června/červen/júna července/červenec/júla srpna/srpen/augusta září/septembra října/říjen/októbra
listopadu/listopad/novembra prosince/prosinec/decembra

január február március/márc április/ápr május/máj június/jún július/júl augusztus szeptember/szept
október november december

ianuarie/ian februarie martie aprilie mai iunie/iun iulie/iul august septembrie octombrie noiembrie
decembrie

tammikuuta helmikuuta maaliskuuta huhtikuuta toukokuuta kesäkuuta heinäkuuta elokuuta syyskuuta
lokakuuta marraskuuta joulukuuta

ocak şubat mart nisan mayıs haziran temmuz ağustos eylül ekim kasım aralık

января/янв февраля/фев марта/мар апреля/апр мая/май июня/июн июля/июл августа/авг сентября/сен/сент
октября/окт ноября/ноя/нояб декабря/дек

січня/січ лютого/лют березня/бер квітня/квіт травня/трав червня/черв липня/лип серпня/серп
вересня/вер жовтня/жовт листопада/лист грудня/груд

ιανουαρίου/ιαν φεβρουαρίου/φεβ μαρτίου/μαρ απριλίου/απρ μαΐου/μαϊ ιουνίου/ιουν ιουλίου/ιουλ
αυγούστου/αυγ σεπτεμβρίου/σεπ οκτωβρίου/οκτ νοεμβρίου/νοε δεκεμβρίου/δεκ

januari februari maret april mei juni juli agustus september oktober november desember
"""


def _months() -> Mapping[str, int]:
    return {
        name: month
        for names in _NAMES.split("\n\n")
        for month, forms in enumerate(names.split(), start=1)
        for name in forms.split("/")
    }


MONTHS: Mapping[str, int] = _months()
"""The number of each month by its names in lower case."""
