"""Words that pages in Portuguese put beside the dates and the authors of an article."""

from services.languages.relative_date_words import RelativeDateWords

PUBLISHED_LABELS = (
    "publicado",
    "publicada",
    "postado",
    "criado",
    "data",
    "publicação",
    "data de publicação",
)
UPDATE_LABELS = (
    "atualizado",
    "atualizada",
    "actualizado",
    "atualização",
    "modificado",
    "última atualização",
)
RELATIVE_DATES = RelativeDateWords(
    units={
        "minute": ("minuto", "minutos", "min"),
        "hour": ("hora", "horas", "h"),
        "day": ("dia", "dias"),
        "week": ("semana", "semanas"),
        "month": ("mês", "meses"),
        "year": ("ano", "anos"),
    },
    before="há|faz",
    after="atrás",
    before_or_after=True,
    one=("um", "uma"),
    days={"hoje": 0, "ontem": 1, "anteontem": 2},
)
BYLINE_PREFIXES = (
    r"(?:escrito|publicado|redigido|postado)\spor\s?:?\s?",
    r"(?:por|autor(?:a|es)?|repórter|reportagem|redação)\s?:\s?",
    r"por\s",
    r"texto\s?(?::|de)\s?",
)
AUTHOR_CONJUNCTIONS = ("e",)
PICTURE_LABELS = ("fotografias", "fotos", "foto", "imagens", "imagem", "ilustrações", "vídeo")
ROLE_WORDS = frozenset(
    (
        "correspondente",
        "repórter",
        "jornalista",
        "redator",
        "redatora",
        "editor",
        "editora",
        "redação",
        "colunista",
        "enviado",
        "enviada",
        "autor",
        "autora",
    )
)
HELPER_LABELS = ("(?:revisado|traduzido|editado|verificado) por",)
GENRE_WORDS = {
    "opinion": ("opinião", "editorial", "editoriais", "coluna", "colunas", "colunistas"),
    "analysis": ("análise",),
    "press-release": ("comunicado de imprensa", "nota de imprensa"),
    "live-blog": ("ao vivo", "em direto"),
    "obituary": ("obituário", "obituários"),
    "review": ("crítica", "críticas", "resenha", "resenhas"),
}
HOME_LABELS = ("início",)
