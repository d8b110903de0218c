import { setTimeout as sleep } from 'node:timers/promises';
import { countValues, differences } from './facts.ts';
import type { DealFacts } from './facts.ts';
import { compareMarket, playMarket } from './market-scenario.ts';
import { holds, measure } from './measure.ts';
import type { Stage, Step, Wish } from './measure.ts';
import { compareAttached, playRecords } from './records-scenario.ts';
import { NotInTime } from './until.ts';

/** twenty looks every ten seconds whom it has to tell of changes. */
const LEARNS_MS = 12_000;

/** What people and machines do to both sides, and how long it takes until both are equal again. */
export class Scenario {
  private readonly stage: Stage;
  private readonly ids: string[] = [];

  constructor(stage: Stage) {
    this.stage = stage;
  }

  /** Throws when something is broken; what is only late stands in the report. */
  async play(): Promise<void> {
    await this.deals();
    await this.edits();
    await this.bothEdit();
    await this.records();
    await this.events();
    await this.deadWorker();
    await this.deadApi();
    await this.end();
  }

  private async deals(): Promise<void> {
    const { mak, twenty, members, mark, options } = this.stage;
    await this.row(`${options.deals} deals made in MaK → in twenty`, {
      act: async () => {
        for (let number = 1; number <= options.deals; number += 1)
          this.ids.push(await mak.makeDeal(`${mark} M${number}`, number * 1_000, members[0].email));
      },
    });
    const learnt = sleep(LEARNS_MS);
    // twenty has nothing to tell of these.
    await playMarket(this.stage);
    await learnt;
    const name = `${mark} T1`;
    await this.row('deal made in twenty → in MaK', {
      act: async () => {
        await twenty.makeDeal({ name, amount: 4_200, owner: members[1].email });
      },
      mak: (deals) =>
        [...deals.values()].some((deal) => deal.name === name) ? null : `"${name}" is not in MaK`,
    });
  }

  private async edits(): Promise<void> {
    const { mak, twenty, members, mark } = this.stage;
    const [id, remote] = await this.deal(0);
    const isHere = (wanted: Partial<DealFacts>): Wish => holds(id, wanted);
    const renamed = { name: `${mark} renamed there` };
    await this.row('renamed in twenty → in MaK', {
      act: () => twenty.edit(remote, renamed),
      mak: isHere(renamed),
    });
    await this.row('amount edited in twenty → in MaK', {
      act: () => twenty.edit(remote, { amount: 77_700 }),
      mak: isHere({ amount: 77_700 }),
    });
    const owner = members[1].email;
    await this.row('owner changed in twenty → in MaK', {
      act: () => twenty.edit(remote, { owner }),
      mak: isHere({ owner }),
    });
    await this.row('renamed in MaK → in twenty', {
      act: () => mak.edit(id, { name: `${mark} renamed here` }),
    });
    await this.row('amount edited in MaK → in twenty', {
      act: () => mak.edit(id, { amount: 88_800, currency: 'EUR' }),
    });
  }

  private async bothEdit(): Promise<void> {
    const { mak, twenty, mark } = this.stage;
    const [id, remote] = await this.deal(1);
    const name = `${mark} both`;
    await this.row('both sides edited at once, two fields', {
      act: async () => {
        await Promise.all([
          mak.edit(id, { amount: 99_900, currency: 'EUR' }),
          twenty.edit(remote, { name }),
        ]);
      },
      mak: holds(id, { name, amount: 99_900 }),
    });
    const names = [`${mark} one`, `${mark} other`] as const;
    await this.row('both sides edited at once, one field', {
      act: async () => {
        await Promise.all([
          mak.edit(id, { name: names[0] }),
          twenty.edit(remote, { name: names[1] }),
        ]);
      },
      mak: (deals) =>
        names.some((one) => deals.get(id)?.name === one) ? null : 'neither of the names is left',
    });
  }

  private async records(): Promise<void> {
    const [id, remote] = await this.deal(0);
    await playRecords(this.stage, { id, remote });
  }

  private async events(): Promise<void> {
    const { mak, mark, options } = this.stage;
    const events = mak.events(mark, options.events, mark);
    await this.row(`${events.length} events of other systems → stages, gates, clocks in twenty`, {
      act: async () => {
        await mak.send(events);
      },
    });
  }

  private async deadWorker(): Promise<void> {
    const { own, mak, twenty, mark, options } = this.stage;
    const [id, remote] = await this.deal(0);
    const renamed = { name: `${mark} while the worker was dead` };
    const events = mak.events(`${mark} again`, options.events, mark);
    await this.row('worker killed with -9 in the middle of work', {
      act: async () => {
        await mak.send(events);
        await sleep(300);
        await own.kill('worker');
        await twenty.edit(remote, renamed);
        await mak.edit(id, { amount: 11_100, currency: 'EUR' });
        await own.launch('worker');
      },
      mak: holds(id, { ...renamed, amount: 11_100 }),
    });
  }

  private async deadApi(): Promise<void> {
    const { own, mak, twenty, mark } = this.stage;
    const [first, second] = [await this.deal(0), await this.deal(1)];
    const wishes = [first, second].map(([id, remote], index) => ({
      ...{ id, remote },
      name: `${mark} untold ${index + 1}`,
    }));
    // What nobody tells of and what the key of MaK has changed is found by the comparison of the night.
    const found = twenty.hasPerson ? 'found by asking' : 'found by comparing all';
    await this.row(`api killed with -9 while webhooks arrive: ${found}`, {
      act: async () => {
        await own.kill('api');
        for (const { remote, name } of wishes) await twenty.edit(remote, { name });
        // So long that twenty has given up telling.
        await sleep(6_000);
        await own.launch('api');
        if (!twenty.hasPerson) await mak.compareAnew();
      },
      mak: (deals) => {
        const missing = wishes.map(({ id, name }) => holds(id, { name })(deals));
        return missing.find((text) => text !== null) ?? null;
      },
    });
  }

  private async end(): Promise<void> {
    const { mak, twenty, report } = this.stage;
    const [here, there] = [await mak.deals(), await twenty.deals()];
    const [id, remote] = await this.deal(0);
    const attached = await compareAttached(this.stage, { id, remote });
    const market = await compareMarket(this.stage);
    const found = [...differences(here, there), ...attached.found, ...market.found];
    const values = countValues(here) + market.values;
    const compared = `${here.size} deals, ${attached.count} notes and tasks, the trade in leads, ${values} values compared`;
    report.add({
      what: `everything equal in the end: ${compared}`,
      seconds: null,
      ok: found.length === 0,
      detail: found.slice(0, 5).join('; '),
    });
  }

  /** Ids in MaK and in twenty of the deal that was made as `index`. */
  private async deal(index: number): Promise<readonly [id: string, remote: string]> {
    const id = this.ids[index] ?? '';
    const remote = (await this.stage.twenty.ids()).get(id);
    if (remote === undefined) throw new NotInTime(`the deal ${id} never came to twenty`);
    return [id, remote];
  }

  private row(what: string, step: Step): Promise<void> {
    return measure(this.stage, what, step);
  }
}
