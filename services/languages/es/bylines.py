"""Words that pages in Spanish put beside the dates and the authors of an article."""

from services.languages.relative_date_words import RelativeDateWords

PUBLISHED_LABELS = (
    "publicado",
    "publicada",
    "fecha",
    "creado",
    "publicación",
    "fecha de publicación",
)
UPDATE_LABELS = (
    "actualizado",
    "actualizada",
    "actualización",
    "modificado",
    "última actualización",
)
RELATIVE_DATES = RelativeDateWords(
    units={
        "minute": ("minuto", "minutos", "min"),
        "hour": ("hora", "horas", "h"),
        "day": ("día", "días"),
        "week": ("semana", "semanas"),
        "month": ("mes", "meses"),
        "year": ("año", "años"),
    },
    before="hace",
    one=("un", "una"),
    days={"hoy": 0, "ayer": 1, "anteayer": 2},
)
BYLINE_PREFIXES = (
    r"(?:escrito|publicado|redactado|elaborado)\spor\s?:?\s?",
    r"(?:por|autor(?:a|es)?|redacción|redactora?)\s?:\s?",
    r"por\s",
    r"texto\s?(?::|de)\s?",
)
AUTHOR_CONJUNCTIONS = ("y", "e")
PICTURE_LABELS = (
    "fotografías",
    "fotos",
    "foto",
    "imágenes",
    "imagen",
    "ilustraciones",
    "vídeo",
    "video",
)
OUTLET_WORDS = frozenset(("efe", "noticias", "prensa"))
ROLE_WORDS = frozenset(
    (
        "corresponsal",
        "redactor",
        "redactora",
        "periodista",
        "reportero",
        "reportera",
        "enviado",
        "enviada",
        "editor",
        "editora",
        "director",
        "directora",
        "redacción",
        "columnista",
        "autor",
        "autora",
    )
)
HELPER_LABELS = ("(?:revisado|traducido|editado|verificado) por",)
GENRE_WORDS = {
    "opinion": (
        "opinión",
        "editorial",
        "editoriales",
        "columna",
        "columnas",
        "tribuna",
        "tribunas",
        "columnistas",
    ),
    "analysis": ("análisis",),
    "press-release": ("comunicado de prensa", "nota de prensa", "comunicado"),
    "live-blog": ("en directo", "directo", "en vivo"),
    "obituary": ("obituario", "obituarios"),
    "review": ("crítica", "críticas", "reseña", "reseñas"),
}
HOME_LABELS = ("inicio", "portada")
