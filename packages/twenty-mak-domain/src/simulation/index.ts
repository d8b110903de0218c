export { BUGS } from './bugs.ts';
export type { Bug } from './bugs.ts';
export { simulate, TENANTS } from './simulate.ts';
export type { Report } from './simulate.ts';
export type { Performed } from './world.ts';
export type { Repository, Transaction } from './repository.ts';
