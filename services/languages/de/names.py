"""German words that belong to names or stand beside them."""

from services.languages.name_words import NameWords

NAMES = NameWords(
    honorifics=frozenset(
        "herr herrn frau dr prof professor professorin hauptmann oberst leutnant"
        " oberleutnant feldwebel major general admiral kommissar pfarrer pastor bruder"
        " schwester graf gräfin freiherr freifrau".split()
    ),
    address_words=frozenset("herr herrn frau dr prof".split()),
    feminine_honorifics=frozenset("frau gräfin freifrau".split()),
    masculine_honorifics=frozenset("herr herrn graf freiherr".split()),
    particles=frozenset("von zu zum zur der".split()),
    offices=frozenset(
        "präsident präsidentin kanzler kanzlerin bundeskanzler bundeskanzlerin minister"
        " ministerin außenminister außenministerin innenminister innenministerin"
        " finanzminister finanzministerin verteidigungsminister wirtschaftsminister"
        " gesundheitsminister bürgermeister bürgermeisterin oberbürgermeister"
        " oberbürgermeisterin ministerpräsident ministerpräsidentin führer führerin"
        " sprecher sprecherin vorsitzender vorsitzende vorsitzenden chef chefin direktor"
        " direktorin richter richterin staatsanwalt staatsanwältin anwalt trainer"
        " trainerin stürmer torwart abgeordneter abgeordnete senator senatorin landrat"
        " landrätin kommissarin papst könig königin bischof kardinal geschäftsführer"
        " geschäftsführerin leiter leiterin hafenmeister forscher forscherin experte"
        " expertin autor autorin schriftsteller schriftstellerin schauspieler"
        " schauspielerin anwältin ökonom analyst".split()
    ),
    royal_titles=frozenset("könig königin papst prinz prinzessin".split()),
    feminine_names=frozenset(
        "ines marlene clara annalena angela anna ursula sabine petra claudia julia"
        " katrin katharina monika andrea heike birgit gisela renate brigitte helga"
        " ingrid nina lena leonie franziska svenja anja silke martina stefanie susanne"
        " ulrike ida greta hannelore luise frieda".split()
    ),
    masculine_names=frozenset(
        "hans peter klaus jürgen wolfgang dieter olaf friedrich markus matthias"
        " sebastian stefan thomas andreas michael christian jens uwe bernd karl heinz"
        " helmut gerhard horst günter rainer ralf lars florian felix lukas tobias jan"
        " max moritz emil otto fritz egon nils".split()
    ),
    place_endings=frozenset(
        "straße strasse platz allee brücke flughafen bahnhof stadion hafen".split()
    ),
    organisation_endings=frozenset(
        "universität hochschule krankenhaus klinik museum bank stiftung institut"
        " akademie ministerium".split()
    ),
    legal_forms=frozenset("gmbh ag kg ohg".split()),
    page_labels=frozenset("teilen drucken kommentieren merken abonnieren vorlesen mailen".split()),
)
