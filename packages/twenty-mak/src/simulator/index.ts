export { LATE_AFTER } from './arrivals.ts';
export type { Arrival, Disorder, SentEvent } from './arrivals.ts';
export { companyCount, companyOf } from './companies.ts';
export type { Company } from './companies.ts';
export { staffOf } from './people.ts';
export type { AccountRole, Person, Staff } from './people.ts';
export { DEFAULT_DISORDER, simulate, tagOf } from './simulate.ts';
export type { Simulation } from './simulate.ts';
