"""The loop: exact resumption, interrupts, NaN, checkpoints, and errors."""

import io
import math
import signal
from functools import partial
from types import SimpleNamespace

import numpy as np
import pytest
import torch
from torch import nn

from vaelib import training
from vaelib.bound import elbo
from vaelib.checkpoints import load, save
from vaelib.drawing import stream
from vaelib.history import History
from vaelib.training import TrainingDiverged, evaluate, evaluate_each, fit
from vaelib.vae import VAE


def data(n=300, dims=12):
    return torch.rand(n, dims, generator=stream(0)).round()


def new_model():
    return VAE(12, 2, (16,), generator=stream(1))


def noisy(x, generator):
    flip = torch.rand(x.shape, generator=generator) < 0.05
    return torch.where(flip, 1 - x, x)


train = partial(fit, objective=elbo, batch_size=32, progress=False, transform=noisy)


def same(a, b):
    a, b = a.state_dict(), b.state_dict()
    return all(torch.equal(a[name], b[name]) for name in a)


def stop_at(step, action):
    """An objective like elbo, that does `action` at one training step."""
    calls = {"n": 0}

    def objective(model, x, generator):
        calls["n"] += torch.is_grad_enabled()
        raised, reported = elbo(model, x, generator=generator)
        if calls["n"] == step and torch.is_grad_enabled():
            raised = action(raised)
        return raised, reported

    return objective


def interrupt(raised):
    raise KeyboardInterrupt


def nan(raised):
    return raised * math.nan


def out_of(model, x, generator):
    """An objective: the model's own output."""
    return model(x)[:, 0], {"value": model(x)[:, 0]}


class Clock:
    """Seconds that pass when a test says so."""

    now = 0.0

    def __call__(self):
        return self.now

    def slows(self, objective, train, test=0.0):
        """The objective, taking `train` seconds in training and `test` in evaluation."""

        def slow(model, x, generator):
            self.now += train if torch.is_grad_enabled() else test
            return objective(model, x, generator=generator)

        return slow


def test_training_raises_the_held_out_bound_and_records_every_term():
    model = new_model()
    x = torch.ones(300, 12)
    x[:, ::2] = 0
    history = train(model, x[:200], x[200:], epochs=30, lr=1e-2)
    assert len(history) == 30
    best = 12 * math.log(0.95)  # `noisy` flips 5 % of the training pixels
    assert history["test_elbo"][-1] == pytest.approx(best, abs=0.15)
    assert history["test_elbo"][0] < -6
    for row in history.rows:
        for half in ("train", "test"):
            total = row[f"{half}_reconstruction"] - row[f"{half}_kl"]
            assert row[f"{half}_elbo"] == pytest.approx(total, rel=1e-4, abs=1e-4)
    terms = evaluate(model, x[200:], elbo)
    assert terms["elbo"] == history["test_elbo"][-1]


def test_one_step_is_adam_on_minus_the_mean():
    """With one batch an epoch is one Adam step at the full rate: each weight moves by lr·sign."""
    model, x = nn.Linear(2, 1, bias=False), torch.ones(4, 2)
    before = model.weight.detach().clone()
    fit(model, x, x, out_of, epochs=1, batch_size=4, lr=0.1, progress=False)
    torch.testing.assert_close(model.weight - before, torch.full((1, 2), 0.1))


def test_learning_rate_is_half_a_cosine():
    rates = []
    model, x = nn.Linear(1, 1, bias=False), torch.ones(4, 1)
    nn.init.zeros_(model.weight)

    def objective(model, x, generator):
        if torch.is_grad_enabled():
            rates.append(float(model.weight.detach()))
        return out_of(model, x, generator)

    fit(model, x, x, objective, epochs=10, batch_size=2, lr=0.1, progress=False)
    rates.append(float(model.weight.detach()))
    steps = torch.tensor(rates).diff()
    expected = 0.05 * (1 + torch.cos(math.pi * torch.arange(20) / 20))
    torch.testing.assert_close(steps, expected, atol=1e-6, rtol=1e-4)


