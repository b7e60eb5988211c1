"""Getting from one municipality to another: shortest times over roads and ferries.

τ[k,o] is the shortest path from the seat of municipality k to the municipality of offer or candidate o, 0 in
the own municipality. A row in ``travel_times`` replaces a single pair's time. A missing time means that the
municipality can't use the place.
"""

from __future__ import annotations

import networkx as nx
import numpy as np
import numpy.typing as npt
import pandas as pd

from kapacitet.region.model import Region


def travel_graph(region: Region, *, ferries: bool = True) -> nx.Graph[str]:
    """The undirected network: municipality codes, and links with ``minutes`` and ``ferry``.

    Where two links join the same pair, the quicker one counts, the road if they are as quick.

    Args:
        region: the region.
        ferries: whether ferry links are part of it.
    """
    graph: nx.Graph[str] = nx.Graph()
    graph.add_nodes_from(region.tables["municipalities"]["code"])
    links = region.tables["travel_links"]
    for here, there, kind, minutes in zip(links["from"], links["to"], links["kind"], links["minutes"], strict=True):
        ferry = kind == "ferry"
        if ferry and not ferries:
            continue
        known = graph.get_edge_data(here, there, default={"minutes": np.inf, "ferry": True})
        if (minutes, ferry) < (known["minutes"], known["ferry"]):
            graph.add_edge(here, there, minutes=float(minutes), ferry=ferry)
    return graph


def travel_minutes(region: Region) -> pd.DataFrame:
    """Minutes one way from each municipality to each offer and candidate.

    Returns:
        float minutes; index municipality codes, columns ids of offers, then candidates; NaN: unreachable.
    """
    times = _over_network(region, travel_graph(region))
    given = region.tables["travel_times"]
    rows = times.index.get_indexer(pd.Index(given["municipality"]))
    columns = times.columns.get_indexer(pd.Index(given["offer_or_candidate"]))
    values = times.to_numpy(copy=True)
    values[rows, columns] = given["minutes"].to_numpy()
    return pd.DataFrame(values, index=times.index, columns=times.columns)


def needs_ferry(region: Region) -> pd.DataFrame:
    """Whether the quickest route uses a ferry: the roads alone are slower, or lead nowhere.

    Times given in ``travel_times`` say nothing of the route, so those pairs are judged by the network.

    Returns:
        booleans, index and columns as :func:`travel_minutes`; False where there is no route.
    """
    quickest = _over_network(region, travel_graph(region))
    by_road = _over_network(region, travel_graph(region, ferries=False))
    return quickest.notna() & ~(by_road <= quickest)


def unreachable_pairs(region: Region) -> list[tuple[str, str]]:
    """Pairs of municipality code and id of an offer or candidate that it can't reach."""
    times = travel_minutes(region)
    return [(str(code), str(unit)) for unit in times for code in times.index[times[unit].isna()]]


def _over_network(region: Region, graph: nx.Graph[str]) -> pd.DataFrame:
    """Minutes of the shortest paths in a network, as :func:`travel_minutes` without the given times."""
    codes = region.tables["municipalities"]["code"].tolist()
    homes = {
        unit: home
        for name in ("offers", "candidates")
        for unit, home in zip(region.tables[name]["id"], region.tables[name]["municipality"], strict=True)
    }
    reach = {
        home: nx.single_source_dijkstra_path_length(graph, home, weight="minutes") for home in set(homes.values())
    }
    values: npt.NDArray[np.float64] = np.array(
        [[reach[home].get(code, np.nan) for home in homes.values()] for code in codes], dtype="float64"
    ).reshape(len(codes), len(homes))
    return pd.DataFrame(values, index=pd.Index(codes, dtype="str"), columns=pd.Index(list(homes), dtype="str"))
