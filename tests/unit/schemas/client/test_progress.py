"""The committed offset never passes a message that the caller has not finished."""

from __future__ import annotations

from aiokafka import TopicPartition
from hypothesis import given
from hypothesis import strategies as st

from schemas.client.progress import Progress

ONE, TWO = TopicPartition("t", 0), TopicPartition("t", 1)

Step = tuple[str, TopicPartition]


def test_a_message_in_progress_is_not_committable_until_it_is_finished() -> None:
    progress = Progress()
    progress.deliver(ONE, 4)

    assert progress.offsets_to_commit() == {}
    progress.finish()
    assert progress.offsets_to_commit() == {ONE: 5}
    progress.committed({ONE: 5})
    assert progress.offsets_to_commit() == {}


def test_a_message_of_a_lost_partition_can_not_be_finished() -> None:
    """The partition may come back at an older position, so a late finish must not count."""
    progress = Progress()
    progress.deliver(ONE, 4)

    assert progress.revoke([ONE])
    progress.finish()
    assert progress.offsets_to_commit() == {}
    assert not progress.revoke([ONE])


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["give", "finish", "pass", "commit", "lose"]),
            st.sampled_from([ONE, TWO]),
        )
    )
)
def test_an_unfinished_message_is_never_committable(steps: list[Step]) -> None:
    progress = Progress()
    read = {ONE: 0, TWO: 0}
    finished = {ONE: 0, TWO: 0}
    in_hand: TopicPartition | None = None
    for step, partition in steps:
        if step in {"give", "pass", "finish"} and in_hand is not None:
            progress.finish()
            finished[in_hand], in_hand = read[in_hand], None
        if step == "give":
            progress.deliver(partition, read[partition])
            read[partition] += 1
            in_hand = partition
        elif step == "pass":
            read[partition] += 1
            progress.advance(partition, read[partition])
            finished[partition] = read[partition]
        elif step == "commit":
            progress.committed(progress.offsets_to_commit())
        elif step == "lose":
            progress.revoke([partition])
            if in_hand is partition:
                in_hand = None
            read[partition] = finished[partition]  # read again from the last commit at worst
        for one, offset in progress.offsets_to_commit().items():
            assert offset <= finished[one]