def test_same_seed_same_weights_and_the_global_stream_is_untouched():
    before = torch.random.get_rng_state()
    a, b, c = new_model(), new_model(), new_model()
    for model, seed in ((a, 3), (b, 3), (c, 4)):
        train(model, data()[:200], data()[200:], epochs=2, seed=seed)
    assert same(a, b) and not same(a, c)
    assert torch.equal(before, torch.random.get_rng_state())


def test_resume_is_bit_equal_to_an_unbroken_run(tmp_path):
    whole, broken, again = new_model(), new_model(), VAE(12, 2, (16,), generator=stream(7))
    halves = data()[:200], data()[200:]
    full = train(whole, *halves, epochs=6)
    part = train(
        broken, *halves, objective=stop_at(7 * 3 + 4, interrupt), epochs=6,
        checkpoint=tmp_path / "run.pt",
    )  # fmt: skip
    assert part.interrupted == (4, 4) and len(part) == 3
    rest = train(again, *halves, epochs=6, resume=tmp_path / "run.pt")
    assert same(whole, again)
    assert rest["test_elbo"] == full["test_elbo"] and rest["epoch"] == [1, 2, 3, 4, 5, 6]


@pytest.mark.parametrize("moment", ["evaluation", "save"])
def test_an_interrupt_after_the_last_step_of_an_epoch_resumes_bit_equal(
    tmp_path, monkeypatch, moment
):
    whole, broken, again = new_model(), new_model(), VAE(12, 2, (16,), generator=stream(7))
    halves, path, moments, real = (data()[:200], data()[200:]), tmp_path / "run.pt", [], save
    train(whole, *halves, epochs=4)

    def stop_the_third(now):
        moments.append(now)
        if now == moment and moments.count(now) == 3:
            raise KeyboardInterrupt

    def objective(model, x, generator):
        if not torch.is_grad_enabled():
            stop_the_third("evaluation")
        return elbo(model, x, generator=generator)

    def stopped_save(*args, **state):
        stop_the_third("save")
        real(*args, **state)

    monkeypatch.setattr(training, "save", stopped_save)
    part = train(broken, *halves, objective=objective, epochs=4, checkpoint=path)
    assert part.interrupted == (3, 7) and len(load(path)["history"]) == 2
    monkeypatch.undo()
    rest = train(again, *halves, epochs=4, resume=path)
    assert same(whole, again) and rest["epoch"] == [1, 2, 3, 4]


