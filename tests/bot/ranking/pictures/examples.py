"""Charts of invented counts, from one statement's few people to the most that a ranking may have."""

from random import Random

from bot.ranking.counting.ballots import Ballot
from bot.ranking.counting.spread import spreads
from bot.ranking.counting.tally import count_ballots
from bot.ranking.pictures.agencies import Agency, agencies_chart
from bot.ranking.pictures.chart import Chart
from bot.ranking.pictures.diamond import diamond_chart
from bot.ranking.pictures.movement import movement_chart
from bot.ranking.pictures.places import places_chart
from bot.ranking.results import GroupOrder

HARD = "$x^2$ _a_ \\frac{1 % & \U0001f9d1\u200d\U0001f52c مرحبا 漢字 \x07\ud800 " + "W" * 30
LONG = "Children and parents say that they no longer have to tell their story twice"


def make_order(count: int, people: int, title: str = "Trust", seed: int = 1) -> GroupOrder:
    """A count of `people` who roughly agree on "<title> 1", "<title> 2" and so on; the first places half."""
    random = Random(seed)
    items = [f"{title} {number}" for number in range(1, count + 1)]
    orders = [sorted(items, key=lambda item: items.index(item) + random.gauss(0, 3)) for _ in range(people)]
    orders[0] = orders[0][: (count + 1) // 2]
    ballots = [Ballot(str(at), tuple((item,) for item in order)) for at, order in enumerate(orders, start=1)]
    return GroupOrder(count_ballots(ballots, items), spreads(ballots, items))


def make_charts(count: int, people: int, title: str = "Trust", agencies: int = 3) -> list[Chart]:
    """All charts of one count; the diamond only of nine statements."""
    order, later = make_order(count, people, title), make_order(count, people, title, seed=2)
    bands, now = order.tally.bands, later.tally.bands
    groups = [Agency(f"{title} agency {number}", number) for number in range(1, agencies + 1)]
    means = [
        {item: min(count, at + number / 3) for at, item in enumerate(order.items, start=1)}
        for number in range(agencies)
    ]
    charts = [
        places_chart(title, order),
        agencies_chart(title, order, groups, means),
        movement_chart(title, [(item, bands[item], now[item]) for item in later.items]),
        diamond_chart(title, order),
    ]
    return [chart for chart in charts if chart is not None]
