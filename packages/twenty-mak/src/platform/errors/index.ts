export { accepted } from './accepted.ts';
export {
  forbidden,
  notFound,
  RefusalError,
  staleVersion,
  unauthenticated,
} from './refusal-error.ts';
export { refuseHostileInput } from './hostile-input.ts';
export { problemOf } from './problem.ts';
export type { Problem } from './problem.ts';
export { isOutage, ProblemFilter } from './problem.filter.ts';
