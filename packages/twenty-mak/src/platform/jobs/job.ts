import { DiscoveryService } from '@nestjs/core';
import type { z } from 'zod';

/**
 * One kind of background work. A job says where to look, never what to do: what to do stands in rows, so a job that
 * is lost, repeated or run twice at once changes nothing.
 */
export interface JobDefinition<Place extends object = object> {
  /** Also the name of its BullMQ queue. */
  readonly name: string;
  /** Shape of the place to look at, e.g. `{ tenantId }`. */
  readonly schema: z.ZodType<Place>;
  /** How often a worker looks for work by itself, in milliseconds; `poll` stands for the configured interval. */
  readonly every: number | 'poll';
  /** How many places one worker works on at a time. */
  readonly concurrency: number;
}

/** What a worker does for one job. */
export interface JobHandler<Place extends object = object> {
  /** Every place where work waits now, by a look into PostgreSQL. */
  find(): Promise<readonly Place[]>;
  /** Does the work at one place, until none is left or `signal` asks to stop. Safe to run twice at once. */
  handle(place: Place, signal: AbortSignal): Promise<void>;
}

export function defineJob<Place extends object>(
  definition: JobDefinition<Place>,
): JobDefinition<Place> {
  return definition;
}

/** Marks a provider as the handler of a job. Every job has exactly one, else no process starts. */
export const HandlesJob = DiscoveryService.createDecorator<{ readonly name: string }>();
