"""Each check of a region's content, provoked by spoiling one thing in a faultless region."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import pytest

from kapacitet.faults import Fault
from kapacitet.region.columns import UDENBYS
from kapacitet.region.records import RawTable, records_of
from kapacitet.region.tables import TABLES
from kapacitet.region.validation import (
    CHECKS,
    Check,
    Draft,
    bought,
    futures,
    geography,
    keys,
    money,
    need,
    plausibility,
    residents,
    supply,
)
from tests.region import small

type Content = dict[str, small.Rows]


@dataclass(frozen=True)
class Case:
    """What is spoilt, and what must be told of it."""

    check: Check
    name: str
    spoil: Callable[[Content], object]
    message: str
    mend: str = ""
    table: str | None = None
    row: int | None = None
    column: str | None = None
    severity: str = "fejl"
    outlines: dict[str, str] = field(default_factory=lambda: dict(small.NAMES))


def edit(table: str, row: int, **values: object) -> Callable[[Content], object]:
    """Change cells of a row, counted from 0."""
    return lambda content: content[table][row].update(values)


def add(table: str, row: int = 0, **values: object) -> Callable[[Content], object]:
    """Add a copy of a row with some cells changed."""
    return lambda content: content[table].append({**content[table][row], **values})


def drop(table: str, *rows: int) -> Callable[[Content], object]:
    """Take rows out, all if none is named."""

    def spoil(content: Content) -> None:
        content[table] = [row for place, row in enumerate(content[table]) if rows and place not in rows]

    return spoil


def together(*steps: Callable[[Content], object]) -> Callable[[Content], object]:
    """Several changes, one after the other."""
    return lambda content: [step(content) for step in steps]


W = "advarsel"
CASES = [
    Case(
        keys.unique_rows,
        "same key",
        add("demand"),
        "Rækken har samme municipality + target_group + year som række 2.",
        "Slet den ene",
        "demand",
        14,
    ),
    Case(
        keys.unique_rows,
        "same id",
        add("offers"),
        "Rækken har samme id som række 2.",
        table="offers",
        row=4,
        column="id",
    ),
    Case(
        keys.unique_rows,
        "link the other way",
        add("travel_links", **{"from": "630", "to": "410"}),
        "Rækken har samme from + to + kind som række 2.",
        table="travel_links",
        row=4,
    ),
    Case(
        keys.unique_unit_ids,
        "offer and candidate",
        edit("candidates", 1, id="huset", project="huset"),
        "Et tilbud har samme id.",
        table="candidates",
        row=3,
        column="id",
    ),
    Case(
        keys.unique_unit_ids,
        "candidate and other project",
        edit("candidates", 1, id="nyt", requires=None),
        "Et andet projekt har samme id.",
        table="candidates",
        row=3,
        column="id",
    ),
    Case(
        keys.references,
        "name for code",
        edit("residents", 0, municipality="Middelfart"),
        "Værdien findes ikke i den tabel, den henviser til.",
        "Skriv koden 410.",
        "residents",
        2,
        "municipality",
    ),
    Case(
        keys.references,
        "misspelt group",
        edit("purchase_prices", 0, target_group="autsime"),
        "Værdien findes ikke",
        "Mente du autisme? Ellers tilføj den i target_groups.",
        "purchase_prices",
        2,
        "target_group",
    ),
    Case(
        keys.references,
        "one of a list",
        edit("offers", 0, target_groups="autisme;sygdom"),
        "Værdien findes ikke",
        "target_groups",
        "offers",
        2,
        "target_groups",
    ),
    Case(
        keys.references,
        "unknown offer",
        edit("residents", 0, offer="q"),
        "Værdien findes ikke",
        "Ret værdien, eller tilføj en række i offers.",
        "residents",
        2,
        "offer",
    ),
    Case(
        keys.references,
        "udenfor an unknown group",
        edit("residents", 1, offer="udenfor:dum"),
        "Værdien findes ikke",
        "Mente du udenfor:dom?",
        "residents",
        3,
        "offer",
    ),
    Case(
        keys.references,
        "required candidate",
        edit("candidates", 1, requires="nyt;ukendt"),
        "Værdien findes ikke",
        table="candidates",
        row=3,
        column="requires",
    ),
    Case(
        keys.references,
        "travel time",
        edit("travel_times", 0, offer_or_candidate="hus"),
        "Værdien findes ikke",
        "Mente du huset?",
        "travel_times",
        2,
        "offer_or_candidate",
    ),
    Case(
        keys.references,
        "staff area",
        edit("staff_limits", 0, area="Trekant"),
        "Værdien findes ikke",
        "Mente du Trekanten?",
        "staff_limits",
        2,
        "area",
    ),
    Case(
        need.demand_given,
        "nothing to make demand from",
        together(drop("demand"), drop("demand_rates"), drop("population_projection")),
        "Tabellen har ingen rækker.",
        "Skriv behovet, eller udfyld både",
        "demand",
    ),
    Case(
        need.demand_complete,
        "a year missing",
        drop("demand", 1),
        "Der mangler behov for 410 Middelfart, autisme: 2027.",
        "med 0 hvis der intet behov er",
        "demand",
    ),
    Case(
        need.demand_complete,
        "a group missing",
        add("target_groups", id="tom", name="Tom"),
        "Der mangler behov for 575 Vejen, tom: 2026, 2027.",
        table="demand",
    ),
    Case(
        need.demand_ordered,
        "low above central",
        edit("demand", 2, low=4.5),
        "Lav fremskrivning er over den centrale.",
        "Skriv højst 4, eller ret central.",
        "demand",
        4,
        "low",
    ),
    Case(
        need.demand_ordered,
        "high below central",
        edit("demand", 2, high=3.5),
        "Høj fremskrivning er under den centrale.",
        "Skriv mindst 4",
        "demand",
        4,
        "high",
    ),
    Case(
        need.ages_ordered,
        "backwards",
        edit("demand_rates", 0, age_from=70),
        "Aldersgruppen slutter før den begynder (70 år).",
        "Byt dem om.",
        "demand_rates",
        2,
        "age_to",
    ),
    Case(
        need.ages_ordered,
        "overlap",
        add("population_projection", age_from=60, age_to=80),
        "Aldersgruppen overlapper den i række 2.",
        "én gruppe",
        "population_projection",
        5,
        "age_from",
    ),
    Case(
        need.ages_match,
        "rates alone",
        drop("population_projection"),
        "Tabellen bruges ikke, når population_projection er tom.",
        table="demand_rates",
        severity=W,
    ),
    Case(
        need.ages_match,
        "population alone",
        drop("demand_rates"),
        "Tabellen bruges ikke, når demand_rates er tom.",
        table="population_projection",
        severity=W,
    ),
    Case(
        need.ages_match,
        "other age groups",
        edit("demand_rates", 0, age_to=66),
        "Aldersgruppen 18-66 findes ikke i population_projection.",
        table="demand_rates",
        row=2,
        column="age_from",
    ),
    Case(
        futures.probabilities_given,
        "probability missing in a row",
        edit("demand_futures", 1, probability=None),
        "1 af 8 rækker mangler en sandsynlighed.",
        "alle rækker",
        "demand_futures",
        3,
        "probability",
    ),
    Case(
        futures.probabilities_given,
        "two probabilities of a future",
        edit("demand_futures", 1, probability=0.5),
        "Fremtiden lav har en anden sandsynlighed i række 2.",
        table="demand_futures",
        row=3,
        column="probability",
    ),
    Case(
        futures.probabilities_given,
        "probabilities that don't sum to 1",
        together(*(edit("demand_futures", row, probability=0.5) for row in range(4))),
        "Fremtidernes sandsynligheder summer til 1,1, ikke 1.",
        table="demand_futures",
        column="probability",
    ),
    Case(
        futures.cover_the_same,
        "a future without a year",
        drop("demand_futures", 7),
        "Fremtiden høj mangler 575 Vejen, dom: 2027.",
        "Tilføj en række pr. år, med 0 hvis der intet behov er.",
        "demand_futures",
    ),
    Case(
        supply.shared_have_costs,
        "no fixed cost",
        edit("offers", 0, fixed_cost=None, capital_charge=None),
        "Huset afregnes over rammeaftalen, men mangler fixed_cost.",
        "0, hvis det er nul",
        "offers",
        2,
        "fixed_cost",
    ),
    Case(
        supply.shared_have_costs,
        "selvejende inside",
        edit("offers", 1, owner_type="selvejende", in_rammeaftale=True),
        "Den private afregnes over rammeaftalen, men mangler variable_cost.",
        table="offers",
        row=3,
        column="variable_cost",
    ),
    Case(
        supply.shared_have_costs,
        "no price",
        edit("offers", 1, price=None),
        "Den private ligger uden for rammeaftalen og mangler en pris.",
        table="offers",
        row=3,
        column="price",
    ),
    Case(
        supply.shared_have_costs,
        "selvejende outside",
        edit("offers", 1, owner_type="selvejende", price=None),
        "Den private ligger uden for rammeaftalen og mangler en pris.",
        table="offers",
        row=3,
        column="price",
    ),
    Case(
        supply.shared_have_costs,
        "a price too many",
        edit("offers", 0, price=2_000_000.0),
        "Prisen bruges ikke",
        table="offers",
        row=2,
        column="price",
        severity=W,
    ),
    Case(
        supply.shared_have_costs,
        "no places",
        together(edit("offers", 0, places=0, minimum_residents=None), drop("residents")),
        "Huset har ingen pladser, så der kan ikke beregnes en takst.",
        table="offers",
        row=2,
        column="places",
    ),
    Case(
        supply.private_outside,
        "private inside",
        edit("offers", 1, in_rammeaftale=True),
        "Private tilbud er ikke med i rammeaftalen",
        "Skriv false.",
        "offers",
        3,
        "in_rammeaftale",
        W,
    ),
    Case(
        supply.owners,
        "name for code",
        edit("candidates", 0, owner="Vejle Kommune"),
        "Ejeren er ikke en af regionens kommuner.",
        "Skriv koden 630.",
        "candidates",
        2,
        "owner",
    ),
    Case(
        supply.owners,
        "another region's",
        edit("offers", 0, owner="101"),
        "Ejeren er ikke en af regionens kommuner.",
        "Skriv koden på en af",
        "offers",
        2,
        "owner",
    ),
    *(
        Case(
            supply.owners,
            f"a {kind} owner named {owner}",
            edit("offers", 1, owner_type=kind, owner=owner),
            message,
            mend,
            "offers",
            3,
            "owner",
        )
        for kind, owner, message, mend in (
            ("privat", "630", "Ejeren er koden på 630 Vejle, men ejertypen er privat.", "Skriv ejerens navn"),
            ("selvejende", "410", "Ejeren er koden på 410 Middelfart, men ejertypen er selvejende.", ""),
            ("region", "575", "Ejeren er koden på 575 Vejen, men ejertypen er region.", ""),
            ("privat", "region", "Ejeren har samme navn som en anden part", "Skriv ejerens eget navn"),
            ("privat", "udenbys", "Ejeren har samme navn som en anden part", ""),
            ("selvejende", "staten", "Ejeren har samme navn som en anden part", ""),
            ("selvejende", "lejere", "Ejeren har samme navn som en anden part", ""),
            ("selvejende", "Region Syddanmark", "Ejeren har samme navn som en anden part", ""),
        )
    ),
    Case(
        supply.owners,
        "a candidate of the region with a municipality's code",
        edit("candidates", 1, owner="410"),
        "Ejeren er koden på 410 Middelfart, men ejertypen er region.",
        "eller ret owner_type",
        "candidates",
        3,
        "owner",
    ),
    *(
        Case(
            supply.deficit_bearers,
            f"{bearer} for a selvejende offer",
            edit("offers", 0, owner_type="selvejende", owner="Fonden Syd", deficit_bearer=bearer),
            "Parten kendes ikke.",
            "Skriv en kommunes kode, region, navnet på en regional ejer eller tilbuddets egen ejer.",
            "offers",
            2,
            "deficit_bearer",
        )
        for bearer in ("staten", "Fonden", "Vejen", "101")
    ),
    *(
        Case(
            supply.deficit_bearers,
            f"{values['deficit_bearer']} for an offer of a {values.get('owner_type', 'kommune')}",
            edit("offers", 0, **values),
            "deficit_bearer gælder kun selvejende tilbud i rammeaftalen; her bærer ejeren underskuddet.",
            "Slet værdien",
            "offers",
            2,
            "deficit_bearer",
        )
        for values in (
            {"deficit_bearer": "630"},
            {"deficit_bearer": "region"},
            {"owner_type": "region", "owner": "Region Syddanmark", "deficit_bearer": "575"},
            {"owner_type": "region", "owner": "Region Syddanmark", "deficit_bearer": "Fonden"},
        )
    ),
    *(
        Case(
            supply.deficit_bearers,
            f"an offer outside the rammeaftale, {owner_type}",
            edit("offers", 1, owner_type=owner_type, deficit_bearer="630"),
            "deficit_bearer gælder kun selvejende tilbud i rammeaftalen",
            "Slet værdien",
            "offers",
            3,
            "deficit_bearer",
        )
        for owner_type in ("privat", "selvejende")
    ),
    Case(
        supply.years_ordered,
        "closes as it opens",
        edit("offers", 0, closes=2010),
        "Tilbuddet lukker, før det åbner (2010).",
        table="offers",
        row=2,
        column="closes",
    ),
    Case(
        supply.years_ordered,
        "latest before earliest",
        edit("candidates", 0, latest=2025),
        "Seneste byggestart er før den tidligste (2026).",
        table="candidates",
        row=2,
        column="latest",
    ),
    Case(
        supply.years_ordered,
        "pool",
        edit("loan_pools", 0, last_year=2025),
        "Puljen slutter, før den begynder (2026).",
        table="loan_pools",
        row=2,
        column="last_year",
    ),
    Case(
        supply.parts_within_whole,
        "capital above fixed",
        edit("offers", 0, capital_charge=20_000_001.0),
        "Kapitalen er større end de faste omkostninger.",
        "skriv højst 20.000.000",
        "offers",
        2,
        "capital_charge",
    ),
    Case(
        supply.parts_within_whole,
        "critical mass above places",
        edit("candidates", 0, minimum_residents=13),
        "Der er kun 12 pladser.",
        table="candidates",
        row=2,
        column="minimum_residents",
    ),
    Case(
        supply.spending,
        "not 1",
        edit("candidates", 0, spend_profile="0.5;0.4"),
        "Andelene summer til 0,9, ikke 1.",
        table="candidates",
        row=2,
        column="spend_profile",
    ),
    Case(
        supply.spending,
        "paid after opening",
        edit("candidates", 0, lead_time=0),
        "Der betales i 2 år, men tilbuddet åbner 0 år efter byggestart.",
        "Skriv lead_time mindst 1",
        "candidates",
        2,
        "lead_time",
    ),
    Case(
        supply.requirements,
        "own project",
        edit("candidates", 0, requires="nyt"),
        "Varianten kræver nyt, som er samme projekt.",
        table="candidates",
        row=2,
        column="requires",
    ),
    Case(
        supply.requirements,
        "itself",
        edit("candidates", 0, requires="nyt-12"),
        "Varianten kræver nyt-12, som er samme projekt.",
        table="candidates",
        row=2,
        column="requires",
    ),
    Case(
        supply.variants_together,
        "two municipalities",
        edit("candidates", 1, project="nyt", requires=None),
        "Projektet nyt har varianter i flere kommuner: 410, 630.",
        table="candidates",
        row=3,
        column="project",
        severity=W,
    ),
    Case(
        supply.usable_by_a_group,
        "only for temporary need there is not",
        together(edit("target_groups", 0, temporary_share=0), edit("offers", 0, legal_basis="sel107")),
        "Ingen målgruppe kan bruge Huset",
        table="offers",
        row=2,
        column="legal_basis",
        severity=W,
    ),
    Case(
        supply.usable_by_a_group,
        "only for lasting need there is not",
        edit("target_groups", 1, temporary_share=1),
        "Ingen målgruppe kan bruge Regionens",
        table="candidates",
        row=3,
        column="legal_basis",
        severity=W,
    ),
    Case(
        supply.housing_of_abl,
        "ABL without",
        edit("candidates", 1, housing_cost=None),
        "ABL uden boligudgift",
        table="candidates",
        row=3,
        column="housing_cost",
        severity=W,
    ),
    Case(
        supply.housing_of_abl,
        "SEL with",
        edit("candidates", 0, housing_cost=1.0),
        "Boligudgift betalt af husleje findes kun i ABL-boliger.",
        table="candidates",
        row=2,
        column="housing_cost",
        severity=W,
    ),
    Case(
        supply.conversions_change,
        "from a group it has not",
        edit("conversions", 0, from_groups="dom", to_groups="dom"),
        "Tilbuddet er ikke for dom.",
        "Skriv nogle af autisme.",
        "conversions",
        2,
        "from_groups",
    ),
    Case(
        supply.conversions_change,
        "to nothing new",
        together(edit("offers", 0, target_groups="autisme;dom"), edit("conversions", 0, from_groups="autisme")),
        "Omlægningen giver ikke tilbuddet nye målgrupper.",
        table="conversions",
        row=2,
        column="to_groups",
    ),
    Case(
        residents.groups_fit,
        "wrong group",
        edit("residents", 0, target_group="dom"),
        "Huset er ikke for dom, men for autisme.",
        table="residents",
        row=2,
        column="target_group",
    ),
    Case(
        residents.groups_fit,
        "udenfor another group",
        edit("residents", 1, offer="udenfor:autisme"),
        "Rækken gælder dom.",
        "Skriv udenfor:dom",
        "residents",
        3,
        "offer",
    ),
    Case(
        residents.groups_fit,
        "outside twice",
        edit("residents", 1, municipality=UDENBYS),
        "Udenbys beboere i tilbud uden for listen vedrører ikke regionen.",
        table="residents",
        row=3,
        column="municipality",
    ),
    Case(
        residents.offer_is_open,
        "before opening",
        edit("offers", 0, opened=2027),
        "Huset åbner først i 2027, men har beboere i 2026.",
        table="residents",
        row=2,
        column="as_of",
    ),
    Case(
        residents.offer_is_open,
        "after closing",
        edit("offers", 0, closes=2026),
        "Huset har ingen pladser fra 2026, men har beboere i 2026.",
        table="residents",
        row=2,
        column="as_of",
    ),
    Case(
        residents.fit_places,
        "too many",
        edit("residents", 2, count=9),
        "Huset har 10 pladser, men 11 beboere, heraf 9 udenbys.",
        "Ret places, eller ret count i residents.",
        "offers",
        2,
        "places",
    ),
    Case(
        bought.places_to_be_had,
        "more than can be bought",
        edit("purchase_prices", 1, available=0.5),
        "I 2026 bor 1 i udenfor:dom, men der kan kun købes 0,5.",
        "Skriv mindst 1, eller ret residents.",
        "purchase_prices",
        3,
        "available",
    ),
    Case(
        bought.places_to_be_had,
        "fewer to be had in a later year",
        add("purchase_prices", 1, year=2027, available=0.5),
        "I 2027 bor 0,9 i udenfor:dom, men der kan kun købes 0,5.",
        "Skriv mindst 0,9, eller ret residents.",
        "purchase_prices",
        4,
        "available",
    ),
    Case(
        residents.within_demand,
        "more than demand",
        edit("residents", 0, count=5),
        "410 Middelfart har 5 beboere med autisme i 2026, men kun 4 i behov.",
        "Skriv mindst 5, eller ret residents.",
        "demand",
        2,
        "central",
    ),
    Case(
        money.step_price_given,
        "price year missing",
        edit("support_step_price", 0, year=2025),
        "Der mangler en pris pr. ydelsestrin for prisåret 2026.",
        table="support_step_price",
        column="year",
    ),
    Case(
        money.agreed_prices_apply,
        "wrong group",
        edit("agreed_prices", 0, target_group="dom"),
        "Huset er ikke for dom, men for autisme.",
        table="agreed_prices",
        row=2,
        column="target_group",
    ),
    Case(
        money.keys_complete,
        "a municipality missing",
        drop("keys", 2),
        "Nøglen population mangler 630 Vejle.",
        "med 0 for dem, der ikke betaler",
        "keys",
    ),
    Case(
        money.keys_complete,
        "all 0",
        together(*(edit("keys", row, weight=0) for row in range(3))),
        "Alle vægte i nøglen population er 0.",
        "Skriv mindst én vægt over 0.",
        "keys",
        2,
        "weight",
    ),
    Case(
        money.purchase_prices_given,
        "no price",
        drop("purchase_prices", 1),
        "Dom har ingen pris, så der kan ikke købes pladser privat.",
        table="purchase_prices",
        severity=W,
    ),
    Case(
        money.figures_comparable,
        "other price year",
        add("figures", id="takst", unit="kr./day", period="2024"),
        "Referencetal i kr. er fra andre år end prisåret 2026 (2024: takst).",
        "pl_index",
        "figures",
        severity=W,
    ),
    Case(
        money.figures_comparable,
        "flow and stock",
        add("figures", id="personer", unit="personer"),
        "Tallene tæller både personer i løbet af et år og pladser på en dag.",
        "Beregn aldrig belægning af dem",
        "figures",
        severity=W,
    ),
    Case(
        geography.names_differ,
        "same name",
        edit("municipalities", 1, name="Vejle"),
        "Kommune 575 har samme navn.",
        table="municipalities",
        row=4,
        column="name",
    ),
    Case(
        geography.names_match_outlines,
        "575 Vejle",
        edit("municipalities", 1, name="Vejle"),
        "Kode 575 er Vejen i municipalities.geojson, ikke Vejle.",
        "Skriv Vejen; Vejle har kode 630.",
        "municipalities",
        3,
        "name",
    ),
    Case(
        geography.names_match_outlines,
        "wrong code",
        lambda content: [row.update(code="576") for row in content["municipalities"] if row["code"] == "575"],
        "Vejen har kode 575 i municipalities.geojson, ikke 576.",
        "Skriv 575.",
        "municipalities",
        3,
        "code",
    ),
    Case(
        geography.names_match_outlines,
        "no outline",
        lambda content: None,
        "630 Vejle har intet omrids og kan ikke vises på kortet.",
        table="municipalities",
        row=4,
        column="code",
        severity=W,
        outlines={"410": "Middelfart", "575": "Vejen Kommune"},
    ),
    Case(
        geography.names_match_outlines,
        "outlines of others",
        lambda content: None,
        "Omridsene rummer kommuner, som regionen ikke har: 101 København.",
        table="municipalities.geojson",
        severity=W,
        outlines={**small.NAMES, "101": "København"},
    ),
    Case(
        geography.outlines_given,
        "no map",
        lambda content: None,
        "Regionen har ingen omrids, så den kan ikke vises på et kort.",
        severity=W,
        outlines={},
    ),
    Case(
        geography.coordinates_in_order,
        "swapped",
        edit("municipalities", 0, latitude=9.5, longitude=55.5),
        "Breddegrad og længdegrad ser ud til at være byttet om.",
        "Byt dem om.",
        "municipalities",
        2,
        "latitude",
        W,
    ),
    Case(
        geography.coordinates_in_order,
        "only one",
        edit("offers", 1, latitude=55.5),
        "Kun den ene koordinat er givet.",
        table="offers",
        row=3,
        column="longitude",
    ),
    Case(
        geography.links_between_two,
        "to itself",
        edit("travel_links", 0, to="410"),
        "Forbindelsen går fra kommunen til den selv.",
        table="travel_links",
        row=2,
        column="to",
    ),
    Case(
        geography.reachable,
        "cut off",
        drop("travel_links", 1),
        "4 par af kommune og tilbud har ingen rejsevej og kan ikke bruges: 575 Vejen (3), 630 Vejle (1).",
        table="travel_links",
        severity=W,
    ),
    Case(
        geography.reachable,
        "residents cut off",
        together(drop("travel_links", 1), drop("travel_times")),
        "Der bor borgere fra 410 Middelfart i Huset, men der er ingen rejsevej dertil.",
        "Tilføj en række i travel_times",
        "residents",
        2,
        "offer",
    ),
    Case(
        plausibility.dates_together,
        "more than a year",
        edit("offers", 1, as_of="2024-12-31"),
        "Opgørelserne ligger mere end et år fra hinanden: 2024-12-31 (offers, række 3) og 2026-01-01 (residents",
        table="residents",
        column="as_of",
        severity=W,
    ),
    Case(
        plausibility.places_counted_once,
        "two groups",
        edit("offers", 1, target_groups="autisme;dom"),
        "1 tilbud er for flere målgrupper: Den private.",
        "læg aldrig pladser sammen pr. målgruppe",
        "offers",
        column="target_groups",
        severity=W,
    ),
    Case(
        plausibility.complex_residents,
        "too many",
        together(*(edit("municipalities", row, population=1_000) for row in range(3))),
        "3 beboere har komplekse behov, men med 3.000 indbyggere ventes under 1",
        table="residents",
        column="count",
        severity=W,
    ),
]


def test_the_region_they_spoil_is_faultless() -> None:
    assert small.faults_of(small.tables()) == []


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.check.__name__}: {case.name}")
def test_told(case: Case) -> None:
    content = small.tables()
    case.spoil(content)
    outlines = small.outlines(case.outlines) if case.outlines else None
    found = [fault for fault in small.faults_of(content, outlines=outlines) if says(fault, case)]
    assert len(found) == 1, "\n".join(fault.text() for fault in small.faults_of(content, outlines=outlines))


def says(fault: Fault, case: Case) -> bool:
    return (
        case.message in fault.message
        and case.mend in fault.mend
        and (fault.table, fault.row, fault.column) == (case.table, case.row, case.column)
        and fault.severity == case.severity
    )


def test_every_check_is_provoked() -> None:
    assert {case.check for case in CASES} | {money.refund_percents_rise} >= set(CHECKS)


def test_a_refund_that_does_not_rise_with_the_threshold() -> None:
    """Rows in any order: 25 % above 900 000, 25 % above 1.8 mio. and 20 % above 2.5 mio.; another year is apart."""
    header = ("year", "threshold", "percent", "source", "evidence")
    rows = ((2026, 2.5e6, 20.0), (2026, 9e5, 25.0), (2026, 1.8e6, 25.0), (2027, 3e6, 10.0))
    raw = RawTable("refund_thresholds", header, [(at, (*row, "prøve", "faktisk")) for at, row in enumerate(rows, 2)])
    table, _ = records_of(raw, TABLES["refund_thresholds"])

    found = list(money.refund_percents_rise(Draft(2026, {"refund_thresholds": table})))

    assert [(each.row, each.column, each.value, each.severity) for each in found] == [
        (4, "percent", "25", W),
        (2, "percent", "20", W),
    ]
    assert found[0].message == "Procenten stiger ikke: over 900.000 kr. refunderes 25 % i 2026."


@pytest.mark.parametrize(
    "spoil",
    [
        edit("offers", 0, legal_basis="abl105"),
        edit("candidates", 0, spend_profile="0.333;0.333;0.334"),
        together(drop("demand"), drop("residents")),
        edit("residents", 0, offer="udenfor:autisme"),
        edit("candidates", 1, requires="nyt-12"),
        edit("residents", 0, count=0),
        edit("target_groups", 0, support_step=0.5),
        add("travel_links", kind="ferry"),
        edit("residents", 2, count=8),
        edit("offers", 1, as_of="2025-01-01"),
        *(
            edit("offers", 0, owner_type="selvejende", owner="Fonden Syd", deficit_bearer=bearer)
            for bearer in ("410", "region", "Region Syddanmark", "Fonden Syd", None)
        ),
        *(
            edit("offers", 0, owner_type="region", owner="Region Syddanmark", deficit_bearer=bearer)
            for bearer in ("region", "Region Syddanmark", None)
        ),
        edit("offers", 1, deficit_bearer="Fonden"),
        add("refund_thresholds", threshold=1_800_000.0, percent=50.0),
        add("refund_thresholds", year=2027, threshold=1_800_000.0),
        drop("agreed_prices"),
        edit("purchase_prices", 1, available=1.0),
        edit("purchase_prices", 1, available=None),
        edit("purchase_prices", 0, available=0.0),
        edit("purchase_prices", 1, year=2027, available=1.0),
        edit("municipalities", 0, name="Middelfart Kommune"),
    ],
)
def test_what_is_right_is_not_told(spoil: Callable[[Content], object]) -> None:
    content = small.tables()
    spoil(content)
    assert [fault.text() for fault in small.faults_of(content)] == []


def test_all_municipalities_share_the_bought_places_to_be_had() -> None:
    content = small.tables()
    content["residents"].append({**content["residents"][1], "municipality": "575", "count": 2})
    content["purchase_prices"][1]["available"] = 2.9
    (fault,) = small.faults_of(content)
    assert fault.message == "I 2026 bor 3 i udenfor:dom, men der kan kun købes 2,9."
    content["purchase_prices"][1]["available"] = 3.0
    assert small.faults_of(content) == []


def test_who_lives_in_bought_places_falls_with_a_need_below_the_residents() -> None:
    """Of one resident 0.9 is left in 2027, and 0.4 where the lowest projection is 0.4; there are 0.5 to be had."""
    content = small.tables()
    content["purchase_prices"].append({**content["purchase_prices"][1], "year": 2027, "available": 0.5})
    assert len(small.faults_of(content)) == 1
    for row in content["demand"]:
        if (row["municipality"], row["target_group"], row["year"]) == ("630", "dom", 2027):
            row["low"] = 0.4
    assert small.faults_of(content) == []


def test_over_occupancy_covers_residents_above_places() -> None:
    content = small.tables()
    content["residents"][2]["count"] = 9
    assert any(fault.column == "places" for fault in small.faults_of(content))
    assert small.faults_of(content, over_occupancy=0.1) == []


def test_residents_are_thinned_to_the_first_year_of_demand() -> None:
    content = small.tables()
    content["residents"][0].update(count=5, as_of="2024-01-01")
    content["residents"][1].update(as_of="2024-06-01")
    messages = [fault.message for fault in small.faults_of(content) if fault.severity == "fejl"]
    assert messages == [
        "410 Middelfart har 4,05 beboere med autisme i 2026, men kun 4 i behov. Behovet er alle, også de allerede "
        "anbragte."
    ]


def test_a_step_price_is_not_needed_without_ydelsestakst() -> None:
    content = small.tables()
    for group in content["target_groups"]:
        group["support_step"] = 0.5
    content["support_step_price"] = []
    assert small.faults_of(content) == []


def test_all_faults_are_told_at_once_with_row_column_and_value() -> None:
    content = small.tables()
    content["offers"][0]["places"] = "mange"
    content["offers"][1]["budgeted_occupancy"] = 1.5
    content["demand"][3]["low"] = 9
    content["residents"][1]["evidence"] = "gættet"
    content["candidates"][0]["lead_time"] = -1
    content["target_groups"][0]["attrition"] = float("inf")
    texts = {fault.text() for fault in small.faults_of(content)}
    assert texts == {
        "tabel offers, række 2, kolonne places, værdi «mange»: Værdien er ikke et tal. "
        "Skriv et tal i stedet for «mange».",
        "tabel offers, række 3, kolonne budgeted_occupancy, værdi «1.5»: Tallet er for stort. Skriv højst 1. "
        "Skriv en procent som andel, fx 0.5 for 50 %.",
        "tabel demand, række 5, kolonne low, værdi «9»: Lav fremskrivning er over den centrale. "
        "Skriv højst 4, eller ret central.",
        "tabel residents, række 3, kolonne evidence, værdi «gættet»: Værdien er ikke en af de mulige. "
        "Skriv en af faktisk, forudsaetning, illustrativ.",
        "tabel candidates, række 2, kolonne lead_time, værdi «-1»: Tallet er for lille. Skriv mindst 0 år.",
        "tabel target_groups, række 2, kolonne attrition, værdi «inf»: Værdien er uendelig. "
        "Skriv et tal; 0, hvis det er nul.",
    }


def test_a_bad_link_is_told_once() -> None:
    content = small.tables()
    content["travel_links"][0]["kind"] = "fly"
    (fault,) = (each for each in small.faults_of(content) if each.severity == "fejl")
    assert (fault.table, fault.column) == ("travel_links", "kind")


def test_an_unknown_end_of_a_link_is_told_once() -> None:
    content = small.tables()
    content["travel_times"] = []
    content["travel_links"][0]["from"] = "999"
    (fault,) = (each for each in small.faults_of(content) if each.severity == "fejl")
    assert (fault.table, fault.column, fault.value) == ("travel_links", "from", "999")


def test_missing_municipalities_are_told_once() -> None:
    content = {**small.tables(), "municipalities": []}
    faults = [each for each in small.faults_of(content, outlines=None) if each.severity == "fejl"]
    assert [(each.table, each.message) for each in faults] == [("municipalities", "Tabellen har ingen rækker.")]


@pytest.mark.parametrize(("table", "column"), [("offers", "places"), ("candidates", "places"), ("demand", "high")])
def test_slips_of_the_hand_are_refused(table: str, column: str) -> None:
    content = small.tables()
    content[table][0][column] = 1_000_000_000
    (fault,) = (each for each in small.faults_of(content) if each.severity == "fejl")
    assert fault.text().startswith(
        f"tabel {table}, række 2, kolonne {column}, værdi «1000000000»: Tallet er for stort."
    )


def test_units_end_with_one_full_stop() -> None:
    content = small.tables()
    content["travel_times"][0]["minutes"] = -1
    (fault,) = (each for each in small.faults_of(content) if each.severity == "fejl")
    assert fault.mend == "Skriv mindst 0 min."
