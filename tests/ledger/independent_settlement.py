"""A second settlement, written from the rules alone in plain floats and without a look at the ledger.

It takes the document of a case as it stands in the file (numbers as floats) and gives kr. by
(year booked, year concerned, payer, kind). Nothing is rounded: the ledger may differ by one øre per entry.
"""

from collections import defaultdict

LOWEST = 1e-6


def settle(case, scheme, future=None):
    """Kr. by (booked, concerned, payer, kind) in one future of ``case`` under ``scheme``."""
    offer, agreed = case["offer"], case["scheme"]
    cells = {row["id"]: row for row in offer["groups"]} if "groups" in offer else {"": offer}
    first_group = next(iter(cells))
    rows = [row for row in case["use"] if row.get("future") in (None, future)]
    years = sorted({row["year"] for row in rows})
    opened = offer.get("opened", years[0])
    book = defaultdict(float)
    for year in years:
        used = defaultdict(float)
        for row in rows:
            if row["year"] == year:
                used[row["municipality"], row.get("group", "")] += row["place_years"]
        _one_year(book, case, scheme.split("+"), year, year - opened, used, cells, first_group, agreed)
    return {key: amount for key, amount in book.items() if abs(amount) > LOWEST}


def _one_year(book, case, parts, year, age, used, cells, first_group, agreed):
    offer = case["offer"]
    owner, places, fixed = offer["owner"], offer["places"], offer["fixed_cost"]
    beta = offer["budgeted_occupancy"]
    startup = offer.get("startup_occupancy", [])
    if "takststyring" in parts and 0 <= age < len(startup):
        beta = startup[age]

    def price(who, group):
        best, rank = None, (-1,)
        for row in case.get("price", []):
            wanted = (row.get("municipality"), row.get("group"), row.get("year"))
            if all(want is None or want == have for want, have in zip(wanted, (who, group, year), strict=True)):
                mine = tuple(want is not None for want in wanted)
                if mine > rank:
                    best, rank = row["price"], mine
        if best is not None:
            return best
        cell = cells[group]
        takst = fixed / (beta * places) + cell["variable_cost"] + cell.get("supplement", 0.0)
        cap = cell.get("takst_cap")
        return takst if cap is None else min(takst, cap)

    n = sum(used.values())
    by_payer = defaultdict(float)
    for (who, _), count in used.items():
        by_payer[who] += count
    variable = sum(count * cells[group]["variable_cost"] for (_, group), count in used.items())
    mean_v = variable / n if n else cells[first_group]["variable_cost"]
    base = fixed + beta * places * mean_v
    balance = -(fixed + variable)
    for (who, group), count in used.items():
        paid = price(who, group) * count
        book[year, year, who, "takst"] += paid
        balance += paid

    unused_paid = defaultdict(float)
    if "abonnement" in parts:
        for who, wanted in agreed.get("subscriptions", {}).items():
            split = wanted if isinstance(wanted, dict) else {first_group: wanted}
            for group, a in split.items():
                empty = max(0.0, a - used.get((who, group), 0.0))
                unused_paid[who] += agreed.get("alpha", 1.0) * price(who, group) * empty
        for who, paid in unused_paid.items():
            book[year, year, who, "abonnement"] += paid
            balance += paid

    if "objektiv" in parts and balance < 0:
        kept = agreed.get("psi", 0.0) * -balance
        book[year, year, owner, "ejer"] += kept
        weights = agreed["key"]
        for who, weight in weights.items():
            book[year, year, who, "objektiv"] += (-balance - kept) * weight / sum(weights.values())
        return

    if "garanti" in parts and balance < 0 and age < agreed.get("guarantee_years", 3):
        promised = agreed.get("guarantee_share", 0.8) * base / (beta * places) * max(0.0, places - n)
        promised = min(promised, -balance)
        weights = agreed["key"]
        for who, weight in weights.items():
            book[year, year, who, "garanti"] += promised * weight / sum(weights.values())
        balance += promised

    limit = agreed.get("owner_limit", 0.05) * base
    own = max(-limit, min(limit, -balance))  # above zero: the owner covers; below: the owner keeps
    rest = -balance - own
    later = year + agreed.get("lag", 2)
    if n > 0:
        for who, count in by_payer.items():
            book[later, year, who, "efterregulering"] += rest * count / n
    elif rest < 0 and sum(unused_paid.values()) > 0:
        for who, paid in unused_paid.items():
            book[later, year, who, "efterregulering"] += rest * paid / sum(unused_paid.values())
    else:
        own += rest
    book[year, year, owner, "ejer"] += own
