export type {
  Calendar,
  CompiledCalendar,
  DueTime,
  Target,
  WorkingCalendar,
  WorkingInterval,
} from './calendar.ts';
export { HORIZON, compileCalendar, dueTime, workingTime } from './due-time.ts';
export { validateCalendar } from './validate-calendar.ts';
export { validateTarget } from './validate-target.ts';
export { firstInstantAt, isTimeZone, zoneOf } from './zone.ts';
