// All that trains and measures, without a page: a worker runs it, and the page draws with it.

export { Mixture } from "./mixture.js";
export { Autoencoder } from "./autoencoder.js";
export { fast, heap } from "./heap.js";
export { InfiniteMixture } from "./infinite.js";
export { Adam, Network } from "./network.js";
export { models, Race, rulesOf, setWeights, START } from "./race.js";
export { Random } from "./random.js";
export { erf, gaussHermite, grid, logSumExp, PRIORS } from "./rules.js";
export { EDGE, heldOut, LEVELS, onLattice, stamped, STAMPS } from "./stamps.js";
export { serve, Trainer } from "./trainer.js";
export { Vae } from "./vae.js";