def test_settings_from_numpy_survive_a_checkpoint(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    settings = {"epochs": np.int64(2), "lr": np.float64(1e-3), "seed": np.int64(1)}
    train(new_model(), data(), data()[:1], **settings, checkpoint="run.pt")
    assert len(train(new_model(), data(), data()[:1], **settings, resume="run.pt")) == 2


def test_saving_what_could_not_be_loaded_is_refused(tmp_path):
    with pytest.raises(TypeError, match="a checkpoint cannot hold .*, a float64"):
        save(tmp_path / "run.pt", new_model(), rate=np.float64(0.1))
    assert not list(tmp_path.iterdir())


def test_data_that_require_a_gradient_get_none():
    x = data().requires_grad_()
    train(new_model(), x, x, epochs=1, transform=None)
    assert x.grad is None


def twice(term, **reported):
    return term, {"one": term} | reported


@pytest.mark.parametrize(
    ("value", "came"),
    [
        ({"elbo": torch.ones(32)}, r"\{'elbo': a tensor \(32,\)\}"),
        (torch.ones(32), r"a tensor \(32,\)"),
        ((torch.ones(32), torch.ones(32)), r"\(a tensor \(32,\), a tensor \(32,\)\)"),
        ((torch.ones(32), {}, {}), r"\(a tensor \(32,\), \{\}, \{\}\)"),
        (twice(torch.ones(())), r"\(a tensor \(\), \{'one': a tensor \(\)\}\)"),
        (twice(torch.ones(32), two=torch.ones(3)), r".* 'two': a tensor \(3,\)\}\)"),
        (twice(torch.ones(32), two=1.5), r".* 'two': 1.5\}\)"),
        (None, "None"),
    ],
)
def test_an_objective_that_returns_something_else_is_named(value, came):
    model, before = new_model(), new_model()
    wanted = r"\(raised, reported\): a tensor \(32,\) and a dict of tensors \(32,\)"
    with pytest.raises(TypeError, match=f"^objective: gave {came}, wanted {wanted}$"):
        train(model, data(), data(), objective=lambda model, x, generator: value, epochs=1)
    assert same(model, before)


def test_nothing_need_be_reported():
    def silent(model, x, generator):
        return elbo(model, x, generator=generator)[0], {}

    model, twin = new_model(), new_model()
    history = train(model, data(), data(), objective=silent, epochs=2)
    train(twin, data(), data(), epochs=2)
    assert same(model, twin) and history.terms() == [] and history["epoch"] == [1, 2]


def test_what_is_raised_need_not_be_reported():
    """The columns are the same at any β; what is raised is another one."""
    model, twin = new_model(), new_model()
    strict = train(model, data(), data(), objective=partial(elbo, beta=4.0), epochs=3)
    plain = train(twin, data(), data(), epochs=3)
    assert strict.terms() == plain.terms() == ["elbo", "reconstruction", "kl"]
    assert strict["test_kl"][-1] < plain["test_kl"][-1] and not same(model, twin)


def test_a_term_that_is_not_finite_is_named():
    def objective(model, x, generator):
        raised, reported = elbo(model, x, generator=generator)
        if not torch.is_grad_enabled():
            reported["kl"] = reported["kl"] / 0
        return raised, reported

    with pytest.raises(TrainingDiverged, match="^test_kl became inf in epoch 1, step 10 of 10"):
        train(new_model(), data(), data(), objective=objective, epochs=1)


def test_resume_refuses_another_model_and_a_file_that_is_not_from_fit(tmp_path):
    train(new_model(), data(), data(), epochs=1, checkpoint=tmp_path / "run.pt")
    other = VAE(12, 2, (17,), generator=stream(0))
    with pytest.raises(
        ValueError, match="resume: the checkpoint is of a model .*16.* this one .*17"
    ):
        train(other, data(), data(), epochs=1, resume=tmp_path / "run.pt")
    save(tmp_path / "model.pt", new_model())
    with pytest.raises(ValueError, match="resume: the checkpoint holds no settings"):
        train(new_model(), data(), data(), epochs=1, resume=tmp_path / "model.pt")


def test_an_interrupt_keeps_the_model_and_the_history():
    model = new_model()
    history = train(model, data()[:200], data()[200:], objective=stop_at(12, interrupt), epochs=9)
    assert history.interrupted == (2, 5) and len(history) == 1
    assert not model.training and evaluate(model, data(), elbo)["elbo"] > -1e3
    assert "stopped in epoch 2, step 5" in str(history)


def test_a_real_ctrl_c():
    def press(raised):
        signal.raise_signal(signal.SIGINT)
        return raised

    history = train(
        new_model(), data()[:200], data()[200:], objective=stop_at(9, press), epochs=10**6
    )
    assert history.interrupted == (2, 2) and len(history) == 1


def test_watch_is_asked_before_every_step_and_changes_nothing():
    asked, watched, alone = [], new_model(), new_model()
    halves = data()[:200], data()[200:]

    def watch(history, done):
        asked.append((len(history), done))
        if asked[-1][1] == 7 / 21:  # the first step of the second epoch
            assert history["test_elbo"] == [evaluate(watched, halves[1], elbo)["elbo"]]
            watched.train()

    history = train(watched, *halves, epochs=3, watch=watch)
    assert asked == [(n // 7, n / 21) for n in range(21)]
    assert history["test_elbo"] == train(alone, *halves, epochs=3)["test_elbo"]
    assert same(watched, alone) and history.interrupted is None


@pytest.mark.parametrize(("stop", "at"), [(14, (3, 1)), (17, (3, 4))])
def test_watch_stops_as_ctrl_c_stops(tmp_path, stop, at):
    whole, broken, twin = new_model(), new_model(), new_model()
    halves, path = (data()[:200], data()[200:]), tmp_path / "run.pt"
    train(whole, *halves, epochs=4)
    part = train(
        broken, *halves, epochs=4, checkpoint=path, watch=lambda _, done: done == stop / 28
    )
    assert part.interrupted == at and len(part) == 2 and not broken.training
    train(twin, *halves, objective=stop_at(stop + 1, interrupt), epochs=4)
    assert same(broken, twin)
    rest = train(broken, *halves, epochs=4, resume=path)
    assert same(whole, broken) and rest["epoch"] == [1, 2, 3, 4]


def test_a_nan_loss_names_epoch_and_step_and_keeps_the_last_good_state(tmp_path):
    model, twin = new_model(), new_model()
    path = tmp_path / "run.pt"
    with pytest.raises(TrainingDiverged, match="nan in epoch 3, step 2 of 7.* end of epoch 2") as e:
        train(
            model, data()[:200], data()[200:], objective=stop_at(16, nan), epochs=5, checkpoint=path
        )
    assert len(e.value.history) == 2
    train(twin, data()[:200], data()[200:], objective=stop_at(15, interrupt), epochs=5)
    assert same(model, twin)
    assert load(path)["history"] == e.value.history.rows


def test_checkpoints_refuse_what_is_damaged_altered_or_foreign(tmp_path):
    path, model = tmp_path / "deep" / "run.pt", new_model()
    train(model, data()[:200], data()[200:], epochs=2, checkpoint=path)
    assert list(path.parent.iterdir()) == [path]  # no half-written file is left
    saved = load(path)
    assert saved["model_config"] == model.config and saved["settings"]["lr"] == 1e-3

    altered = torch.load(path, weights_only=True)
    altered["model"]["encoder.net.0.weight"][0, 0] += 1
    torch.save(altered, tmp_path / "altered.pt")
    with pytest.raises(ValueError, match="altered.pt was altered"):
        load(tmp_path / "altered.pt")
    (tmp_path / "short.pt").write_bytes(path.read_bytes()[:-1000])
    with pytest.raises(ValueError, match="short.pt is not a readable checkpoint"):
        load(tmp_path / "short.pt")
    torch.save({"f": print}, tmp_path / "code.pt")
    with pytest.raises(ValueError, match="code.pt is not a readable checkpoint"):
        load(tmp_path / "code.pt")
    with pytest.raises(FileNotFoundError, match="no checkpoint at"):
        load(tmp_path / "none.pt")


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"epochs": 9}, "resume: the checkpoint has epochs = 2, this run 9"),
        ({"lr": 0.5}, "resume: the checkpoint has lr = 0.001, this run 0.5"),
        ({"x_test": data()[100:]}, "resume: the checkpoint has data_sha256"),
    ],
)
def test_resume_refuses_other_settings(tmp_path, change, message):
    settings = {"x_train": data()[:200], "x_test": data()[200:], "epochs": 2}
    train(new_model(), **settings, checkpoint=tmp_path / "run.pt")
    with pytest.raises(ValueError, match=message):
        train(new_model(), **settings | change, resume=tmp_path / "run.pt")


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"x_train": data()[0]}, r"x_train: got shape \(12,\), wanted \(N, D\)"),
        ({"x_train": data()[:0]}, r"x_train: got shape \(0, 12\), wanted \(N, D\)"),
        ({"x_train": torch.ones(5, 12, dtype=torch.int64)}, "x_train: got torch.int64 values"),
        ({"x_test": data() / 0}, "x_test: got NaN or infinite"),
        ({"x_test": data()[:, :3]}, "x_test: got D = 3, wanted x_train's 12"),
        ({"x_train": data() * 2}, r"x: got pixels from 0 to 2, wanted \[0, 1\]"),
        ({"epochs": 0}, "epochs: got 0"),
        ({"epochs": None}, "epochs, budget: got neither, wanted one of the two"),
        ({"budget": 1.0}, "epochs, budget: got both"),
        ({"epochs": None, "budget": 0}, "budget: got 0"),
        ({"weight_decay": -1}, "weight_decay: got -1"),
        ({"batch_size": 1.5}, "batch_size: got 1.5"),
        ({"lr": -1.0}, "lr: got -1.0"),
        ({"lr": None}, "lr: got None"),
        ({"batch_size": True}, "batch_size: got True"),
        ({"seed": None}, "seed: got None"),
        ({"x_test": None}, "x_test: got None, wanted a tensor"),
        ({"checkpoint": "."}, "checkpoint: . is a folder"),
    ],
)
def test_bad_input_is_named(change, message):
    settings = {"x_train": data(), "x_test": data(), "epochs": 1, "transform": None}
    with pytest.raises(ValueError, match=message):
        train(new_model(), **settings | change)


