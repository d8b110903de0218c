/** Rises with every change of what a figure means: rollups that were built by other rules are built again. */
export const RULES = 1;
