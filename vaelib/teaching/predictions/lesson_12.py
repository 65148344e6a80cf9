"""What lesson 12 asks before it measures."""

from vaelib.teaching.predictions.prediction import Axis, choice, curve, number

PREDICTIONS = (
    choice(
        "12a",
        "Which of these kinds of picture has the highest median log p(x)?",
        options={
            "creature": "Real creatures, held out",
            "reconstruction, mean": "Their reconstructions, shown as means",
            "the model's own draws": "The model's own draws",
            "blurred": "Blurred creatures",
        },
        measures="median log p(x) of 40 pictures of each kind",
        tempting=[
            (
                "creature",
                "The model was trained to make such pictures likely, but a picture without the "
                "model's noise lies nearer to a peak of its density.",
            ),
            (
                "the model's own draws",
                "A model should like its own draws best, but every draw carries noise, which costs "
                "half a nat a value.",
            ),
            (
                "blurred",
                "Blur takes away what is hard to predict, but a reconstruction lies exactly where "
                "a decoder's peak is.",
            ),
        ],
    ),
    number(
        "12b",
        "A chimera has the upper half of one creature and the lower half of another. In how many "
        "per cent of pairs has the creature the higher p(x)?",
        unit="% of pairs",
        low=0,
        high=100,
        within=10,
        measures="share of 40 pairs in which a creature beats the chimera that wears its ears",
        tempting=[
            (
                (40, 60),
                "Each half is as real as any other, but this model does not value the halves "
                "independently of each other.",
            ),
            (
                (0, 39),
                "A new combination may look as good to you as the old one, but a creature's own "
                "halves always fit, and a chimera's only by chance.",
            ),
        ],
    ),
    choice(
        "12c",
        "Which of these four traits will the ten numbers of the code know best?",
        options={
            "hue": "The hue of the body",
            "lightness": "The lightness",
            "mouth": "The mouth",
            "limbs": "The limbs",
        },
        measures="what nearest neighbours read from the codes: 0 is chance, 1 is always right",
        tempting=[
            (
                "hue",
                "No trait changes more pixels than hue, but it changes each only by a little, and "
                "the loss counts squares.",
            ),
            (
                "lightness",
                "Lightness changes as many pixels as hue, but squared changes count, and it "
                "decides one part in fifty of the variance.",
            ),
            (
                "mouth",
                "The mouth gives a creature its character, but it changes nine pixels, and the "
                "loss counts squared error.",
            ),
        ],
    ),
    curve(
        "12d",
        "Order the ten traits by the variance that they decide. How well does the code know each "
        "of them, from 0 (chance) to 1 (always right)?",
        x=Axis("trait, by the variance that it decides (1: most)", 1, 10),
        y=Axis("what the code knows of it", -0.2, 1),
        at=(1, 2, 3, 4, 5, 6, 7, 8, 9, 10),
        within=0.1,
        measures="what nearest neighbours read from the codes of 1,000 held-out creatures",
        tempting=[
            (
                (0.9,) * 10,
                "Ten numbers for ten traits look like one for each, but nothing asks a number to "
                "serve a trait.",
            ),
            (
                (0.95, 0.85, 0.75, 0.65, 0.55, 0.45, 0.35, 0.25, 0.15, 0.05),
                "A steady decline seems fair, but what decides little squared error gets hardly "
                "any room.",
            ),
        ],
    ),
    number(
        "12e",
        "The code is turned at random 500 times. In how many per cent of the rotations do the axes "
        "match traits worse than the model's own?",
        unit="% of rotations",
        low=0,
        high=100,
        within=8,  # a share of 500 is known to ± 2 (one standard error)
        measures="share of 500 rotations whose mean largest share is below that of the own axes",
        tempting=[
            (
                (80, 100),
                "Training chose these axes, so they should mean something, but a round prior and a "
                "nearly round q prefer no axes.",
            ),
            (
                (45, 55),
                "Axes that mean nothing may lie anywhere among the rotations, so half is a fair "
                "guess; these match traits a little worse than most.",
            ),
        ],
    ),
    number(
        "12f",
        "A judge looks for body, ears, eyes and limbs. How many of the four can change when only "
        "one of the two numbers is turned?",
        unit="traits",
        low=0,
        high=4,
        within=0.5,
        measures="judged traits that differ along a row or a column of the lattice",
        tempting=[
            (
                (0.6, 1.4),
                "The number was chosen for its large share of one trait, but half of its variance "
                "belongs to others.",
            ),
            (
                (0, 0.4),
                "A small step may change no trait, but from −3 to 3 the number crosses the whole "
                "cloud of codes.",
            ),
        ],
    ),
    number(
        "12g",
        "Limbs explain 55 % of z₇, hue 0 %. By how many degrees does this creature's colour turn "
        "on the colour circle when z₇ goes from −2 to 0?",
        unit="degrees",
        low=0,
        high=180,
        within=20,
        measures="hue of the mean colour of the picture's middle, at z₇ = 0 less at z₇ = −2",
        tempting=[
            (
                (0, 30),
                "Hue explains 0 % of z₇, but that is an average over all creatures, and this is "
                "one of them.",
            ),
            (
                (150, 180),
                "If the colour changes, it could change to its opposite, but brown to green is "
                "less than a third of the circle.",
            ),
        ],
    ),
    curve(
        "12h",
        "The direction of rabbit ears is added to creatures that lack them. How often does the "
        "judge see rabbit ears at each strength?",
        x=Axis("strength", 0, 3),
        y=Axis("share of the pictures", 0, 1),
        at=(0, 0.5, 1, 1.5, 2, 3),
        within=0.1,
        measures="share of changed held-out creatures in which the judge sees rabbit ears",
        tempting=[
            (
                (0, 0.2, 0.4, 0.6, 0.8, 1),
                "A longer step should show more of the trait, but far out no codes of creatures "
                "lie, and the ears are lost again.",
            ),
            (
                (0, 0.5, 1, 1, 1, 1),
                "At strength 1 the mean code lands on the mean of those with the trait, but no "
                "single creature is a mean.",
            ),
        ],
    ),
    number(
        "12i",
        "Judges choose the best 50 of 10,000 inventions. In how many per cent of the 50 do "
        "strangers, who did not choose, see all three traits?",
        unit="% of the 50",
        low=0.1,
        high=100,
        log=True,
        within=1.5,
        measures="share of the chosen 50 in which nearest neighbours see all three traits",
        tempting=[
            (
                (75, 100),
                "The judges chose them for exactly these traits, but a picture may please a judge "
                "without showing what was asked for.",
            ),
            (
                (0.1, 2),
                "One creature in 150 has all three, but these are the best 50 of 10,000.",
            ),
        ],
    ),
)