@pytest.mark.skipif(torch.cuda.is_available(), reason="there is a GPU")
@pytest.mark.parametrize("device", ["gpu", "cuda", "cuda:7", "mps", 3, None])
def test_a_device_that_is_not_there_is_named(device):
    wanted = "^device: got .*, wanted one that is there: cpu$"
    with pytest.raises(ValueError, match=wanted):
        train(new_model(), data(), data(), epochs=1, device=device)


def grey(**settings):
    """Pictures from 0 to 255, and a model of them."""
    x = 255 * torch.rand(64, 300, generator=stream(0))
    x[0, 0], x[0, 1] = 0.0, 255.0
    return VAE(300, 2, likelihood="gaussian", **settings, generator=stream(1)), x


@pytest.mark.parametrize("rate", [1e-3, 1e-9])
def test_where_no_step_can_have_done_it_the_data_are_asked_for(rate):
    model, x = grey(sigma_x="network")
    twin = grey(sigma_x="network")[0]
    hint = "the loss became nan before any step: are the data scaled? they go from 0 to 255"
    with pytest.raises(TrainingDiverged) as error:
        fit(model, x, x, elbo, epochs=1, lr=rate, progress=False)
    assert str(error.value) == hint and same(model, twin) and len(error.value.history) == 0


def test_weights_that_are_nan_already_are_named():
    model, x = new_model(), data()
    with torch.no_grad():
        model.decoder.net[0].bias[0] = math.nan
    with pytest.raises(TrainingDiverged, match="before any step: the model's weights hold NaN"):
        train(model, x, x, epochs=1)


