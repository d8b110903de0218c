import {
  addTo,
  ApiError,
  clientsOf,
  deliver,
  HttpApi,
  makeClients,
  peopleOfTenant,
  simulate,
} from '../../simulator/index.ts';
import type { Answers } from '../../simulator/index.ts';
import { CliError } from '../local/cli-error.ts';
import { findPlace } from '../replay/place.ts';
import { progressBar, silent } from '../replay/progress.ts';
import { live } from './live.ts';
import { readOptions } from './options.ts';
import type { RawSimulateOptions } from './options.ts';
import { openSimulated } from './tenant.ts';

/** What `./mak simulate` prints last. */
export interface SimulationReport {
  readonly tenant: string;
  readonly api_key: string;
  /** All deals of the tenant in the pipeline. */
  readonly deals: number;
  readonly events_sent: number;
  /** Answer → events that got it. */
  readonly answers: Answers;
  readonly stages: Record<string, number>;
  readonly sla: Record<string, Record<string, number>>;
  readonly seconds: number;
}

type Summary = Pick<SimulationReport, 'deals' | 'stages' | 'sla'>;

/** Simulates through the running server, and asks it what came of it. Throws a CliError. */
export async function simulateTenant(raw: RawSimulateOptions): Promise<SimulationReport> {
  const options = readOptions(raw);
  const place = findPlace();
  const operator = { api: new HttpApi(place.url), operatorKey: place.operatorKey };
  const progress = raw.json && !process.stderr.isTTY ? silent : progressBar();
  const begin = performance.now();
  try {
    const { api } = operator;
    const tenant = await openSimulated(operator, place, options);
    const { apiKey: key, now } = tenant;
    const people = await peopleOfTenant(api, key);
    if (people.length === 0)
      throw new CliError(`The tenant ${tenant.key} has no accounts.`, 'Invite somebody first.');
    const { seed, deals, months, late, repeats, concurrency, rate, seconds } = options;
    await makeClients(clientsOf(seed, deals, people), { api, key });
    let sent = 0;
    let begun = 0;
    const watched = function* () {
      for (const arrival of simulate({ seed, deals, months, late, repeats, now, people })) {
        if (arrival.event.type === 'crm.deal.created') begun += 1;
        yield arrival;
      }
    };
    const answers = await deliver(watched(), {
      api,
      key,
      concurrency,
      sent: (events) => {
        sent += events;
        progress.update(sent, begun / deals);
      },
    });
    progress.stop();
    await tenant.wake();
    if (rate !== null)
      addTo(
        answers,
        await live({ api, key, seed, people, clients: { seed, deals } }, rate, seconds),
      );
    const {
      deals: made,
      stages,
      sla,
    } = await api.call<Summary>('/v1/events/summary?pipeline=adtech', { key });
    return {
      tenant: tenant.key,
      api_key: key,
      deals: made,
      events_sent: Object.values(answers).reduce((sum, count) => sum + count, 0),
      answers,
      stages,
      sla,
      seconds: Math.round(performance.now() - begin) / 1_000,
    };
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    throw new CliError(
      error.message,
      'Look at ./mak status and run the same command again: what was sent does not count twice.',
    );
  } finally {
    progress.stop();
  }
}
