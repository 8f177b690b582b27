"""How often facets and values go together, for PostgreSQL's planner; SQLite's needs no such figures.

Taken as independent of its facet a value seems rarer than it is by far, and a hundred thousand
case studies are then sorted to show ten.
"""

POSTGRESQL = (
    """CREATE STATISTICS case_study_facet_values (dependencies, mcv)
        ON facet, value FROM case_study_facets""",
    "ANALYZE case_study_facets",
)