def test_an_absurd_first_loss_is_a_warning_with_the_same_question():
    model, x = grey(sigma_x=1.0)
    with torch.no_grad():
        model.encoder.net[-1].weight.zero_()
        model.encoder.net[-1].bias.copy_(torch.tensor([0.0, 0.0, 40.0, 40.0]))  # variances e^40
    hint = r"^the loss is .*e\+\d\d before any step: are the data scaled\? they go from 0 to 255$"
    with pytest.warns(UserWarning, match=hint) as warned:
        fit(model, x, x, elbo, epochs=2, lr=1e-6, batch_size=16, progress=False)
    assert len(warned) == 1 and warned[0].filename == __file__
    fit(grey(sigma_x=0.01)[0], x / 255, x / 255, elbo, epochs=1, progress=False)  # says nothing


class Gone(io.StringIO):
    """A pipe that nobody reads any more."""

    encoding = "ascii"

    def write(self, *text):
        raise BrokenPipeError(32, "Broken pipe")

    flush = write


def test_a_reader_who_has_left_does_not_end_the_training(monkeypatch):
    twin, model = new_model(), new_model()
    alone = train(twin, data(), data(), epochs=2)
    monkeypatch.setattr("sys.stdout", Gone())
    watched = train(model, data(), data(), epochs=2, progress=True)
    assert watched["test_elbo"] == alone["test_elbo"] and same(model, twin)


def test_the_bar_goes_to_stdout(capsys):
    train(new_model(), data(), data(), epochs=1, progress=True)
    shown = capsys.readouterr()
    assert (
        "10/10" in shown.out
        and "held-out -" in shown.out
        and " nats" in shown.out
        and not shown.err
    )


