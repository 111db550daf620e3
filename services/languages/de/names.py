"""German words that belong to names or stand beside them."""

from services.languages.name_words import NameWords

NAMES = NameWords(
    sentence_openers=frozenset(
        "auf aus an am im in ins bei beim mit nach seit von vom zu zum zur für gegen ohne um"
        " durch über unter vor zwischen während wegen trotz laut neben hinter statt als wenn"
        " weil dass ob und oder aber doch auch noch nun jetzt heute gestern morgen dann dort"
        " hier so wie wo wer was warum nur schon erst sogar denn dabei dazu danach zudem"
        " außerdem insgesamt allein alle beide viele einige mehrere kein keine sein seine ihr"
        " ihre unser unsere dieser diese dieses jeder jede montag dienstag mittwoch donnerstag"
        " freitag samstag sonntag januar februar märz april mai juni juli august september"
        " oktober november dezember".split()
    ),
    honorifics=frozenset(
        "herr herrn frau dr prof professor professorin hauptmann oberst leutnant oberleutnant"
        " feldwebel major general admiral kommissar pfarrer pastor bruder schwester graf gräfin"
        " freiherr freifrau".split()
    ),
    address_words=frozenset("herr herrn frau dr prof".split()),
    feminine_honorifics=frozenset("frau gräfin freifrau".split()),
    masculine_honorifics=frozenset("herr herrn graf freiherr".split()),
    particles=frozenset("von zu zum zur der".split()),
    office_endings=(
        "erin",
        "orin",
        "istin",
        "entin",
        "antin",
        "ogin",
        "eurin",
        "ärin",
        "atin",
        "leiter",
        "sprecher",
        "meister",
        "führer",
        "experte",
        "anwalt",
    ),
    offices=frozenset(
        "koch köchin kellner kellnerin verkäufer verkäuferin rentner rentnerin schüler schülerin"
        " student studentin nachbar nachbarin anwohner fahrer bauer bäuerin winzer winzerin"
        " mechaniker tischler fischer matrose gewerkschafter gewerkschafterin oppositionsführer"
        " staatssekretär staatssekretärin sänger sängerin regisseur regisseurin lehrer lehrerin"
        " arzt ärztin polizist polizistin feuerwehrmann unternehmer unternehmerin historiker"
        " historikerin politiker politikerin abgeordneten verteidiger verteidigerin pfarrerin"
        " aktivist aktivistin landwirt landwirtin wirt wirtin bäcker bäckerin torhüter"
        " mittelfeldspieler kapitän pilot pilotin meteorologe meteorologin virologe virologin"
        " bürgermeisterkandidat kandidat kandidatin rektor rektorin intendant intendantin"
        " dirigent kurator kuratorin chefarzt oberarzt gutachter gutachterin zeuge zeugin"
        " moderator moderatorin journalist journalistin verleger kolumnist präses dekan notar"
        " apotheker apothekerin förster försterin gründer gründerin erfinder investor"
        " aufsichtsratschef vorstand vorstandschef vorstandschefin finanzvorstand betriebsrat"
        " betriebsratschef parteichef parteichefin fraktionschef fraktionschefin generalsekretär"
        " generalsekretärin sportdirektor manager managerin botschafter botschafterin kommissar"
        " präsident präsidentin kanzler kanzlerin bundeskanzler bundeskanzlerin minister"
        " ministerin außenminister außenministerin innenminister innenministerin finanzminister"
        " finanzministerin verteidigungsminister wirtschaftsminister gesundheitsminister"
        " bürgermeister bürgermeisterin oberbürgermeister oberbürgermeisterin ministerpräsident"
        " ministerpräsidentin führer führerin sprecher sprecherin vorsitzender vorsitzende"
        " vorsitzenden chef chefin direktor direktorin richter richterin staatsanwalt"
        " staatsanwältin anwalt trainer trainerin stürmer torwart abgeordneter abgeordnete"
        " senator senatorin landrat landrätin kommissarin papst könig königin bischof kardinal"
        " geschäftsführer geschäftsführerin leiter leiterin hafenmeister forscher forscherin"
        " experte expertin autor autorin schriftsteller schriftstellerin schauspieler"
        " schauspielerin anwältin ökonom analyst".split()
    ),
    royal_titles=frozenset("könig königin papst prinz prinzessin".split()),
    feminine_names=frozenset(
        "britta elke dagmar wiebke inken tessa miriam carla hanna johanna lea mia emma lara"
        " luisa antonia theresa veronika barbara beate ute gabriele gabi doris elfriede"
        " hildegard margarete margot rosemarie irmgard edeltraud gudrun karin karen kerstin"
        " kirsten maren meike nadine nicole simone sonja tanja yvonne melanie jasmin jana jule"
        " pia paula rebecca sara sarah selin aylin fatma elif vera wilma elena eva esther"
        " corinna carola cornelia antje anke anne annika bettina christa christiane christine"
        " elisabeth friederike ines marlene clara annalena angela anna ursula sabine petra"
        " claudia julia katrin katharina monika andrea heike birgit gisela renate brigitte helga"
        " ingrid nina lena leonie franziska svenja anja silke martina stefanie susanne ulrike"
        " ida greta hannelore luise frieda".split()
    ),
    masculine_names=frozenset(
        "arne ole jonas jonathan henrik hendrik gustav konrad kurt ludwig manfred norbert paul"
        " philipp reinhard robert roland rüdiger siegfried sven tim timo torsten thorsten udo"
        " ulf ulrich volker walter werner wilhelm winfried alexander alfred armin arnold"
        " benjamin björn bruno carsten christoph clemens daniel david dennis detlef dirk dominik"
        " eberhard eckart edgar emre erich erik ernst erwin eugen fabian falk frank franz fred"
        " georg gerd götz gregor guido hannes harald hartmut heiko heiner henning henry herbert"
        " hermann holger hubert ingo jakob joachim jochen johann johannes josef julian julius"
        " justus kai karsten kevin klemens lennart leo leon leopold linus lothar ludger luis"
        " marc marcel marco mario marius mark martin marvin mats mehmet mirko murat nico niklas"
        " noah ibrahim oliver oscar oskar patrick pascal mustafa hans peter klaus jürgen"
        " wolfgang dieter olaf friedrich markus matthias sebastian stefan thomas andreas michael"
        " christian jens uwe bernd karl heinz helmut gerhard horst günter rainer ralf lars"
        " florian felix lukas tobias jan max moritz emil otto fritz egon nils".split()
    ),
    place_endings=frozenset(
        "straße strasse platz allee brücke flughafen bahnhof stadion hafen".split()
    ),
    organisation_endings=frozenset(
        "universität hochschule krankenhaus klinik museum bank stiftung institut akademie"
        " ministerium".split()
    ),
    legal_forms=frozenset("gmbh ag kg ohg".split()),
    page_labels=frozenset("teilen drucken kommentieren merken abonnieren vorlesen mailen".split()),
)
