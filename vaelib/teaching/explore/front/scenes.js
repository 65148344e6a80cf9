// The scenes that the browser computes, by the explorer's name: (parameters, fixed) → {arrays,
// sentence}. `fixed` are the pack's fixed arrays. faces.py adds them when it joins the modules.

export const scenes = {};
