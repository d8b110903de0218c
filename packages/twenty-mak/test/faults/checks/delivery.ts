import type { ReceivedWebhook } from '../../support/receiver.ts';
import type { Report } from '../report.ts';
import type { OutboxRow } from './outbox.ts';
import { groupBy } from './canonical.ts';

/** Every event reached the receiver of webhooks, those of a deal, lead or lot in their order, whatever was repeated on the way. */
export function checkWebhooks(
  rows: readonly OutboxRow[],
  received: readonly ReceivedWebhook[],
  report: Report,
): void {
  const first = new Map<string, ReceivedWebhook>();
  for (const webhook of received)
    if (!first.has(webhook.body.event_id)) first.set(webhook.body.event_id, webhook);
  const came = groupBy(
    [...first.values()],
    ({ body }) => body.lead_id ?? body.lot_id ?? body.master_deal_id,
  );
  const published = groupBy(rows, ({ deal_id: id }) => id);
  for (const [subjectId, events] of published) {
    const wanted = events.map(({ event_id: id }) => id);
    const got = (came.get(subjectId) ?? []).map(({ body }) => body.event_id);
    report.checks += wanted.length;
    report.expect(
      wanted.join() === got.join(),
      'delivery',
      () =>
        `webhooks of ${subjectId}: ${got.length} of ${wanted.length}, first ${firstDifference(wanted, got)}`,
    );
  }
  for (const subjectId of came.keys())
    report.expect(
      published.has(subjectId),
      'delivery',
      () => `a webhook of ${subjectId} came from nowhere`,
    );
}

/** The subscriber got exactly what the outbox has of deals: resuming from a position neither skips nor repeats. */
export function checkSubscription(
  rows: readonly OutboxRow[],
  received: readonly string[],
  report: Report,
): void {
  const wanted = rows.map(({ event_id: id }) => id);
  report.checks += wanted.length;
  report.expect(
    wanted.join() === received.join(),
    'delivery',
    () =>
      `subscription: ${received.length} of ${wanted.length}, first ${firstDifference(wanted, received)}`,
  );
}

function firstDifference(wanted: readonly string[], got: readonly string[]): string {
  const index = wanted.findIndex((id, at) => got[at] !== id);
  return `difference at ${index}: ${got[index]} instead of ${wanted[index]}`;
}