def test_history_tabulates_and_plots_itself():
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib import pyplot as plt

    history = train(new_model(), data()[:200], data()[200:], epochs=12)
    lines = str(history).splitlines()
    assert lines[0].split()[:3] == ["epoch", "train", "elbo"]
    assert lines[1].split()[0] == "1" and lines[-1].split()[0] == "12"
    fig, axes = plt.subplots(1, 3)
    history.plot(axes)
    assert [ax.get_title() for ax in axes] == ["elbo", "reconstruction", "kl"]
    with pytest.raises(ValueError, match="axes: got 1, wanted one for each"):
        history.plot(axes[0])
    drawn = axes[0].lines[1].get_ydata()
    assert list(drawn) == history["test_elbo"]
    history.plot(axes[2], ["kl"])
    assert list(axes[2].lines[-1].get_ydata()) == history["test_kl"]
    with pytest.raises(ValueError, match=r"axes: got 3, wanted one for each of \['kl'\]"):
        history.plot(axes, ["kl"])
    plt.close(fig)
    with pytest.raises(KeyError, match="no column 'loss'"):
        history["loss"]
    assert str(History()) == "epoch  s"


@pytest.fixture
def disk():
    """A disk that can be full: then no file can grow beyond 1000 bytes, pytest's own neither."""
    resource = pytest.importorskip("resource")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)

    def limit(size):
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))

    yield SimpleNamespace(fill=lambda: limit(1000), empty=lambda: limit(before[0]))
    limit(before[0])


def test_saving_on_a_full_disk_leaves_the_older_file(tmp_path, disk):
    path = tmp_path / "run.pt"
    save(path, new_model())
    before = path.read_bytes()
    disk.fill()
    with pytest.raises(OSError, match="File too large"):
        save(path, VAE(12, 3, generator=stream(0)))
    disk.empty()
    assert path.read_bytes() == before and list(tmp_path.iterdir()) == [path]


def test_a_disk_that_fills_up_does_not_end_the_training(tmp_path, disk):
    def objective(model, x, generator):
        if model.training and (tmp_path / "run.pt").exists():
            disk.fill()
        return elbo(model, x, generator=generator)

    path = tmp_path / "run.pt"
    with pytest.warns(UserWarning, match="run.pt is not written, but training goes on: .*large"):
        history = train(new_model(), data(), data(), objective=objective, epochs=3, checkpoint=path)
    disk.empty()
    assert len(history) == 3 and len(load(path)["history"]) == 1


def test_a_budget_counts_training_only_and_may_end_within_an_epoch():
    """10 steps an epoch of ¼ s each, 8 s an evaluation, a budget of 7 s: 28 steps."""
    seen, clock = [], Clock()

    def rate(done):
        seen.append(done)
        return 1e-3

    history = train(
        new_model(), data(), data()[:9], objective=clock.slows(elbo, 0.25, test=8.0), budget=7.0,
        lr=rate, clock=clock,
    )  # fmt: skip
    assert history["spent"] == [2.5, 5.0, 7.0] and history["steps"] == [10, 10, 8]
    assert seen == [step / 28 for step in range(28)] and clock.now == 28 / 4 + 3 * 8
    within = train(
        new_model(), data(), data()[:9], objective=clock.slows(elbo, 0.25), budget=6.9, clock=clock
    )
    assert within["spent"] == [2.5, 5.0, 7.0]  # the last step began before the budget was spent


def test_without_a_clock_a_budget_counts_this_process_s_time(monkeypatch):
    clock = Clock()
    monkeypatch.setattr("time.process_time", clock)
    history = train(new_model(), data(), data(), objective=clock.slows(elbo, 1.0), budget=3.0)
    assert history["spent"] == [3.0] and history["cpu_seconds"] == [3.0]


def test_the_means_of_a_cut_epoch_are_over_the_rows_it_saw():
    clock = Clock()

    def one(model, x, generator):
        raised, _ = elbo(model, x, generator=generator)
        return raised, {"one": torch.ones(len(x))}

    history = train(
        new_model(), data(), data(), objective=clock.slows(one, 1.0), budget=3.0, clock=clock
    )
    assert history["steps"] == [3] and history["train_one"] == [1.0]


