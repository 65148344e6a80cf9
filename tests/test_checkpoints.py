"""Checkpoints: any model, whole or not at all, and one clear error for what is no checkpoint."""

import json
import os
import re
import subprocess
import sys
import zipfile
from collections import defaultdict, namedtuple
from contextlib import suppress
from functools import partial
from itertools import product
from pathlib import Path

import pytest
import torch
from torch import nn

from tests.fuzz import checkpoints as fuzz
from vaelib import checkpoints
from vaelib.bound import elbo
from vaelib.checkpoints import give, load, save, write
from vaelib.drawing import stream
from vaelib.engine.digest import digest
from vaelib.training import fit
from vaelib.vae import VAE

SHIPPED = sorted((Path(__file__).parents[1] / "data" / "checkpoints").glob("*.pt"))
DTYPES = (torch.bfloat16, torch.float16, torch.float32, torch.float64)


def data():
    return torch.rand(40, 6, generator=stream(0))


def new_model(**settings):
    return VAE(6, 2, (4,), **settings, generator=stream(1))


def same(a, b):
    a, b = a.state_dict(), b.state_dict()
    names = [name.replace("_orig_mod.", "") for name in a]
    return [name.replace("_orig_mod.", "") for name in b] == names and all(
        v.dtype == w.dtype and torch.equal(v, w)
        for v, w in zip(a.values(), b.values(), strict=True)
    )


def train(model, path, **settings):
    settings = {"epochs": 2, "checkpoint": path} | settings
    objective = partial(elbo, kl_form="sampled")
    return fit(model, data(), data(), objective, batch_size=8, progress=False, **settings)


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.name)
def test_the_course_s_own_checkpoints_are_intact(path):
    assert load(path).keys() >= {"model", "model_config"}


def as_before(path, **saved):
    """Write a file of the older kind, with its looser hash."""
    torch.save(saved | {"sha256": digest(saved, framed=False)}, path)


def test_a_file_of_the_older_kind_loads(tmp_path):
    model, path = new_model(prior=3), tmp_path / "old.pt"
    names = {name: name.replace("prior_module.", "learned_prior.") for name in model.state_dict()}
    weights = {names[name]: value for name, value in model.state_dict().items()}
    assert "learned_prior.mu" in weights
    as_before(path, model=weights, model_config=model.config)
    assert same(VAE.load(path), model)
    train(model, tmp_path / "run.pt")
    state = load(tmp_path / "run.pt")
    weights = {names[name]: value for name, value in state.pop("model").items()}
    as_before(path, model=weights, **state)
    again = new_model(prior=3)
    assert len(train(again, None, resume=path)) == 2 and same(again, model)


# -- any model -------------------------------------------------------------------------------------


def compiled(model):
    return torch.compile(model, backend="eager")


def partly_compiled(model):
    model.encoder = compiled(model.encoder)
    return model


def test_a_compiled_model_is_trained_saved_and_gone_on_with_as_the_one_beneath(tmp_path):
    path, model, plain = tmp_path / "run.pt", compiled(new_model()), new_model()
    train(model, path)
    train(plain, None)
    assert not any("_orig_mod" in name for name in load(path)["model"])
    assert same(VAE.load(path), plain)
    for other in (new_model(), compiled(VAE(6, 2, (4,), generator=stream(9)))):
        train(other, None, resume=path)
        assert same(other, plain)


def test_a_model_with_a_compiled_part_is_saved_as_the_one_beneath(tmp_path):
    path, model = tmp_path / "model.pt", partly_compiled(new_model())
    save(path, model)
    assert same(VAE.load(path), new_model())
    other = partly_compiled(VAE(6, 2, (4,), generator=stream(9)))
    give(other, load(path)["model"])
    assert same(other, new_model())


def test_a_file_with_a_compiled_model_s_names_loads(tmp_path):
    model = compiled(new_model())
    as_before(tmp_path / "old.pt", model=model.state_dict(), model_config=model.config)
    assert same(VAE.load(tmp_path / "old.pt"), new_model())


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("settings", [{}, {"likelihood": "gaussian", "sigma_x": "learned"}])
def test_models_of_any_precision_are_trained_saved_and_loaded(tmp_path, dtype, settings):
    path, model = tmp_path / "run.pt", new_model(**settings).to(dtype)
    history = fit(
        model, data().to(dtype), data().to(dtype), elbo, epochs=2, progress=False, checkpoint=path
    )
    assert len(history) == 2 and same(VAE.load(path), model)
    again = new_model(**settings).to(dtype)
    fit(again, data().to(dtype), data().to(dtype), elbo, epochs=2, progress=False, resume=path)
    assert same(again, model)


