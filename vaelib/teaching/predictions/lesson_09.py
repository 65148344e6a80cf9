"""What lesson 09 asks before it measures."""

from vaelib.teaching.predictions.prediction import Axis, choice, curve, number, place

PREDICTIONS = (
    number(
        "9a",
        "A seven gets one more black pixel, in the corner or at the edge of its stroke. How many "
        "nats dearer is the corner for the VAE?",
        unit="nats",
        low=0,
        high=40,
        within=5,
        measures="log p(x') of the seven with the edge pixel − log p(x') of that with the corner",
        tempting=[
            (
                (0, 2),
                "By (9.1) all pixels cost the same, but there the mean was fixed and the noise "
                "equal, and here the decoder has its own f for each pixel.",
            ),
            (
                (30, 40),
                "A dot in the corner looks impossible, but the decoder's log-odds are finite: it "
                "gives that pixel a small probability, and not 0.",
            ),
        ],
    ),
    place(
        "9b",
        "Two images lie 2a apart, and two Gaussians of noise σ_x are fitted to them. From which "
        "σ_x / a on do both means become the average?",
        x=Axis("σ_x / a", 0, 3),
        within=0.15,
        measures="the largest σ_x / a at which (9.4) still has a b above 0.05",
        tempting=[
            (
                (2.0,),
                "The images lie 2a apart, so noise of that size seems to be needed; half of it is "
                "enough.",
            ),
            (
                (3.0,),
                "Two means can do what one can, so using the coin never seems to hurt; with much "
                "noise it gains nothing, and the average is best.",
            ),
        ],
    ),
    number(
        "9c",
        "Held-out digits lie 55 pixels from the nearest training image (median). How far do copies "
        "lie that are binarised anew, with 5 % of their 784 pixels flipped?",
        unit="pixels",
        low=0,
        high=120,
        within=8,
        measures="pixels from a noisy copy to the nearest training image, median of 4,000",
        tempting=[
            (
                (34, 44),
                "5 % of 784 are 39 pixels, but the grey image was also tossed anew, and that "
                "alone changes some.",
            ),
            (
                (0, 25),
                "A copy seems to lie close to its original, but the distance counts every pixel "
                "of noise.",
            ),
        ],
    ),
    curve(
        "9d",
        "Drawn digits lie 69 pixels from the nearest training image at temperature 1 (median). How "
        "does this distance go with the temperature?",
        x=Axis("temperature", 0, 1.6),
        y=Axis("pixels to the nearest", 30, 120),
        at=(0, 0.4, 0.8, 1.2, 1.6),
        within=6,
        measures="median over 500 digits of this page's VAE, their pixels drawn",
        tempting=[
            (
                (50, 58, 65, 72, 80),
                "Less noise in the code seems to mean less in the picture, but at 0 the decoder is "
                "least sure of its pixels.",
            ),
            (
                (95, 85, 72, 72, 90),
                "It was trained at 1 and seems at home there, but the distance reads noise and "
                "blur, and not how usual a digit is.",
            ),
        ],
    ),
    choice(
        "9e",
        "Which picture gets the highest log p(x) from the VAE?",
        options={
            "held-out digits": "A digit that it has not seen",
            "upper halves": "The upper half of a digit",
            "mirrored": "A mirrored digit",
            "blank sheet": "A blank sheet",
        },
        measures="mean log p(x), by 200 draws from q",
        tempting=[
            (
                "held-out digits",
                "It was trained to make digits likely, but log p(x) adds up pixels, and every edge "
                "of ink costs something.",
            ),
            (
                "upper halves",
                "Half the ink is cheaper than all of it, and by the same reason no ink is cheaper "
                "still.",
            ),
            (
                "mirrored",
                "It has as much ink as a digit, but ink in places where the code does not expect "
                "it.",
            ),
        ],
    ),
    choice(
        "9f",
        "Three VAEs were trained with different weights β of the KL. Whose reconstructions are the "
        "sharpest, with the least distortion?",
        options={"0.05": "β = 0.05", "1": "β = 1", "10": "β = 10"},
        measures="distortion on 500 held-out images after 40 epochs, mean of three seeds",
        tempting=[
            (
                "1",
                "It has the best bound, but a bound is distortion plus rate, and a little more "
                "rate buys less distortion.",
            ),
            (
                "10",
                "A heavy KL makes a tidy code, but a code that may carry little cannot say what "
                "the image looked like.",
            ),
        ],
    ),
    number(
        "9g",
        "Two VAEs, with the average image subtracted as in ours, train for 60 epochs. How many "
        "nats of held-out log p(x) do four hidden layers gain over one (below 0: lose)?",
        unit="nats",
        low=-60,
        high=30,
        within=8,
        measures="log p(x), four layers − one layer, mean of three seeds",
        tempting=[
            (
                (1, 30),
                "Four layers can express more than one, but at the start hardly anything of z "
                "comes through them.",
            ),
            (
                (-4, 1),
                "Further layers seem harmless if nothing needs them, but training has to get "
                "through them from the first step on.",
            ),
        ],
    ),
)
