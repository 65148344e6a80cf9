"""What a training run leaves behind: a row of means per epoch, drawn and tabulated by itself."""

import math


class History:
    """Rows of {"epoch", "steps", "train_…", "test_…", "seconds", "cpu_seconds", "spent"}.

    "train_…" and "test_…" are the means of the terms that the objective reports, in nats per
    example. "seconds" and "cpu_seconds" are those of the epoch with its evaluation, "spent" those
    of training alone since the beginning, as a budget counts them. `history["test_elbo"]` is a
    column, `history.rows[-1]` the last row, and `history.interrupted` the (epoch, step) at which a
    run was stopped, or None.
    """

    def __init__(self, rows=()):
        self.rows = [dict(row) for row in rows]
        self.interrupted = None

    def append(self, **row):
        """Add an epoch."""
        self.rows.append(row)

    def __len__(self):
        return len(self.rows)

    def __getitem__(self, name):
        """A column as a list, NaN in epochs that have no such term; KeyError if there is none."""
        columns = dict.fromkeys(column for row in self.rows for column in row)
        if self.rows and name not in columns:
            raise KeyError(f"no column {name!r}; there are {', '.join(columns)}")
        return [row.get(name, math.nan) for row in self.rows]

    def terms(self):
        """The names of the terms of the first epoch, without train_ and test_."""
        first = self.rows[0] if self.rows else {}
        return [name.removeprefix("test_") for name in first if name.startswith("test_")]

    def table(self, n_rows=6):
        """As lists of text: n_rows epochs evenly spread, the first and the last among them."""
        names = [f"{half}_{term}" for term in self.terms() for half in ("train", "test")]
        last = len(self.rows) - 1
        shown = sorted(
            {round(i * last / max(1, n_rows - 1)) for i in range(n_rows)} if self.rows else ()
        )
        head = ["epoch", *(name.replace("_", " ") for name in names), "s"]
        body = []
        for row in (self.rows[i] for i in shown):
            means = [f"{row.get(name, math.nan):.2f}" for name in names]
            body.append([str(row["epoch"]), *means, f"{row['seconds']:.2f}"])
        return [head, *body]

    def __str__(self):
        rows = self.table()
        widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
        lines = ["  ".join(c.rjust(w) for c, w in zip(row, widths, strict=True)) for row in rows]
        if self.interrupted:
            lines.append("stopped in epoch {}, step {}".format(*self.interrupted))
        return "\n".join(lines)

    __repr__ = __str__

    def plot(self, axes, terms=None):
        """Draw each term against epochs: training dashed, held-out solid, in nats.

        Parameters
        ----------
        axes : one of matplotlib's Axes, or several
        terms : list of str, optional
            One for each axis; by default `terms()`.

        Raises
        ------
        ValueError
            If there are not as many axes as terms.
        """
        axes = [axes] if hasattr(axes, "plot") else list(axes)
        terms = self.terms() if terms is None else terms
        if len(axes) != len(terms):
            raise ValueError(f"axes: got {len(axes)}, wanted one for each of {terms}")
        for ax, term in zip(axes, terms, strict=True):
            for half, line, name in (("train", "--", "training"), ("test", "-", "held-out")):
                ax.plot(self["epoch"], self[f"{half}_{term}"], line, label=name)
            ax.set(title=term, xlabel="epoch", ylabel="nats per example")
        axes[0].legend()
