"""What lesson 01 asks before it measures."""

from vaelib.teaching.predictions.prediction import Axis, choice, curve, number

PREDICTIONS = (
    number(
        "1a",
        "How many times as far from the nearest moon is noise as the average of a half and a full "
        "moon?",
        unit="times as far",
        low=0.1,
        high=100,
        log=True,
        within=1.5,
        measures="RMSE of noise to its nearest moon, over that of the average to its own",
        tempting=[
            (
                (8, 100),
                "Noise looks nothing like a moon, but an RMSE of pixels between 0 and 1 is never "
                "above 1, and the average already lies at 0.19.",
            ),
            (
                (0.1, 1.3),
                "A grey half is plainly wrong to the eye, but the other half is right, and noise "
                "is wrong in nearly every pixel.",
            ),
        ],
    ),
    number(
        "1b",
        "How many times smaller than the affine autoencoder's is the nonlinear one's error, on "
        "moons that it has not seen?",
        unit="times smaller",
        low=0.5,
        high=200,
        log=True,
        within=1.5,
        measures="RMSE of the affine copies over RMSE of the network's, 400 held-out moons",
        tempting=[
            (
                (0.5, 2),
                "Both have two numbers a picture, but the affine one can only add two fixed "
                "pictures to the mean.",
            ),
            (
                (20, 200),
                "Two numbers made each moon, so two could copy it exactly, but 2,000 steps with "
                "these networks end before that.",
            ),
        ],
    ),
    number(
        "1c",
        "The codes shrink to 0.03 of their size, the draws of N(0, I) stay. Noise was 0.54 from a "
        "moon: how far are these drawings?",
        unit="RMSE a pixel",
        low=0.01,
        high=10,
        log=True,
        within=2,
        measures="mean RMSE of 100 drawings to the nearest moon, codes × 0.03",
        tempting=[
            (
                (0.3, 1),
                "Nothing seems worse than noise, but these pixels need not lie between black and "
                "white: nothing bounds what a decoder draws far from all codes.",
            ),
            (
                (0.01, 0.1),
                "The decoder was trained to draw moons, but only at codes of moons, and nearly "
                "every draw now falls outside them.",
            ),
        ],
    ),
    curve(
        "1d",
        "Walk in a straight line from a half moon's code to a full moon's. How far from the "
        "nearest real moon is the decoded picture on the way?",
        x=Axis("share of the way", 0, 1),
        y=Axis("RMSE to the nearest moon", 0, 0.3),
        at=(0, 0.25, 0.5, 0.75, 1),
        within=0.03,
        measures="RMSE of five decoded pictures to their nearest moons, all phases in training",
        tempting=[
            (
                (0.02, 0.1, 0.19, 0.1, 0.02),
                "A picture between two codes need not be the average of two pictures: here codes "
                "of real moons lie on the way.",
            ),
            (
                (0, 0.05, 0.1, 0.15, 0.2),
                "The far end is a code like the near one, so the error has no reason to grow all "
                "the way.",
            ),
        ],
    ),
    choice(
        "1e",
        "Trained on half and full moons alone, which draws a moon half-way between their codes "
        "(nearer than 0.1 to a real one)?",
        options={
            "AE": "The autoencoder alone",
            "VAE": "The VAE alone",
            "AE and VAE": "Both",
            "neither": "Neither",
        },
        measures="RMSE to the nearest moon of what each draws half-way",
        tempting=[
            (
                "VAE",
                "The claim promises it of a VAE, but no VAE can know of phases that were never in "
                "its data.",
            ),
            (
                "AE and VAE",
                "With all phases both do, but there moons from half to full were in the data.",
            ),
            (
                "AE",
                "It drew moons all the way before, but then it had been trained on all phases.",
            ),
        ],
    ),
    number(
        "1f",
        "Two code numbers for every moon of the sphere. How many times the mean error does the "
        "worst-copied moon get?",
        unit="times the mean error",
        low=1,
        high=1000,
        log=True,
        within=2,
        measures="largest RMSE over mean RMSE, 16,000 moons of the sphere, d = 2",
        tempting=[
            (
                (1, 3),
                "So far all copies were about equally good, but those moons fit into a plane, and "
                "a sphere does not.",
            ),
            (
                (40, 1000),
                "Some moon must be copied as another, but two moons lie less than 1 apart, and the "
                "mean error here is 0.050.",
            ),
        ],
    ),
)
