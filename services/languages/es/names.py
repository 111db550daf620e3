"""Spanish words that belong to names or stand beside them."""

from services.languages.name_words import NameWords

NAMES = NameWords(
    sentence_openers=frozenset(
        "en de del desde a al con sin por para según sobre tras ante bajo entre hacia hasta"
        " durante mediante como cuando mientras aunque porque pero sino y o ni que si no ya aún"
        " también además hoy ayer mañana ahora entonces allí aquí así muy más menos todo toda"
        " todos todas otro otra otros otras su sus este esta estos estas ese esa aquel aquella"
        " cada lo le les se lunes martes miércoles jueves viernes sábado domingo".split()
    ),
    honorifics=frozenset(
        "señor señora señorita sr sra srta don doña dr dra doctor doctora profesor profesora"
        " prof general coronel capitán teniente sargento comandante cabo almirante monseñor"
        " padre juez jueza fiscal sir".split()
    ),
    address_words=frozenset("señor señora sr sra srta don doña dr dra doctor doctora".split()),
    feminine_honorifics=frozenset(
        "señora señorita sra srta doña dra doctora profesora jueza".split()
    ),
    masculine_honorifics=frozenset("señor sr don dr doctor profesor".split()),
    particles=frozenset("de del la el y".split()),
    offices=frozenset(
        "pescador pescadora turista taxista camarero camarera cocinero cocinera jubilado"
        " jubilada estudiante conductor conductora obrero obrera guía dueño dueña bombero"
        " bombera geólogo geóloga enfermera enfermero médico médica maestra maestro profesora"
        " actor periodista empresario empresaria activista historiador historiadora pintor"
        " pintora poeta futbolista centrocampista mediocampista arquero arquera técnico"
        " seleccionador seleccionadora exministro exministra expresidente expresidenta"
        " vicepresidente vicepresidenta subsecretario subsecretaria consejero consejera delegado"
        " delegada subdelegado subdelegada edil rector rectora decano decana fundador fundadora"
        " ingeniero ingeniera bióloga biólogo testigo agricultor agricultora panadero panadera"
        " vecino vecina coordinadora coordinador presentador presentadora sindicalista candidato"
        " candidata guionista cineasta presidente presidenta primer ministro ministra canciller"
        " alcalde alcaldesa gobernador gobernadora portavoz vocero vocera director directora"
        " secretario secretaria senador senadora diputado diputada magistrado magistrada abogado"
        " abogada entrenador entrenadora delantero portero rey reina papa obispo arzobispo"
        " cardenal embajador embajadora líder jefe jefa gerente comisario comisaria analista"
        " economista autor autora escritor escritora actriz cantante investigador investigadora"
        " concejal concejala".split()
    ),
    royal_titles=frozenset("rey reina papa príncipe princesa".split()),
    feminine_names=frozenset(
        "nuria penélope clara alba andrea noelia rocío esther eva gloria susana sonia mónica"
        " natalia lorena adriana alicia amparo ángela antonia aurora begoña blanca carla"
        " carolina catalina celia cecilia consuelo daniela diana elsa emilia encarnación"
        " estefanía esperanza estrella fátima fernanda graciela guadalupe inmaculada josefa"
        " juana julia juliana leticia lidia lola lourdes luisa macarena magdalena manuela"
        " margarita mariana marina martina matilde milagros montserrat nieves olga paloma paz"
        " rosario ruth sandra soledad tamara vanesa victoria violeta virginia maría ana carmen"
        " lucía laura marta elena isabel cristina rosa pilar teresa sara paula claudia patricia"
        " mercedes dolores beatriz irene silvia raquel inés yolanda verónica gabriela valeria"
        " camila sofía ximena".split()
    ),
    masculine_names=frozenset(
        "tomás iker iván óscar adrián agustín alfonso alfredo álex arturo benito bernardo"
        " carmelo césar cristóbal daniel david domingo eduardo emilio ernesto esteban eugenio"
        " felipe félix gabriel germán gerardo gregorio guillermo gustavo héctor ignacio ismael"
        " jaime jacinto joan jordi josep julián julio leandro leonardo lorenzo lucas marcelo"
        " marcos mariano mario martín mauricio máximo nicolás norberto omar pascual patricio"
        " ricardo roberto rodolfo rubén salvador samuel santi saúl sebastián teodoro unai"
        " valentín víctor xavier josé juan antonio manuel francisco luis carlos javier jesús"
        " pedro pablo miguel ángel fernando alejandro diego sergio rafael alberto andrés jorge"
        " ramón enrique vicente joaquín iñaki gonzalo rodrigo santiago mateo hugo álvaro".split()
    ),
    organisation_openers=frozenset(
        "universidad hospital banco ministerio museo instituto fundación colegio escuela clínica"
        " federación asociación partido".split()
    ),
    place_openers=frozenset(
        "calle avenida plaza paseo puente aeropuerto estación estadio puerto".split()
    ),
    legal_forms=frozenset("sau".split()),
    page_labels=frozenset("compartir enlace correo imprimir suscríbete comentar copiar".split()),
    byline_words=frozenset("por".split()),
)
