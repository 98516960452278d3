# ruff: noqa: RUF001 - words of many scripts
"""Words that tell what a line is for, in the languages that news is written in most, each group a bit.

No feature needs them: in a language that is not here, the shape of the line, its place and its neighbours still speak.
"""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from broadsheet.segmenter.features.known_words import KnownWords
from broadsheet.segmenter.features.words import Words, word_hash

GROUPS = {
    "function": (
        "the of and to in a is that for on with as was it at by from are be this have has not an but they he she his her we"
        " you their its which were had will would been or who when what there if can more about after said i"
        " der die das und den von zu mit sich des auf für ist im dem nicht ein eine als auch es an werden aus er hat dass sie"
        " nach wird bei einer um am sind noch wie einem über so zum war haben nur oder aber vor zur bis mehr durch man"
        " de la el que y en los del se las por un para con no una su al lo como más pero sus le ya o fue este ha sí porque"
        " le les des et est une dans qui par plus pour pas au sur ne ce il elle sont avec ses ont été aux cette mais son nous"
        " e o os as um uma do da dos das em no na nos nas não com ao à mais foi pelo pela são seu sua ele ela também"
        " di il che è per non sono della delle dei gli alla nel anche ma si dal ha lo più come questo"
        " het een van dat niet op te zijn voor met die aan er ook bij maar om naar heeft worden"
        " och att det som på är av inte till den har med för ett om jag vi han hon de men var"
        " og i er til på av det som ikke en et han hun de å ble fra ved"
        " ja on ei että se oli hän mutta myös kun ovat joka"
        " w i na z się nie do to że jest o jak po co za od przez ale był"
        " a v se na je že s z do o to i pro ale jako by k"
        " és a az hogy nem is egy van volt de meg ez csak már"
        " și în a la cu pe nu din că este care mai pentru"
        " ve bir bu da de için ile çok olarak daha gibi sonra kadar olan"
        " и в не на что с он я а то по но как к у его от из за это о для так был все было"
        " і та у що з це як до про але від був ми"
        " yang dan di dengan untuk dari pada ini itu tidak dalam akan juga ke oleh adalah"
        " ที่ และ 的 了 是 在 我 有 和 就 不 人 の に は を た が で て と し"
    ),
    "month": (
        "january february march april may june july august september october november december jan feb mar apr jun jul aug"
        " sep sept oct nov dec januar februar märz mai juni juli oktober dezember enero febrero marzo abril mayo junio julio"
        " agosto septiembre octubre noviembre diciembre janvier février mars avril juin juillet août septembre octobre"
        " novembre décembre janeiro fevereiro março maio junho julho setembro outubro dezembro gennaio febbraio aprile maggio"
        " giugno luglio settembre ottobre dicembre januari februari maart mei augustus desember december oktober stycznia"
        " lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia ocak şubat mart nisan"
        " mayıs haziran temmuz ağustos eylül ekim kasım aralık января февраля марта апреля мая июня июля августа сентября"
        " октября ноября декабря maret agustus 月 年"
    ),
    "day": (
        "monday tuesday wednesday thursday friday saturday sunday mon tue wed thu fri sat sun montag dienstag mittwoch"
        " donnerstag freitag samstag sonntag lunes martes miércoles jueves viernes sábado domingo lundi mardi mercredi jeudi"
        " vendredi samedi dimanche segunda terça quarta quinta sexta lunedì martedì mercoledì giovedì venerdì sabato domenica"
        " today yesterday heute gestern hoy ayer aujourd hui hier hoje ontem oggi ieri kemarin вчера сегодня 日 曜"
    ),
    "ago": (
        "ago hour hours hr hrs minute minutes min mins day days week weeks month months h d m am pm est edt gmt utc stunden"
        " stunde minuten tagen uhr hace hora horas minutos días il y heures heure minutes jours há dias ore fa minuti giorni"
        " jam menit lalu часов часа назад минут uur geleden siden timmar sedan önce saat dakika 時間 前 分 時"
    ),
    "by": "by von por par di door av przez от autor author editor reporter correspondent staff écrit written redaktion text",
    "update": (
        "updated published posted modified first last aktualisiert veröffentlicht stand publicado actualizado publié"
        " mis jour aggiornato pubblicato opdateret uppdaterad bijgewerkt обновлено"
    ),
    "comment": (
        "comment comments reply replies kommentar kommentare kommentieren comentario comentarios commentaire commentaires"
        " commenti reacties kommentarer комментарии likes upvote report flag"
    ),
    "share": (
        "share tweet facebook twitter whatsapp linkedin email print pinterest reddit copy link instagram youtube telegram"
        " teilen drucken compartir imprimir partager imprimer compartilhar condividi delen dela del bluesky threads follow"
    ),
    "more": (
        "read more also see next previous related continue full story watch mehr lesen weiterlesen thema weitere leer más lea"
        " también lire aussi suite leia mais leggi anche lees meer läs mer baca juga selengkapnya"
    ),
    "ranked": (
        "most popular trending latest top stories recommended editors picks headlines news beliebt meistgelesen meiste"
        " aktuell populares últimas noticias leídas plus lus récents lidas terpopuler terkini ranking"
    ),
    "menu": (
        "home news sport sports business world politics opinion entertainment culture travel weather video videos photos"
        " tech technology science health lifestyle food style arts money local jobs search menu sections startseite politik"
        " wirtschaft kultur wissen reise deportes cultura economía mundo accueil économie monde monday contact about help faq"
    ),
    "signup": (
        "subscribe subscription newsletter sign signup log login register account inbox email free trial premium member"
        " membership unsubscribe abonnieren abo anmelden registrieren suscríbete suscribirse iniciar sesión abonnez connexion"
        " assine inscreva abbonati aanmelden"
    ),
    "legal": (
        "copyright rights reserved privacy policy terms use conditions cookie cookies disclaimer impressum datenschutz agb"
        " advertise advertisement careers accessibility aviso privacidad derechos mentions légales confidentialité"
        " rechte vorbehalten ltd inc llc reproduced permission consent"
    ),
    "said": "said says told added sagte dijo afirmó déclaré disse detto zei sade сказал added according laut según selon",
}
"""Groups of words; the place of a group is its bit."""