def test_each_weight_keeps_its_own_precision(tmp_path):
    model = new_model()
    model.encoder.double()
    model.decoder.bfloat16()
    save(tmp_path / "model.pt", model)
    assert same(VAE.load(tmp_path / "model.pt"), model)


def test_weights_that_are_not_numbers_are_still_weights(tmp_path):
    model = new_model()
    with torch.no_grad():
        model.encoder.net[0].weight[0, :2] = torch.tensor([float("nan"), float("inf")])
    save(tmp_path / "model.pt", model)
    again = VAE.load(tmp_path / "model.pt").encoder.net[0].weight
    assert torch.equal(again.isnan(), model.encoder.net[0].weight.isnan()) and again[0, 1].isinf()


@pytest.mark.parametrize(
    "value",
    [
        torch.arange(12.0).reshape(3, 4).T,
        torch.arange(12)[::3],
        torch.tensor(2.5),
        torch.zeros(0, 3),
        torch.tensor([True, False]),
        torch.tensor([1 + 2j]).imag.conj(),
        torch._neg_view(torch.ones(3)),
        nn.Parameter(torch.ones(2, dtype=torch.bfloat16)),
        torch.Size([2, 3]),
        [1, -0.0, "é\ud800", b"\0", None, {"a": (True, 2**70)}],
    ],
    ids=lambda value: str(value)[:30].encode("ascii", "replace").decode(),
)
def test_values_come_back_as_they_were(tmp_path, value):
    save(tmp_path / "model.pt", new_model(), value=value)
    again = load(tmp_path / "model.pt")["value"]
    if torch.is_tensor(value):
        assert again.dtype == value.dtype and torch.equal(again, value)
    else:
        assert repr(again) == repr(value)


Pair = namedtuple("Pair", "a b")


@pytest.mark.parametrize(
    ("value", "what"),
    [
        (torch.ones(2, dtype=torch.complex64), "a tensor that is complex"),
        (torch.eye(2).to_sparse(), "a tensor that is sparse"),
        (torch.ones(2, device="meta"), "a tensor that is meta"),
        (torch.ones(1).expand(10**12), "a tensor that is expanded"),
        (Pair(1, 2), r"Pair\(a=1, b=2\), a Pair"),
        (defaultdict(int), ".*, a defaultdict"),
        ({1}, r"\{1\}, a set"),
        (1j, "1j, a complex"),
    ],
    ids=lambda value: str(type(value).__name__),
)
def test_what_could_not_be_loaded_is_refused_by_its_place(tmp_path, value, what):
    with pytest.raises(TypeError, match=f"^rows.2.x: a checkpoint cannot hold {what}"):
        save(tmp_path / "run.pt", new_model(), rows=[0, 1, {"x": value}])
    for name in ("digest", "sha256", "model_config"):
        with pytest.raises(TypeError, match=f"state: got {name}"):
            save(tmp_path / "run.pt", new_model(), **{name: 1})
    assert not list(tmp_path.iterdir())


def test_a_model_that_cannot_be_saved_is_refused_before_the_first_step(tmp_path):
    model = new_model()
    model.register_buffer("phase", torch.ones(2, dtype=torch.complex64))
    with pytest.raises(TypeError, match=r"^model\.phase: a checkpoint cannot hold .* complex"):
        train(model, tmp_path / "run.pt")
    rate = torch.tensor(1e-3).numpy()
    assert len(train(new_model(), tmp_path / "run.pt", lr=lambda done: rate)) == 2
    assert load(tmp_path / "run.pt")["optimizer"]["param_groups"][0]["lr"] == pytest.approx(1e-3)


# -- whole or not at all ---------------------------------------------------------------------------


class Died(BaseException):
    """As a kill would, it passes every `except Exception`."""


CALLS = ("open", "fsync", "replace", "unlink")


def watched(monkeypatch, call, action):
    """Let `action` happen before or after a call that `write` makes of the operating system."""
    home = {"open": checkpoints, "unlink": Path}.get(call, os)
    real = getattr(home, call, open)
    monkeypatch.setattr(home, call, lambda *a, **k: action(lambda: real(*a, **k)), raising=False)


def dies_before(call):
    raise Died


def dies_after(call):
    with suppress(AttributeError):
        call().close()
    raise Died


