"""A local copy is kept only if its changelog leads on from its checkpoint."""

from __future__ import annotations

import pytest

from services.processing.checkpoint import Misfit, misfit


@pytest.mark.parametrize("checkpoint", [9, 10, 19])
def test_a_checkpoint_from_which_the_changelog_leads_on_fits(checkpoint: int) -> None:
    assert misfit(checkpoint, 10, 20) is None


@pytest.mark.parametrize(("start", "end"), [(0, 0), (5, 5), (5, 9)])
def test_an_empty_copy_fits_any_changelog(start: int, end: int) -> None:
    assert misfit(None, start, end) is None


def test_a_changelog_without_the_records_after_the_checkpoint_does_not_fit() -> None:
    assert misfit(8, 10, 20) is Misfit.BEFORE_START


@pytest.mark.parametrize("checkpoint", [20, 500])
def test_a_changelog_that_ends_before_the_checkpoint_does_not_fit(checkpoint: int) -> None:
    assert misfit(checkpoint, 10, 20) is Misfit.BEYOND_END


def test_an_empty_changelog_does_not_fit_a_copy_with_rows() -> None:
    assert misfit(0, 0, 0) is Misfit.BEYOND_END


def test_a_changelog_whose_records_were_all_deleted_after_the_checkpoint_fits() -> None:
    assert misfit(19, 20, 20) is None