FUNCTION = list(GROUPS).index("function")


@dataclass(frozen=True, slots=True)
class _Lexicon:
    """The words of all groups.

    Attributes:
        words: finds them.
        sorts: number of the sort of each, and 0 for every other word; words of a sort are in the same groups.
        groups: whether a sort is in a group, (groups, sorts) of 0 and 1.
    """

    words: KnownWords
    sorts: NDArray[np.intp]
    groups: NDArray[np.float32]


@lru_cache(maxsize=1)
def _lexicon() -> _Lexicon:
    bits: dict[int, int] = {}
    for place, words in enumerate(GROUPS.values()):
        for word in words.split():
            key = word_hash(word)
            bits[key] = bits.get(key, 0) | 1 << place
    keys = sorted(bits)
    found = sorted({0, *bits.values()})
    return _Lexicon(
        KnownWords(np.array(keys, np.uint32)),
        np.array([*(found.index(bits[key]) for key in keys), 0], np.intp),
        np.array([[each >> place & 1 for each in found] for place in range(len(GROUPS))], np.float32),
    )


def group_counts(words: Words) -> NDArray[np.float32]:
    """Give how many words of each group each line has, (groups, lines)."""
    lexicon = _lexicon()
    sorts = lexicon.sorts.take(lexicon.words.places(words.hashes))
    size, lines = lexicon.groups.shape[1], len(words.starts) - 1
    counts = np.bincount(words.line * size + sorts, minlength=lines * size).reshape(lines, size)
    return lexicon.groups @ counts.T.astype(np.float32)
