"""Tables about frames, prices, links and reference figures."""

from __future__ import annotations

from kapacitet.region.columns import (
    Column,
    Table,
    amount,
    evidenced,
    money,
    municipality,
    target_group,
    target_groups,
    text,
    texts,
    year,
)
from kapacitet.region.tables_supply import LEGAL_BASES

_YEAR = year("year", "Årstal.")
_PLACE_YEAR = "kr. pr. helårsplads"
_MINUTES = "Minutter hver vej."

FRAME_TABLES = (
    Table(
        "anlaegsramme",
        "Anlægsramme til botilbud",
        "En række pr. kommune og år: det, kommunen kan bruge til botilbud af sin anlægsramme.",
        evidenced(municipality(), _YEAR, money("amount", "Ramme.")),
        key=("municipality", "year"),
    ),
    Table(
        "joint_frame",
        "Fælles anlægsramme",
        "En række pr. år: kommunernes samlede ramme.",
        evidenced(_YEAR, money("amount", "Ramme.")),
        key=("year",),
        optional=True,
    ),
    Table(
        "region_liquidity",
        "Regionens likviditet",
        "En række pr. år: det, regionen kan bygge for.",
        evidenced(_YEAR, money("amount", "Ramme.")),
        key=("year",),
        optional=True,
    ),
    Table(
        "service_frame",
        "Serviceramme",
        "En række pr. kommune og år, kun disse målgrupper.",
        evidenced(municipality(), _YEAR, money("amount", "Ramme.")),
        key=("municipality", "year"),
        optional=True,
    ),
    Table(
        "staff_limits",
        "Grænser for ansættelser",
        "En række pr. område og år.",
        evidenced(
            text(
                "area",
                "Kommunens kode eller navnet på en gruppe af kommuner.",
                references=("municipalities.code", "municipalities.group"),
            ),
            _YEAR,
            amount("hires", "Årsværk, der kan ansættes.", "årsværk"),
        ),
        key=("area", "year"),
        optional=True,
    ),
    Table(
        "loan_pools",
        "Lånepuljer",
        "En række pr. pulje.",
        evidenced(
            text("id", "Puljens id."),
            year("first_year", "Første år."),
            year("last_year", "Sidste år."),
            texts("legal_basis", "Lovgrundlag, puljen kan bruges til.", allowed=LEGAL_BASES),
            target_groups("target_groups", "Målgrupper, puljen kan bruges til."),
            money("amount", "Beløb i hele perioden."),
            text("relieves", "Hvad puljen aflaster.", allowed=("anlaegsramme", "likviditet")),
        ),
        key=("id",),
        optional=True,
    ),
)

PRICE_TABLES = (
    Table(
        "purchase_prices",
        "Priser ved køb",
        "En række pr. målgruppe og år: endelig pris for en plads købt privat eller uden for regionen.",
        evidenced(
            target_group(),
            _YEAR,
            money("price", "Pris.", unit=_PLACE_YEAR),
            amount("available", "Pladser, der kan købes; tom: ubegrænset.", "helårspladser", required=False),
        ),
        key=("target_group", "year"),
    ),
    Table(
        "agreed_prices",
        "Aftalte priser",
        "En række pr. kommune, tilbud og målgruppe, hvor prisen er aftalt.",
        evidenced(
            municipality(),
            text("offer", "Tilbuddets id.", references=("offers.id",)),
            target_group(),
            money("price", "Pris.", unit=_PLACE_YEAR),
        ),
        key=("municipality", "offer", "target_group"),
        optional=True,
    ),
    Table(
        "support_step_price",
        "Pris pr. ydelsestrin",
        "En række pr. år.",
        evidenced(_YEAR, money("price", "Pris for et ydelsestrin.", unit="kr. pr. døgn")),
        key=("year",),
    ),
    Table(
        "pl_index",
        "PL-indeks",
        "En række pr. år.",
        evidenced(_YEAR, amount("index", "Pris- og lønindeks.", "indeks", above=0.0)),
        key=("year",),
        optional=True,
    ),
    Table(
        "refund_thresholds",
        "Grænser for statsrefusion",
        "En række pr. år og grænse (SEL §176, dyre enkeltsager).",
        evidenced(
            _YEAR,
            money("threshold", "Grænse.", unit="kr. pr. person pr. år"),
            Column(
                "percent",
                "number",
                "Procent af udgiften over grænsen, der refunderes, fx 25.",
                unit="procent",
                minimum=1,
                maximum=100,
            ),
        ),
        key=("year", "threshold"),
        optional=True,
    ),
    Table(
        "keys",
        "Fordelingsnøgler",
        "En række pr. nøgle og kommune.",
        evidenced(
            text("key", "Nøglens navn."),
            municipality(),
            amount("weight", "Kommunens vægt.", "vægt"),
        ),
        key=("key", "municipality"),
        optional=True,
    ),
)

TRAVEL_TABLES = (
    Table(
        "travel_links",
        "Rejseforbindelser",
        "En række pr. forbindelse mellem to kommuners byer; den gælder begge veje.",
        evidenced(
            municipality("from", "Koden på den ene kommune."),
            municipality("to", "Koden på den anden kommune."),
            text("kind", "Vej eller færge.", allowed=("road", "ferry")),
            amount("minutes", _MINUTES, "min.", above=0.0),
            text("via", "Hvad forbindelsen går over.", required=False),
        ),
        key=("from", "to", "kind"),
    ),
    Table(
        "travel_times",
        "Målte rejsetider",
        "En række pr. kommune og tilbud; erstatter nettets tid for det par.",
        evidenced(
            municipality(),
            text(
                "offer_or_candidate",
                "Tilbuddets eller variantens id.",
                references=("offers.id", "candidates.id"),
            ),
            amount("minutes", _MINUTES, "min."),
        ),
        key=("municipality", "offer_or_candidate"),
        optional=True,
    ),
)

FIGURES_TABLES = (
    Table(
        "figures",
        "Referencetal",
        "Offentliggjorte tal med den afgrænsning, de gælder for. Der regnes ikke på dem.",
        evidenced(
            text("id", "Tallets id."),
            text("figure", "Hvad tallet er."),
            text("value", "Tallet, som det er trykt.", required=False),
            text("unit", "Enhed.", required=False),
            text("period", "Årstal eller periode."),
            text("scope", "Hvad og hvem tallet dækker."),
            text("qualifier", "Hvor præcist tallet er: exact, ca., up to ...", required=False),
            text("use", "Hvad tallet bruges til.", required=False),
        ),
        key=("id",),
        reference_only=True,
    ),
)
