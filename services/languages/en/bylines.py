"""Words that pages in English put beside the dates and the authors of an article."""

from services.languages.relative_date_words import RelativeDateWords

PUBLISHED_LABELS = (
    "published",
    "posted",
    "created",
    "issued",
    "publication date",
    "date published",
    "date posted",
    "post time",
    "post date",
    "first published",
    "originally published",
    "this article was first published",
    "this article was originally published",
    "this story was first published",
    "this story was originally published",
    "posted on",
    "released",
    "uploaded",
    "date",
)
UPDATE_LABELS = (
    "last updated",
    "updated",
    "modified",
    "reviewed",
    "last update",
    "last edited",
    "last changed",
)
RELATIVE_DATES = RelativeDateWords(
    units={
        "second": ("second", "seconds", "sec", "secs"),
        "minute": ("minute", "minutes", "min", "mins", "m"),
        "hour": ("hour", "hours", "hr", "hrs", "h"),
        "day": ("day", "days", "d"),
        "week": ("week", "weeks", "w"),
        "month": ("month", "months"),
        "year": ("year", "years"),
    },
    after="ago",
    one=("a", "an", "one"),
    numbers={"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8},
    days={"today": 0, "yesterday": 1},
)
PICTURE_LABELS = (
    "photographs",
    "photography",
    "photos",
    "photo",
    "pictures",
    "images",
    "illustrations",
    "illustration",
    "video",
    "graphics",
)
ROLE_WORDS = frozenset(
    (
        "correspondent",
        "editor",
        "reporter",
        "writer",
        "author",
        "contributor",
        "columnist",
        "journalist",
        "producer",
        "photographer",
        "critic",
        "chief",
        "intern",
        "freelance",
        "freelancer",
        "blogger",
        "analyst",
        "anchor",
        "presenter",
        "specialist",
        "expert",
        "director",
        "manager",
        "founder",
        "ceo",
        "cto",
        "cfo",
        "president",
        "professor",
        "researcher",
        "dietitian",
        "nutritionist",
        "consultant",
        "strategist",
        "coach",
        "attorney",
        "lawyer",
        "fellow",
        "officer",
        "head",
        "associate",
        "assistant",
        "senior",
        "lead",
        "deputy",
        "contributing",
        "executive",
        "managing",
        "political",
        "science",
        "business",
        "transport",
        "technology",
        "environment",
        "education",
        "economics",
        "diplomatic",
        "entertainment",
        "investigations",
    )
)
HELPER_LABELS = (
    "(?:medically |clinically |expert |fact[ -])?(?:reviewed|checked|verified)(?: by|:)",
    "(?:last )?(?:edited|updated|translated|curated|produced)(?: by|:)",
)
BYLINE_NOISE = frozenset(
    "more view posts post articles read full bio profile follow share about fact"
    " checked fact-checked cite webpage page editorial process published updated last"
    " learn sponsored disclosure newsletter subscribe comments comment minutes min"
    " mins mon tue tues wed thu thurs fri sat sun monday tuesday wednesday thursday"
    " friday saturday sunday here contact email advertisement experts driven article"
    " ago staff team desk bureau newsroom editors admin administrator null none undefined posted"
    " anonymous unknown webmaster wordpress twitter facebook".split()
)
OUTLET_WORDS = frozenset(
    "press post news wire herald gazette times media agency newspaper tribune network magazine"
    " newsroom radio tv television chronicle observer journal telegraph broadcasting".split()
)
GENRE_WORDS = {
    "opinion": (
        "opinion",
        "opinions",
        "op-ed",
        "editorial",
        "editorials",
        "comment",
        "commentary",
        "column",
        "columns",
        "columnists",
        "comment is free",
        "letters",
    ),
    "analysis": ("analysis", "explainer", "explainers"),
    "press-release": ("press release", "press releases", "news release", "media release"),
    "live-blog": ("live blog", "liveblog", "live updates"),
    "obituary": ("obituary", "obituaries", "obits"),
    "review": ("review", "reviews"),
}
HOME_LABELS = ("home", "homepage", "home page", "front page")
