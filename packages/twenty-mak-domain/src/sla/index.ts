export type { Calendar, DueTime, Target, WorkingCalendar, WorkingInterval } from './calendar.ts';