def dies_half_way(call):
    file = call()
    write_all = file.write

    def write_half(content):
        write_all(content[: len(content) // 2])
        file.flush()
        raise Died

    class Half:
        __enter__, fileno, write = lambda self: self, file.fileno, staticmethod(write_half)

        def __exit__(self, *_):
            file.close()

    return Half()


@pytest.mark.parametrize(
    ("call", "action"),
    [*product(CALLS, (dies_before, dies_after)), ("open", dies_half_way)],
)
def test_a_save_that_ends_anywhere_leaves_the_older_file_or_the_new_one(
    tmp_path, monkeypatch, call, action
):
    path, old, new = tmp_path / "run.pt", new_model(), VAE(6, 2, (4,), generator=stream(2))
    save(path, old)
    watched(monkeypatch, call, action)
    with pytest.raises(Died):
        save(path, new)
    monkeypatch.undo()
    replaced = (call, action) in (("replace", dies_after), ("unlink", dies_before))
    found = VAE.load(path)
    assert same(found, new if replaced or call == "unlink" else old)
    save(path, new)  # and the next one is not in its way
    assert same(VAE.load(path), new)


KILLED = """
import json, os, signal, sys
from pathlib import Path
import torch
from tests.fuzz import checkpoints as fuzz
from vaelib import checkpoints

path, ends = Path(sys.argv[1]), {}

def new(value):
    model = torch.nn.Linear(50, 50)
    torch.nn.init.constant_(model.weight, value)
    return model

def die(*_, **__):
    os.kill(os.getpid(), signal.SIGKILL)

def half(file, content):
    os.write(file.fileno(), content[: len(content) // 2])
    die()

for call in ("open", "write", "fsync", "replace", "unlink"):
    checkpoints.save(path, new(1.0))
    if os.fork() == 0:
        if call == "write":
            class File:
                def __init__(self, *a): self.file = open(*a)
                def __enter__(self): return self
                def __exit__(self, *_): pass
                def write(self, content): half(self.file, content)
            checkpoints.open = File
        else:
            home = {"open": checkpoints, "unlink": Path}.get(call, os)
            setattr(home, call, die)
        checkpoints.save(path, new(2.0))
        os._exit(3)
    status = os.wait()[1]
    found = checkpoints.load(path)["model"]["weight"]
    ends[call] = os.WTERMSIG(status), sorted(set(found.flatten().tolist()))
print(json.dumps(ends))
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no fork")
def test_a_process_killed_while_it_saves_leaves_the_older_file(tmp_path):
    done = subprocess.run(
        [sys.executable, "-c", KILLED, tmp_path / "run.pt"],
        env=os.environ | {"OMP_NUM_THREADS": "1"},
        capture_output=True, text=True, timeout=240,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    old = [9, [1.0]]
    assert json.loads(done.stdout) == {
        "open": old, "write": old, "fsync": old, "replace": old, "unlink": [9, [2.0]]
    }  # fmt: skip


@pytest.mark.parametrize("call", ["open", "fsync", "replace"])
def test_another_writer_of_the_same_path_at_any_moment(tmp_path, monkeypatch, call):
    """The other one saves from beginning to end while the first stands at that call."""
    path, first, second = tmp_path / "run.pt", new_model(), VAE(6, 2, (4,), generator=stream(2))
    moments = []

    def action(go_on):
        if not moments:
            moments.append("now")
            save(path, second)
            assert same(VAE.load(path), second)
        return go_on()

    watched(monkeypatch, call, action)
    save(path, first)
    assert moments and same(VAE.load(path), first) and list(tmp_path.iterdir()) == [path]


def test_write_says_what_cannot_be_written_and_leaves_nothing(tmp_path):
    (tmp_path / "folder").mkdir()
    with pytest.raises(OSError, match="directory"):
        write(tmp_path / "folder", b"content")
    assert list(tmp_path.iterdir()) == [tmp_path / "folder"]


def test_a_home_is_a_home(tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    train(new_model(), "~/deep/run.pt")
    assert same(VAE.load("~/deep/run.pt"), VAE.load(tmp_path / "deep" / "run.pt"))


# -- what is no checkpoint -------------------------------------------------------------------------


def rewritten(path, change):
    """The file of a good model, changed and with a hash that is right again."""
    saved = load(path)
    saved = change(saved) or saved
    torch.save(saved | {"digest": digest(saved)}, path)


def config(**changed):
    return lambda saved: saved["model_config"].update(changed)


def model(**changed):
    return lambda saved: saved["model"].update(
        {k.replace("__", "."): v for k, v in changed.items()}
    )


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda s: s.pop("model") and s, "no weights by name"),
        (lambda s: {"model": 3}, "no weights by name"),
        (lambda s: {"model": {1: torch.ones(1)}, "model_config": None}, "no weights by name"),
        (lambda s: s | {"model_config": [1]}, "no weights by name"),
        (lambda s: s | {"model_config": None}, "holds no VAE's configuration"),
        (lambda s: s | {"model_config": {"latent_dim": 2}}, "an older version"),
        (lambda s: s | {"model": {}}, "got a model of 90 weights, but there are 0"),
        (lambda s: s["model_config"].pop("hidden") and s, "describes no VAE .*hidden"),
        (config(extra=1), "describes no VAE .*extra"),
        (config(hidden=None), "hidden: got None|describes no VAE"),
        (config(hidden=[4.5]), "hidden: got"),
        (config(hidden={"a": 1}), "hidden: got|describes no VAE"),
        (config(latent_dim="two"), "latent_dim: got 'two'"),
        (config(latent_dim=10**9), "got a model of|describes no VAE"),
        (config(data_dim=10**13), "got a model of|describes no VAE"),
        (config(data_dim=torch.ones(3)), "data_dim: got Tensor"),
        (config(hidden=[10**5, 10**5]), "got a model of .* weights, but there are 90"),
        (config(prior=10**9), "got a model of .* weights, but there are 90"),
        (config(prior="other"), "describes no VAE .*prior"),
        (config(prior="own"), "prior: got None, wanted the prior"),
        (config(prior=True), "n_components: got True|got a model of"),
        (config(likelihood=torch.ones(2)), "likelihood: got"),
        (config(sigma_x=1.0), "sigma_x: got 1.0"),
        (config(covariance_type=["diag"]), "covariance_type: got"),
        (config(covariance_type="full"), "got a model of 95 weights, but there are 90"),
        (config(centred=torch.ones(2)), "describes no VAE"),
        (config(centred=True), "got nothing for the weight encoder.x_mean"),
        (config(likelihood="gaussian", sigma_x="learned"), "got a model of 91 weights"),
        (model(encoder__net__0__weight=torch.ones(6, 4)), r"got float32 \(6, 4\) for the"),
        (model(encoder__net__0__bias=torch.ones(4).int()), "not floating-point"),
        (model(encoder__net__0__bias=4.0), "describes no VAE"),
        (model(more=torch.ones(4)), r"got float32 \(4,\) for the weight more, wanted nothing"),
    ],
)  # fmt: skip
def test_what_describes_no_vae_is_a_value_error(tmp_path, change, message):
    path = tmp_path / "model.pt"
    save(path, new_model())
    rewritten(path, change)
    before = torch.random.get_rng_state()
    with pytest.raises(ValueError, match=message):
        VAE.load(path)
    assert torch.equal(before, torch.random.get_rng_state())


@pytest.mark.parametrize(
    ("name", "value"),
    [("settings", 3), ("settings", [1]), ("history", 7), ("history", [{"epoch": 1}]),
     ("history", ["row"]), ("optimizer", {}), ("optimizer", "adam"), ("generator", None),
     ("generator", torch.ones(3))],
)  # fmt: skip
def test_a_run_of_wrong_types_is_not_gone_on_with(tmp_path, name, value):
    path, model = tmp_path / "run.pt", new_model()
    train(new_model(), path)
    rewritten(path, lambda saved: saved | {name: value})
    with pytest.raises(ValueError, match="resume: "):
        train(model, None, resume=path)
    assert same(model, new_model())


@pytest.mark.parametrize(
    ("value", "came"),
    [(torch.ones(9), "float32 (9,)"), (torch.ones(4).long(), "int64 (4,)"), ([1.0], "list")],
)
def test_weights_are_given_to_a_model_whole_or_not_at_all(value, came):
    receiver, weights = new_model(), VAE(6, 2, (4,), generator=stream(2)).state_dict()
    weights["encoder.net.2.bias"] = value
    with pytest.raises(ValueError, match=f"^model: got {re.escape(came)} for the weight enc"):
        give(receiver, weights)
    assert same(receiver, new_model())


def test_an_entry_moved_to_another_dict_changes_the_hash():
    one, other = {"a": {"b": 1}, "c": 2}, {"a": {"b": 1, "c": 2}}
    assert digest(one) != digest(other) and digest({}) != digest([])


def test_few_bytes_that_stand_for_many_are_refused(tmp_path):
    path, rows = tmp_path / "bomb.pt", [0]
    for _ in range(40):
        rows = [rows] * 2
    torch.save({"model": {}, "model_config": None, "rows": rows, "digest": ""}, path)
    with pytest.raises(ValueError, match="not a readable checkpoint"):
        load(path)
    save(tmp_path / "model.pt", new_model())
    with zipfile.ZipFile(tmp_path / "model.pt") as plain, zipfile.ZipFile(path, "w") as packed:
        for part in plain.namelist():
            packed.writestr(part, plain.read(part), zipfile.ZIP_DEFLATED)
    with pytest.raises(ValueError, match="not a readable checkpoint"):
        load(path)


def test_mutated_files_are_refused_or_hold_what_their_hash_says(tmp_path):
    count, _ = fuzz.run(20, seed=5, folder=tmp_path)
    assert sum(count.values()) == 3 * 20 and ("hashed", "load reads") in count
    assert {end.split()[1] for _, end in count} == {"refuses", "reads"}
