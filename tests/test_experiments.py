"""Every experiment with a table: the table is its program's, and is still what vaelib gives."""

import csv
import importlib
import math
import sys
from pathlib import Path

import pytest
import torch

from experiments import tables as writing
from vaelib.data import tables

ROOT = Path(__file__).parents[1]
NAMES = sorted(path.stem for path in tables.FOLDER.glob("*.csv"))
SMALL = tables.FOLDER / "small"
UNSEEN = {"seconds"}  # of another machine


def comment(name, folder):
    return (folder / f"{name}.csv").read_text(encoding="utf-8").splitlines()[0]


def test_every_experiment_has_its_table():
    programs = [path for path in (ROOT / "experiments").glob("*.py") if path.stem != "tables"]
    writers = {path.stem for path in programs if "tables.main(" in path.read_text("utf-8")}
    assert writers == set(NAMES) == {path.stem for path in SMALL.glob("*.csv")}
    assert not list(tables.FOLDER.rglob("*.part"))


@pytest.mark.parametrize("name", NAMES)
def test_the_tables_are_of_the_present_program(name):
    digest = writing.digest(ROOT / f"experiments/{name}.py")
    for folder, option in ((tables.FOLDER, ""), (SMALL, " --small")):
        command, versions, program = comment(name, folder).split("; ")
        assert command == f"# python -m experiments.{name}{option}"
        assert versions.startswith("python 3.") and ", torch " in versions
        assert program == f"program {digest}", f"run python -m experiments.{name}{option}"


@pytest.mark.parametrize("name", NAMES)
def test_the_tables_are_finite_and_alike(name):
    stored, small = tables.read(name), tables.read(name, SMALL)
    assert list(stored[0]) == list(small[0])
    conditions = list(stored[0])[: list(stored[0]).index("seed") + 1]
    for table in (stored, small):
        found = [tuple(row[column] for column in conditions) for row in table]
        assert len(set(found)) == len(found)
        for row in table:
            for value in list(row.values())[len(conditions) :]:
                assert isinstance(value, str) or math.isfinite(value)


def differences(rows, stored, tolerance):
    """The values that are further from the stored ones than `tolerance` of them allows.

    Near 0 a hundredth of the column's largest value counts in place of a value.
    """
    assert len(rows) == len(stored)
    for column in stored[0].keys() - UNSEEN:
        values = [(row[column], kept[column]) for row, kept in zip(rows, stored, strict=True)]
        if isinstance(stored[0][column], str):
            yield from ((column, *pair) for pair in values if pair[0] != pair[1])
        else:
            least = 0.01 * max(abs(kept) for _, kept in values)
            for value, kept in values:
                if not abs(float(value) - kept) <= tolerance * max(abs(kept), least):
                    yield column, float(value), kept


@pytest.mark.parametrize("name", NAMES)
def test_a_small_run_gives_the_small_table_again(name):
    experiment = importlib.import_module(f"experiments.{name}")
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        rows = list(experiment.rows(small=True))
    finally:
        torch.set_num_threads(threads)
    stored = tables.read(name, SMALL)
    assert list(rows[0]) == list(stored[0])
    tolerance = getattr(experiment, "TOLERANCE", 0.03)
    assert tolerance <= 0.05
    assert not list(differences(rows, stored, tolerance))


def test_a_difference_is_seen():
    stored = [{"method": "AE", "seed": 0, "nats": -100.0, "share": 0.0, "seconds": 1.0}]
    same = stored[0] | {"nats": torch.tensor(-102.0), "seconds": 9.0}
    assert not list(differences([same], stored, 0.03))
    for wrong in ({"method": "VAE"}, {"seed": 1}, {"nats": -104.0}, {"share": 0.1}):
        assert [found[0] for found in differences([same | wrong], stored, 0.03)] == list(wrong)
    assert list(differences([same | {"nats": math.nan}], stored, 0.03))


def test_a_digest_tells_programs_apart_and_not_their_words(tmp_path):
    def digest(source):
        path = tmp_path / "program.py"
        path.write_text(source, encoding="utf-8")
        return writing.digest(path)

    plain = digest("def f(x):\n    return x + 1")
    assert plain == digest(
        '"""What it is."""\n\ndef f(x):  # more\n    "One more."\n    return (x+1)'
    )
    for source in ("def f(x):\n    return x + 2", "def f(x):\n    return x - 1", "", "f = None"):
        assert plain != digest(source)
    assert digest("f = None") != digest("f = 0") != digest('f = "0"')


def example_rows(small):
    for seed in range(1 if small else 3):
        yield {"method": "VAE, d = 2", "seed": seed, "nats": torch.tensor(-1.234567), "share": 0.5}


def test_a_table_is_written_and_read(tmp_path, monkeypatch, capsys):
    for options, n in ((["--out", str(tmp_path)], 3), (["--small", "--out", str(tmp_path)], 1)):
        monkeypatch.setattr(sys, "argv", ["x.py", *options])
        threads = torch.get_num_threads()
        writing.main(example_rows, "An example.\n\nMore.", __file__)
        torch.set_num_threads(threads)
        rows = tables.read("test_experiments", tmp_path)
        assert len(rows) == n and not list(tmp_path.glob("*.part"))
        assert rows[0] == {"method": "VAE, d = 2", "seed": 0, "nats": -1.2346, "share": 0.5}
        assert isinstance(rows[0]["seed"], int)
        assert "method VAE, d = 2, seed 0, nats -1.2346" in capsys.readouterr().out
        assert comment("test_experiments", tmp_path).endswith(writing.digest(__file__))


@pytest.mark.parametrize("wrong", [{"seed": 0, "nats": math.nan}, {"seed": 0, "share": 1.0}])
def test_what_cannot_be_a_row_is_refused_and_the_old_table_stays(wrong, tmp_path):
    path = tmp_path / "x.csv"
    writing.write([{"seed": 0, "nats": 1.0}], path, "old")
    with pytest.raises(ValueError, match="row: got"):
        writing.write([{"seed": 0, "nats": 2.0}, wrong], path, "new")
    assert tables.read("x", tmp_path) == [{"seed": 0, "nats": 1.0}]
    assert path.with_suffix(".part").read_text("utf-8").splitlines()[2] == "0,2"


def test_reading_says_what_is_wrong(tmp_path):
    with pytest.raises(ValueError, match="name: got 'suns', wanted one of .*moons"):
        tables.read("suns")
    (tmp_path / "cut.csv").write_text("# by hand\nseed,nats\n0,1.0\n1\n", encoding="utf-8")
    with pytest.raises(ValueError, match="cut.csv: got 1 values in row 2, wanted 2"):
        tables.read("cut", tmp_path)


def test_means_and_conditions():
    rows = [
        {"method": m, "seed": s, "nats": v} for m, s, v in (("a", 0, 1), ("a", 1, 3), ("b", 0, 7))
    ]
    assert tables.mean_and_se(tables.where(rows, method="a"), "nats") == pytest.approx((2, 1))
    with pytest.raises(ValueError, match="wanted two or more"):
        tables.mean_and_se(tables.where(rows, method="b"), "nats")
    with pytest.raises(ValueError, match=r"condition: got .*'c'"):
        tables.where(rows, method="c")


def test_a_stored_table_is_plain_csv():
    with open(tables.FOLDER / "moons.csv", encoding="utf-8") as file:
        plain = list(csv.DictReader(line for line in file if not line.startswith("#")))
    for row, kept in zip(tables.read("moons"), plain, strict=True):
        assert {name: type(value)(kept[name]) for name, value in row.items()} == row
