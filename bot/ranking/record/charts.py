"""Which pictures go with a record."""

from bot.ranking.pictures.agencies import Agency, agencies_chart
from bot.ranking.pictures.chart import Chart
from bot.ranking.pictures.diamond import diamond_chart
from bot.ranking.pictures.movement import movement_chart
from bot.ranking.pictures.places import places_chart
from bot.ranking.record.phrases import NO_AGENCY
from bot.ranking.record.record import Record, Round


def charts_of(record: Record) -> list[Chart]:
    """All that its rounds allow, round by round."""
    return [chart for counted in record.rounds for chart in round_charts(record.title, counted)]


def round_charts(heading: str, counted: Round) -> list[Chart]:
    """Places and, where there are such, the diamond of nine, agencies and movement."""
    order, number = counted.order, counted.number
    charts: list[Chart | None] = [places_chart(heading, order, number), diamond_chart(heading, order, number)]
    groups = counted.agencies
    agencies = [Agency(group.agency or NO_AGENCY, group.people) for group in groups]
    charts.append(agencies_chart(heading, order, agencies, [group.means for group in groups], number))
    if counted.movement:
        moves = [(move.label, move.before, move.after) for move in counted.movement]
        charts.append(movement_chart(heading, moves, number))
    return [chart for chart in charts if chart is not None]
