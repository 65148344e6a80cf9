"""The predictions that the decks ask, with what the lessons measured."""

import json

from vaelib.teaching import predictions


class Questions:
    """What `make slides` wrote beside the decks: number, lesson, declaration, measured value."""

    def __init__(self, slides):
        file = slides / "predictions.json"
        listed = json.loads(file.read_text(encoding="utf-8")) if file.exists() else []
        numbers = {p.number for lesson in predictions.LESSONS for p in predictions.all_of(lesson)}
        self.known = {entry["number"]: entry for entry in listed if entry["number"] in numbers}

    def __contains__(self, number):
        return isinstance(number, str) and number in self.known

    def check(self, number, guess):
        """The guess in the form in which it is kept.

        Raises
        ------
        ValueError
            Where the question has no room for it; the message is a sentence.
        """
        return predictions.find(number).check(guess)

    def hits(self, number, guesses):
        """How many of the guesses are near enough to what was measured; None if nothing was."""
        prediction, measured = predictions.find(number), self.measured(number)
        if measured is None:
            return None
        return sum(prediction.hit(guess, measured) for guess in guesses)

    def measured(self, number):
        """What the lesson measured."""
        return self.known[number]["measured"]

    def declaration(self, number):
        """All that a face needs."""
        return self.known[number]["declaration"]

    def for_phones(self, number):
        """The same, without the sentences on guesses that tempt: they would give it away."""
        return self.declaration(number) | {"tempting": []}
