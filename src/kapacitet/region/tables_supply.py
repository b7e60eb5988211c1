"""Tables about places: offers, their residents, candidates and conversions."""

from __future__ import annotations

from kapacitet.region.columns import (
    MOST_PLACES,
    UDENBYS,
    UDENFOR,
    Column,
    Table,
    amount,
    date,
    evidenced,
    flag,
    money,
    municipality,
    share,
    target_group,
    target_groups,
    text,
    texts,
    whole,
    year,
)

LEGAL_BASES = ("sel107", "sel108", "abl105")
OFFER_OWNERS = ("kommune", "region", "privat", "selvejende")
BUILDERS = ("kommune", "region")

_LEGAL_BASIS = texts(
    "legal_basis",
    "Lovgrundlag: sel107 (midlertidigt), sel108 (længerevarende), abl105 (almen bolig); flere med ; imellem.",
    allowed=LEGAL_BASES,
)
_OWNER = text("owner", "Ejeren: kommunens kode, når ejertypen er kommune, ellers navnet på regionen eller ejeren.")
_MINIMUM_RESIDENTS = whole(
    "minimum_residents", "Faglig kritisk masse: færrest beboere.", "helårspladser", required=False
)
_STAFF = amount("staff_per_place", "Årsværk pr. plads.", "årsværk", required=False)
_TILSYN = money("yearly_tilsyn", "Socialtilsynets årlige takst.", required=False, unit="kr. pr. år")
_LATITUDE = Column("latitude", "number", "Breddegrad.", False, unit="grader", minimum=-90, maximum=90)
_LONGITUDE = Column("longitude", "number", "Længdegrad.", False, unit="grader", minimum=-180, maximum=180)
_VARIABLE_COST = "Omkostninger, der følger forbruget, uden den varierende del af ydelsestaksten"
_BUDGETED_OCCUPANCY = share("budgeted_occupancy", "Budgetteret belægning.", above=0.0)
_PLACE_YEAR = "kr. pr. helårsplads"

