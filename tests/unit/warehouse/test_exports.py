"""An export goes with its release."""

from ogi.warehouse.exports import clean_exports, newest_export


def test_exports_of_releases_that_are_gone_and_unfinished_ones_are_removed(home):
    (home.releases / "b").mkdir(parents=True)
    for name in ("a", "b", "b.tmp"):
        (home.exports / name).mkdir(parents=True)
    clean_exports(home)
    assert [folder.name for folder in home.exports.iterdir()] == ["b"]


def test_an_unfinished_export_is_no_earlier_one(home):
    assert newest_export(home) is None
    for name in ("a", "b.tmp"):
        (home.exports / name).mkdir(parents=True)
    assert newest_export(home) == home.exports / "a"
