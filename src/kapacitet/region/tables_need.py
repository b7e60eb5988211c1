"""Tables about who needs places: municipalities, target groups, demand and population."""

from __future__ import annotations

from kapacitet.region.columns import (
    MOST_PLACES,
    Column,
    Table,
    amount,
    evidenced,
    flag,
    money,
    municipality,
    share,
    target_group,
    text,
    whole,
    year,
)

_AGE_FROM = whole("age_from", "Yngste alder i aldersgruppen.", "år", maximum=130)
_AGE_TO = whole("age_to", "Ældste alder i aldersgruppen (medregnet).", "år", maximum=130)

NEED_TABLES = (
    Table(
        "municipalities",
        "Kommuner",
        "En række pr. kommune i regionen.",
        evidenced(
            text("code", "Kommunekode som tekst, fx 410."),
            text("name", "Kommunens navn uden ordet kommune."),
            whole("population", "Indbyggere.", "personer"),
            text("seat", "Den by, rejsetider regnes fra."),
            Column("latitude", "number", "Byens breddegrad.", unit="grader", minimum=-90, maximum=90),
            Column("longitude", "number", "Byens længdegrad.", unit="grader", minimum=-180, maximum=180),
            text("group", "Navngivet gruppe af kommuner, fx Fyn.", required=False),
            money(
                "expected_limit",
                "Største forventede tab som bygherre.",
                required=False,
                unit="kr. pr. indbygger pr. år",
            ),
            money(
                "risk_limit",
                "Største tab i de 5 % værste fremtider.",
                required=False,
                unit="kr. pr. indbygger pr. år",
            ),
        ),
        key=("code",),
        filled=True,
    ),
    Table(
        "target_groups",
        "Målgrupper",
        "En række pr. målgruppe.",
        evidenced(
            text("id", "Målgruppens id, fx autisme."),
            text("name", "Målgruppens navn."),
            Column(
                "support_step",
                "number",
                "Ydelsestrin; 0,5 betyder ingen ydelsestakst.",
                unit="trin",
                minimum=0.5,
            ),
            share("attrition", "Den andel af beboerne, der fraflytter om året."),
            share("temporary_share", "Den andel af behovet, der er midlertidigt (§107)."),
            flag("complex", "Om målgruppen har komplekse behov."),
        ),
        key=("id",),
        filled=True,
    ),
    Table(
        "demand",
        "Behov",
        "En række pr. kommune, målgruppe og år: alle, der har brug for en plads det år, også de allerede anbragte.",
        evidenced(
            municipality(),
            target_group(),
            year("year", "Årstal."),
            amount("low", "Lav fremskrivning.", "helårspladser", maximum=MOST_PLACES),
            amount("central", "Central fremskrivning.", "helårspladser", maximum=MOST_PLACES),
            amount("high", "Høj fremskrivning.", "helårspladser", maximum=MOST_PLACES),
            text(
                "tier",
                "Om behovet er et retskrav eller øvrigt.",
                required=False,
                allowed=("retskrav", "oevrig"),
            ),
        ),
        key=("municipality", "target_group", "year"),
    ),
    Table(
        "demand_futures",
        "Egne fremtider",
        "En række pr. fremtid, kommune, målgruppe og år: mulige forløb af behovet, som et scenarie kan regne på "
        '(futures.source = "table"). Behovet tælles som i tabellen demand.',
        evidenced(
            text("future", "Fremtidens navn."),
            share(
                "probability",
                "Fremtidens sandsynlighed, ens i alle dens rækker; tom i alle rækker, hvis fremtiderne vejer lige.",
                required=False,
                above=0.0,
            ),
            municipality(),
            target_group(),
            year("year", "Årstal."),
            amount("place_years", "Behovet i fremtiden.", "helårspladser", maximum=MOST_PLACES),
        ),
        key=("future", "municipality", "target_group", "year"),
        optional=True,
    ),
    Table(
        "demand_rates",
        "Behov pr. indbygger",
        "En række pr. målgruppe og aldersgruppe; bruges sammen med befolkningsfremskrivningen.",
        evidenced(
            target_group(),
            _AGE_FROM,
            _AGE_TO,
            share("rate", "Den andel af aldersgruppen, der har brug for en plads."),
        ),
        key=("target_group", "age_from", "age_to"),
        optional=True,
    ),
    Table(
        "population_projection",
        "Befolkningsfremskrivning",
        "En række pr. kommune, aldersgruppe og år.",
        evidenced(
            municipality(),
            _AGE_FROM,
            _AGE_TO,
            year("year", "Årstal."),
            amount("persons", "Indbyggere i aldersgruppen.", "personer"),
        ),
        key=("municipality", "age_from", "age_to", "year"),
        optional=True,
    ),
)
