import { Initial1700000000001 } from './0001-initial.ts';

/** In order; imported one by one because a glob is loaded differently by Node and by the test runner. */
export const migrations = [Initial1700000000001];
