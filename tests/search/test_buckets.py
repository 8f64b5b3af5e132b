"""A bucket of the search for folders that was read and changed is the same as one made of its texts at once."""

from __future__ import annotations

import pytest

from studio.search.offline.buckets import Bucket, read
from studio.search.offline.contributions import contribution

WORDS = ["rest", "water", "friend", "doctor", "letter", "school"]


def texts(section, numbers, more=""):
    """Contributions of some texts by their numbers; each has other words."""
    return {
        f"/en/t{number:02}/": contribution(
            f"/en/t{number:02}/",
            [section(f"t{number:02}", " ".join(WORDS[number % 4 :: 1 + number % 3]) + f" own{number} {more}")],
        )
        for number in numbers
    }


def written(bucket):
    return dict(bucket.files("en/0", 4, spelled=True))


def made(found):
    bucket = Bucket()
    for one in found.values():
        bucket.put(one)
    return bucket


@pytest.mark.parametrize(
    ("changed", "gone", "fresh"),
    [
        ([3], [], []),
        ([0, 11, 12], [], []),
        ([], [1], []),
        ([], [], [50]),
        ([10], [1, 2], [0, 60]),
        ([], range(13), [5]),
    ],
)
def test_texts_that_change_go_and_come_leave_no_trace(section, changed, gone, fresh):
    before = texts(section, range(13))
    new = texts(section, [*changed, *fresh], "another letter")
    bucket = read("en/0", written(made(before)))
    bucket.drop({f"/en/t{number:02}/" for number in gone} | new.keys())
    for one in new.values():
        bucket.put(one)
    left = {path: one for path, one in before.items() if int(path[5:7]) not in gone}
    assert written(bucket) == written(made(left | new))


def test_a_bucket_that_was_read_is_written_as_it_was(section):
    files = written(made(texts(section, range(13))))
    assert written(read("en/0", files)) == files
