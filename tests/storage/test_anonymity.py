"""Groups that hide their people, and the names that answers carry."""

from collections import Counter
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from storage.anonymity import FEWEST_IN_GROUP, anonymity_groups, groups_of, new_secret, voter_hash
from storage.records.people import Person
from storage.records.rankings import Participant
from tests.storage.examples import AMINA, BEN, STRANGER, minutes


def people(**sizes: int) -> dict[Person, str]:
    """So many people of each agency."""
    return {
        Person("T0HARBOUR", f"U{agency}{number}"): agency
        for agency, size in sizes.items()
        for number in range(size)
    }


@given(
    st.dictionaries(
        st.builds(Person, st.sampled_from(["T1", "T2"]), st.text("AB", max_size=5)),
        st.sampled_from(["", "Health", "Police", "Schools", "Housing"]),
        max_size=30,
    ),
    st.randoms(),
)
def test_every_group_hides_its_people_or_there_is_one(agencies: dict[Person, str], random: Random) -> None:
    uncounted = {person for person in agencies if random.random() < 0.2}
    groups = anonymity_groups(agencies, uncounted)
    assert groups.keys() == agencies.keys()
    sizes = Counter(group for person, group in groups.items() if person not in uncounted)
    used = set(groups.values())
    assert len(used) <= 1 or all(sizes[group] >= FEWEST_IN_GROUP for group in used)
    assert all(group in ("", agencies[person]) for person, group in groups.items())


def test_agencies_of_three_stay_and_smaller_ones_are_merged() -> None:
    agencies = people(Health=4, Police=3, Schools=2, Housing=1)
    expected = {
        person: agency if agency in ("Health", "Police") else "" for person, agency in agencies.items()
    }
    assert anonymity_groups(agencies) == expected


def test_a_small_rest_takes_the_smallest_agency_in() -> None:
    agencies = people(Health=4, Police=3, Schools=2)
    groups = anonymity_groups(agencies)
    assert groups == {person: "Health" if agency == "Health" else "" for person, agency in agencies.items()}


def test_nobody_makes_no_group() -> None:
    assert anonymity_groups({}) == {}


def test_late_comers_and_leavers_make_no_group_larger() -> None:
    agencies = people(Health=3, Police=3)
    steady = [Participant(person, agency) for person, agency in agencies.items()]
    assert groups_of(steady) == agencies
    late = Participant(AMINA, "Schools", added_at=minutes(1))
    left = [Participant(person, agency, left_at=minutes(2)) for person, agency in agencies.items()][:1]
    assert set(groups_of([*steady, late]).values()) == {"", "Police"}
    assert set(groups_of([*left, *steady[1:]]).values()) == {""}
    joined = Participant(AMINA, "Health", added_at=minutes(1))
    assert groups_of([*steady, joined]) == agencies | {AMINA: "Health"}


def test_a_hash_says_the_same_of_one_person_under_one_key_only() -> None:
    secret = new_secret()
    assert voter_hash(secret, BEN) == voter_hash(secret, BEN)
    assert (
        len({voter_hash(secret, AMINA), voter_hash(secret, STRANGER), voter_hash(new_secret(), AMINA)}) == 3
    )
    assert len(bytes.fromhex(secret)) == 32