def test_resuming_a_budget_goes_on_with_the_seconds_that_are_left(tmp_path):
    path, clock = tmp_path / "run.pt", Clock()
    settings = {"budget": 20.0, "lr": lambda done: 1e-3, "clock": clock}
    halves = data(), data()[:9]
    part = train(
        new_model(), *halves, objective=clock.slows(stop_at(15, interrupt), 0.5), checkpoint=path,
        **settings,
    )  # fmt: skip
    assert part.interrupted == (2, 5) and part["spent"] == [5.0]
    rest = train(new_model(), *halves, objective=clock.slows(elbo, 0.5), resume=path, **settings)
    assert rest["spent"] == [5.0, 10.0, 15.0, 20.0] and rest.rows[0] == part.rows[0]
    with pytest.raises(ValueError, match="resume: the checkpoint has budget = 20.0, this run 4.0"):
        train(new_model(), *halves, resume=path, **settings | {"budget": 4.0})


def test_a_function_gives_the_learning_rate_and_another_the_objective():
    """A constant gradient moves a weight by the rate; which term is raised gives the sign."""
    seen, weights = [], []
    model, x = nn.Linear(1, 1, bias=False), torch.ones(4, 1)

    def up(model, x, generator):
        if torch.is_grad_enabled():
            weights.append(model.weight.item())
        return model(x)[:, 0], {"up": model(x)[:, 0]}

    def down(model, x, generator):
        weights.append(model.weight.item())
        return -model(x)[:, 0], {"down": -model(x)[:, 0]}

    def objective_at(done):
        seen.append(done)
        return up if done < 0.5 else down

    history = fit(
        model, x, x, up, epochs=4, batch_size=2, lr=lambda done: 0.01 * (1 - done),
        objective_at=objective_at, progress=False,
    )  # fmt: skip
    assert seen == [i / 8 for i in range(8)]
    rates = [b - a for a, b in zip(weights, [*weights[1:], model.weight.item()], strict=True)]
    assert rates[:4] == pytest.approx([0.01 * (1 - i / 8) for i in range(4)], rel=1e-3)
    assert rates[4] > 0 > rates[7]  # Adam's mean gradient takes a while to turn
    assert history.terms() == ["up"] and len(history["test_up"]) == 4
    assert math.isnan(history["train_down"][0]) and math.isnan(history["train_up"][3])
    assert "nan" in str(history).splitlines()[-1]


def test_weight_decay_is_adamws():
    """Without a gradient each step multiplies a weight by 1 − rate · decay."""
    model, x = nn.Linear(2, 1, bias=False), torch.ones(4, 2)
    before = model.weight.detach().clone()
    fit(
        model, x, x, lambda model, x, generator: (0 * model(x)[:, 0], {}), epochs=3,
        batch_size=4, lr=lambda done: 0.1, weight_decay=0.5, progress=False,
    )  # fmt: skip
    torch.testing.assert_close(model.weight.detach(), before * 0.95**3)


def test_bf16_is_for_the_products_of_training():
    products = set()

    def objective(model, x, generator):
        products.add((torch.is_grad_enabled(), (x @ x.T).dtype))
        return elbo(model, x, generator=generator)

    model, twin = new_model(), new_model()
    rough = train(model, data(), data(), objective=objective, epochs=2, bf16=True)
    exact = train(twin, data(), data(), epochs=2)
    assert products == {(True, torch.bfloat16), (False, torch.float32)}
    assert {p.dtype for p in model.parameters()} == {torch.float32} and not same(model, twin)
    assert rough["test_elbo"] == pytest.approx(exact["test_elbo"], abs=0.02)


def test_each_value_of_an_evaluation_and_its_own_noise():
    model, x = new_model(), data()
    each = evaluate_each(model, x, elbo, batch_size=100, seed=4)
    _, third = elbo(model, x[200:], generator=stream(4 + 2))
    torch.testing.assert_close(each["elbo"][200:], third["elbo"].detach().double())
    means = evaluate(model, x, elbo, batch_size=100, seed=4)
    assert means == {name: pytest.approx(float(value.mean())) for name, value in each.items()}
