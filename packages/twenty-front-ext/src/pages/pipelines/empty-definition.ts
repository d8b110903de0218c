import type { PipelineDefinition } from 'twenty-mak-domain';

interface Words {
  readonly begin: string;
  readonly work: string;
  readonly won: string;
  readonly lost: string;
  readonly started: string;
  readonly bought: string;
}

/** The least that can be published: a deal begins, is worked on, and is won or lost. */
export function emptyDefinition(
  { key, title }: Pick<PipelineDefinition, 'key' | 'title'>,
  words: Words,
): PipelineDefinition {
  return {
    key,
    title,
    gates: [
      { key: 'started', title: words.started, code: 'G1' },
      { key: 'bought', title: words.bought, code: 'G2' },
    ],
    events: [
      { type: 'crm.deal.created', creates: true },
      { type: 'crm.work.started', sets: ['started'] },
      { type: 'crm.deal.bought', sets: ['bought'] },
      { type: 'crm.deal.lost', ends: 'lost' },
    ],
    knownTypes: ['crm.work.started', 'crm.deal.bought'],
    stages: [
      { key: 'new', title: words.begin, color: 'gray' },
      { key: 'in_work', title: words.work, color: 'blue' },
      { key: 'won', title: words.won, kind: 'won', color: 'green' },
    ],
    endings: [{ key: 'lost', title: words.lost, outcome: 'lost', color: 'red' }],
    rules: [
      { stage: 'won', when: 'gates.bought' },
      { stage: 'in_work', when: 'gates.started' },
    ],
  };
}
