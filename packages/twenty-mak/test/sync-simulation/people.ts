/** Whose e-mail addresses the simulated systems know, and nobody. */
export const OWNERS = ['olena@sandbox.example', 'taras@sandbox.example', null] as const;
