import { listDifferences, noteLine, taskLine } from './facts.ts';
import { holds, measure } from './measure.ts';
import type { Stage } from './measure.ts';

/** A deal on both sides. */
export interface DealOfBoth {
  readonly id: string;
  /** Of the record in twenty. */
  readonly remote: string;
}

/** Work on what hangs on a deal: its contact, notes and tasks; and deals that come of opportunities. */
export async function playRecords(stage: Stage, deal: DealOfBoth): Promise<void> {
  await contact(stage, deal);
  await notes(stage, deal);
  await tasks(stage, deal);
  await opportunity(stage);
  await missedClock(stage);
}

async function contact(stage: Stage, { id }: DealOfBoth): Promise<void> {
  const { mak, twenty, mark } = stage;
  const name = `Contact ${mark}`;
  await measure(stage, 'contact of a deal made in MaK → in twenty', {
    act: async () => {
      const client = await mak.records.makePerson(name, 'Buyer');
      await mak.edit(id, { client_id: client });
    },
    mak: holds(id, { contact: `${name}, Buyer` }),
  });
  await measure(stage, 'contact changed in twenty → in MaK', {
    act: () => twenty.records.editPeople(mark, 'Head of buying'),
    mak: holds(id, { contact: `${name}, Head of buying` }),
  });
}

async function notes(stage: Stage, deal: DealOfBoth): Promise<void> {
  const { mak, twenty, mark } = stage;
  const written = `${mark} note\n\nWritten in MaK.`;
  await measure(stage, 'note written in MaK → in twenty', {
    act: () => mak.records.writeNote(deal.id, written),
    also: () => bothHave(stage, deal, noteLine(written)),
  });
  const title = `${mark} note there`;
  let note = '';
  await measure(stage, 'note written on a deal in twenty → in MaK', {
    act: async () => {
      note = await twenty.records.addNote(deal.remote, { title, body: 'Written in twenty.' });
    },
    also: () => bothHave(stage, deal, noteLine(`${title}\n\nWritten in twenty.`)),
  });
  await measure(stage, 'note edited in twenty → in the history in MaK', {
    act: () => twenty.records.editNote(note, { title, body: 'Written anew.' }),
    also: () => bothHave(stage, deal, noteLine(`${title}\n\nWritten anew.`)),
  });
}

async function tasks(stage: Stage, deal: DealOfBoth): Promise<void> {
  const { mak, twenty, mark } = stage;
  const title = `${mark} task`;
  await measure(stage, 'task made on a deal in twenty → in MaK', {
    act: () => twenty.records.addTask(deal.remote, title),
    also: () => bothHave(stage, deal, taskLine(title, 'open')),
  });
  await measure(stage, 'task closed in MaK → in twenty', {
    act: () => mak.records.closeTask(deal.id, title),
    also: () => bothHave(stage, deal, taskLine(title, 'done')),
  });
}

async function opportunity(stage: Stage): Promise<void> {
  const { twenty, mark } = stage;
  const name = `${mark} opportunity`;
  let remote = '';
  await measure(stage, 'opportunity made in twenty → a deal in MaK', {
    act: async () => {
      remote = await twenty.records.addOpportunity(name, 55_500);
    },
    mak: (deals) => {
      const deal = [...deals.values()].find((one) => one.opportunity === remote);
      if (deal === undefined) return `"${name}" is no deal in MaK`;
      return deal.name === name && deal.amount === 55_500
        ? null
        : `"${name}" is not as it was made`;
    },
  });
}

/** The first clock of every deal of the trial's pipeline. */
const FIRST_CLOCK = 'Lead to brief';

async function missedClock(stage: Stage): Promise<void> {
  const { mak, twenty, mark } = stage;
  const name = `${mark} too late`;
  let id = '';
  await mak.escalate(true);
  await measure(stage, 'clock missed in MaK → a task on the deal in twenty', {
    act: () => mak.tellLate(name),
    mak: (deals) => {
      [id = ''] = [...deals].find(([, deal]) => deal.name === name) ?? [];
      return id === '' ? `"${name}" is not in MaK` : null;
    },
    also: async () => {
      const remote = (await twenty.ids()).get(id);
      if (remote === undefined) return `"${name}" is not in twenty`;
      return bothHave(stage, { id, remote }, taskLine(FIRST_CLOCK, 'open'));
    },
    calls: 3,
  });
  await mak.escalate(false);
}

async function bothHave(
  { mak, twenty }: Stage,
  { id, remote }: DealOfBoth,
  wanted: string,
): Promise<string | null> {
  const here = await mak.records.attached(id);
  if (!here.includes(wanted)) return `MaK has no ${wanted}`;
  return listDifferences(here, await twenty.records.attached(remote))[0] ?? null;
}

/** What differs in the notes and tasks of a deal, and how many there are. */
export async function compareAttached(
  { mak, twenty }: Stage,
  { id, remote }: DealOfBoth,
): Promise<{ readonly count: number; readonly found: readonly string[] }> {
  const here = await mak.records.attached(id);
  return {
    count: here.length,
    found: listDifferences(here, await twenty.records.attached(remote)),
  };
}