SUPPLY_TABLES = (
    Table(
        "offers",
        "Eksisterende tilbud",
        "En række pr. enhed, der kan fyldes for sig. En plads tæller én gang, også når tilbuddet er åbent "
        "for flere målgrupper.",
        evidenced(
            text("id", "Tilbuddets id."),
            text("name", "Tilbuddets navn."),
            municipality(description="Koden på den kommune, tilbuddet ligger i."),
            text("owner_type", "Ejertype.", allowed=OFFER_OWNERS),
            _OWNER,
            _LEGAL_BASIS,
            target_groups("target_groups", "De målgrupper, tilbuddet er fagligt dækkende for."),
            whole("places", "Pladser.", "pladser", maximum=MOST_PLACES),
            money(
                "fixed_cost",
                "Faste omkostninger med kapital, uden tilsyn. Skal stå for tilbud, der afregnes over "
                "rammeaftalen; må være tom for dem, der har en pris.",
                required=False,
                unit="kr. pr. år",
            ),
            money(
                "capital_charge",
                "Den del af de faste omkostninger, der bliver tilbage, hvis tilbuddet lukker.",
                required=False,
                unit="kr. pr. år",
            ),
            money(
                "variable_cost",
                f"{_VARIABLE_COST}. Skal stå for tilbud, der afregnes over rammeaftalen; må være tom for "
                "dem, der har en pris.",
                required=False,
                unit=_PLACE_YEAR,
            ),
            money(
                "price",
                "Pris for private tilbud og selvejende uden for rammeaftalen.",
                required=False,
                unit=_PLACE_YEAR,
            ),
            money("top_up", "Tillægsydelse ud over takst eller pris.", required=False, unit=_PLACE_YEAR),
            _BUDGETED_OCCUPANCY,
            year("opened", "Første år med pladser; tom: altid.", required=False),
            year("closes", "Første år uden pladser; tom: aldrig.", required=False),
            year("earliest_close", "Tidligste år, en lukning kan træde i kraft.", required=False),
            money("closing_cost", "Engangsudgift ved lukning.", required=False),
            _MINIMUM_RESIDENTS,
            _STAFF,
            _TILSYN,
            _LATITUDE,
            _LONGITUDE,
            flag("in_rammeaftale", "Om tilbuddet er omfattet af rammeaftalen."),
            text("deficit_bearer", "Hvem der bærer et underskud, hvis det ikke er ejeren.", required=False),
            date("as_of", "Den dag, pladstallet er opgjort."),
        ),
        key=("id",),
    ),
    Table(
        "residents",
        "Beboere i dag",
        "En række pr. betalende kommune, målgruppe og tilbud. Kun antal, aldrig personer.",
        evidenced(
            text(
                "municipality",
                "Koden på den betalende kommune, eller udenbys.",
                references=("municipalities.code",),
                also=(UDENBYS,),
            ),
            target_group(),
            Column(
                "offer",
                "text",
                "Tilbuddets id, eller udenfor:<målgruppe> for dem, der bor i tilbud uden for listen.",
                references=("offers.id",),
                prefix=UDENFOR,
                prefixed="target_groups.id",
            ),
            whole("count", "Beboere.", "personer"),
            date("as_of", "Den dag, antallet er opgjort."),
        ),
        key=("municipality", "target_group", "offer"),
    ),
    Table(
        "candidates",
        "Mulige nye tilbud",
        "En række pr. variant. Varianter af samme projekt udelukker hinanden.",
        evidenced(
            text("id", "Variantens id."),
            text("project", "Projektets id, fælles for dets varianter."),
            text("name", "Variantens navn."),
            municipality(description="Koden på den kommune, der bygges i."),
            text("owner_type", "Ejertype.", allowed=BUILDERS),
            _OWNER,
            _LEGAL_BASIS,
            target_groups("target_groups", "De målgrupper, tilbuddet bliver fagligt dækkende for."),
            whole("places", "Pladser.", "pladser", minimum=1, maximum=MOST_PLACES),
            money("construction_cost", "Anlægsudgift."),
            Column(
                "spend_profile",
                "numbers",
                "Anlægsudgiftens fordeling på årene fra byggestart; summen er 1, fx 0.5;0.5.",
                unit="andel",
                minimum=0,
                maximum=1,
            ),
            whole("lead_time", "År fra byggestart til åbning.", "år", maximum=50),
            year("earliest", "Tidligste byggestart."),
            year("latest", "Seneste byggestart."),
            money("fixed_cost", "Faste omkostninger uden kapital og tilsyn.", unit="kr. pr. år"),
            money("variable_cost", f"{_VARIABLE_COST}.", unit=_PLACE_YEAR),
            money(
                "housing_cost",
                "Boligudgift, der betales af beboernes husleje (ABL).",
                required=False,
                unit="kr. pr. år",
            ),
            _BUDGETED_OCCUPANCY,
            Column(
                "startup_occupancy",
                "numbers",
                "Budgetteret belægning i de første år under takststyring, fx 0.7;0.85.",
                required=False,
                unit="andel",
                above=0,
                maximum=1,
            ),
            _MINIMUM_RESIDENTS,
            _STAFF,
            money("approval_cost", "Socialtilsynets takst for godkendelse.", required=False),
            _TILSYN,
            texts(
                "requires",
                "Projekter eller varianter, der skal være begyndt senest samtidig.",
                required=False,
                references=("candidates.id", "candidates.project"),
            ),
            _LATITUDE,
            _LONGITUDE,
        ),
        key=("id",),
    ),
    Table(
        "conversions",
        "Omlægninger",
        "En række pr. mulig omlægning af et eksisterende tilbud til andre målgrupper.",
        evidenced(
            text("offer", "Tilbuddets id.", references=("offers.id",)),
            target_groups("from_groups", "Målgrupper, tilbuddet holder op med at være for."),
            target_groups("to_groups", "Målgrupper, tilbuddet bliver for."),
            money("cost", "Engangsudgift."),
            whole("years", "År fra beslutning, til omlægningen træder i kraft.", "år", maximum=50),
            year("earliest", "Tidligste beslutning."),
        ),
        key=("offer", "from_groups", "to_groups"),
        optional=True,
    ),
)
