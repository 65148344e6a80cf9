"""What lesson 08 asks before it measures."""

from vaelib.teaching.predictions.prediction import Axis, choice, curve, number

PREDICTIONS = (
    number(
        "8a",
        "The curves of 15 epochs end flat. By how many nats is the held-out bound higher when the "
        "same training takes 45 epochs?",
        unit="nats",
        low=0.1,
        high=100,
        log=True,
        within=1.5,
        measures="held-out bound after 45 epochs minus after 15, mean of three seeds",
        tempting=[
            (
                (0.1, 1.5),
                "A curve that ends flat looks finished, but here the learning rate had come down "
                "to 0.",
            ),
            (
                (25, 100),
                "Three times the work seems to deserve a large gain, but the first epochs bring "
                "the most.",
            ),
        ],
    ),
    number(
        "8b",
        "The decoder alone gives 1 / (1 + c_j), the encoder alone v_j. By which factor do they "
        "differ in the worst of the 20 dimensions?",
        unit="times",
        low=1,
        high=10,
        log=True,
        within=1.15,
        measures="the largest factor between v_j and the rule, means of 1,000 images",
        tempting=[
            (
                (1, 1.02),
                "The rule is exact for decoders that are straight lines, but this decoder bends.",
            ),
            (
                (2, 10),
                "Two networks seem to have no reason to agree, but the bound pulls v_j to what "
                "the decoder asks for.",
            ),
        ],
    ),
    number(
        "8c",
        "In a sample each of the 784 pixels is drawn. How many of them fall on their less likely "
        "side, on average?",
        unit="pixels",
        low=1,
        high=784,
        log=True,
        within=1.5,
        measures="the sum of min(f, 1 − f) over the pixels, mean of 1,000 samples",
        tempting=[
            (
                (1, 12),
                "A trained decoder seems sure of its pixels, but along the edges of strokes it "
                "is not.",
            ),
            (
                (150, 784),
                "Every pixel is a toss, but for most of them, far from any stroke, the toss is "
                "nearly certain.",
            ),
        ],
    ),
    curve(
        "8d",
        "Draw z = a ε, then each pixel. How far is a typical such image from the nearest training "
        "image, as the temperature a grows?",
        x=Axis("temperature a", 0, 1.6),
        y=Axis("pixels that differ", 0, 130),
        at=(0, 0.4, 0.8, 1.2, 1.6),
        within=5,
        measures="pixels that differ from the nearest training image, median of 500 samples",
        tempting=[
            (
                (15, 30, 45, 60, 75),
                "A small a gives typical codes, but there the decoder is less sure, and more "
                "pixels fall on their less likely side.",
            ),
            (
                (66, 66, 66, 66, 66),
                "Only the code seems to depend on a, but how sure the decoder is depends on the "
                "code.",
            ),
        ],
    ),
    number(
        "8e",
        "For 60 images, log p(x) is estimated by 5,000 draws from the encoder. How many of the "
        "estimates are more than one nat too low?",
        unit="images",
        low=0,
        high=60,
        within=3,
        measures="images whose estimate lies more than 1 nat below the grid's value, of 60",
        tempting=[
            (
                (0, 2),
                "So many draws in two dimensions seem enough, but not where the encoder looks at "
                "the wrong place.",
            ),
            (
                (25, 60),
                "The estimate is low on average, but half of the images are right to 0.03 nats.",
            ),
        ],
    ),
    choice(
        "8f",
        "A VAE has seen only half and full moons. What does it draw half-way between the codes of "
        "a half and a full moon?",
        options={
            "between": "A moon of a phase in between",
            "average": "The average of the two pictures, with a grey half",
            "end": "A half moon or a full one",
        },
        measures="which of the three the picture in the middle is nearest to, RMSE per pixel",
        tempting=[
            (
                "between",
                "It is the lecture's hope, but no training picture shows such a moon, and the "
                "decoder does not invent one.",
            ),
            (
                "end",
                "Both are moons that it knows, but a smooth network does not jump from one to "
                "the other.",
            ),
        ],
    ),
    number(
        "8g",
        "In how many of the nine conditions are the rescaled VAE's midpoints nearer to moons than "
        "the autoencoder's, by more than three standard errors?",
        unit="conditions",
        low=0,
        high=9,
        within=1,
        measures="conditions in which the VAE is nearer, of nine",
        tempting=[
            (
                (6, 9),
                "The claim says so, but where phases are dense, the autoencoder's midpoints are "
                "moons, too.",
            ),
            (
                (4, 5.5),
                "Chance alone makes either one nearer in about half, but not by three standard "
                "errors.",
            ),
        ],
    ),
    number(
        "8h",
        "What share of the held-out digits is less probable, under this lesson's VAE, than an "
        "empty page?",
        unit="%",
        low=0,
        high=100,
        within=15,
        measures="held-out digits whose estimated log p(x) is below that of an empty page, of 200",
        tempting=[
            (
                (0, 20),
                "An empty page is no digit, but most pixels of every digit are empty, too, and "
                "no stroke has to be guessed.",
            ),
        ],
    ),
)
