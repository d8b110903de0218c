import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { TwentyClient } from '../twenty-client.ts';
import { noteLine, taskLine } from './facts.ts';

const PAGE = 200;
const noteSchema = z.object({
  title: z.string().nullish(),
  bodyV2: z.object({ markdown: z.string().nullish() }).nullish(),
});
const taskSchema = z.object({ title: z.string().nullish(), status: z.string().nullish() });
const targetsOf = <Node>(record: z.ZodType<Node>) =>
  z.object({ found: z.object({ edges: z.array(z.object({ node: record })) }) });
const noteTargets = targetsOf(z.object({ note: noteSchema.nullish() }));
const taskTargets = targetsOf(z.object({ task: taskSchema.nullish() }));

interface NoteText {
  readonly title: string;
  readonly body: string;
}

/** What people make and edit beside deals in twenty; deals are named by the ids of their records there. */
export class TwentyRecords {
  private readonly client: TwentyClient;
  private readonly editor: TwentyClient;

  /** `client` looks, `editor` is who makes and edits. */
  constructor(client: TwentyClient, editor: TwentyClient) {
    this.client = client;
    this.editor = editor;
  }

  /** Gives people with this last name another position. */
  async editPeople(lastName: string, position: string): Promise<void> {
    const filter = { name: { lastName: { eq: lastName } } };
    await this.edit('Person', 'People', filter, { jobTitle: position });
  }

  /** Gives the id. */
  async addNote(deal: string, text: NoteText): Promise<string> {
    const note = await this.make('Note', 'Notes', bodyOf(text));
    await this.make('NoteTarget', 'NoteTargets', { noteId: note, targetMasterDealId: deal });
    return note;
  }

  async editNote(note: string, text: NoteText): Promise<void> {
    await this.edit('Note', 'Notes', { id: { eq: note } }, bodyOf(text));
  }

  async addTask(deal: string, title: string): Promise<void> {
    const task = await this.make('Task', 'Tasks', { title, status: 'TODO' });
    await this.make('TaskTarget', 'TaskTargets', { taskId: task, targetMasterDealId: deal });
  }

  /** `amount` is in hundredths. Gives the id. */
  addOpportunity(name: string, amount: number): Promise<string> {
    const money = { amountMicros: amount * 10_000, currencyCode: 'EUR' };
    return this.make('Opportunity', 'Opportunities', { name, amount: money });
  }

  /** Notes and tasks of a deal as its people read them. */
  async attached(deal: string): Promise<readonly string[]> {
    const filter = { targetMasterDealId: { eq: deal } };
    const { found: notes } = await this.client.records(
      `query Notes($filter: NoteTargetFilterInput) { found: noteTargets(filter: $filter, first: ${PAGE}) {
         edges { node { note { title bodyV2 { markdown } } } } } }`,
      { filter },
      noteTargets,
    );
    const { found: tasks } = await this.client.records(
      `query Tasks($filter: TaskTargetFilterInput) { found: taskTargets(filter: $filter, first: ${PAGE}) {
         edges { node { task { title status } } } } }`,
      { filter },
      taskTargets,
    );
    return [
      ...notes.edges.flatMap(({ node: { note } }) => (note ? [noteLine(textOf(note))] : [])),
      ...tasks.edges.flatMap(({ node: { task } }) =>
        task ? [taskLine(task.title ?? '', task.status === 'DONE' ? 'done' : 'open')] : [],
      ),
    ].toSorted();
  }

  private async make(type: string, plural: string, data: object): Promise<string> {
    const id = randomUUID();
    await this.editor.records(
      `mutation Make($data: [${type}CreateInput!]!) { create${plural}(data: $data) { id } }`,
      { data: [{ id, ...data }] },
      z.unknown(),
    );
    return id;
  }

  private async edit(type: string, plural: string, filter: object, data: object): Promise<void> {
    await this.editor.records(
      `mutation Edit($filter: ${type}FilterInput!, $data: ${type}UpdateInput!) { update${plural}(filter: $filter, data: $data) { id } }`,
      { filter, data },
      z.unknown(),
    );
  }
}

/** twenty makes its own form of the text out of the Markdown. */
function bodyOf({ title, body }: NoteText): object {
  return { title, bodyV2: { markdown: body, blocknote: null } };
}

/** Title and body are one text in MaK. */
function textOf({ title, bodyV2 }: z.output<typeof noteSchema>): string {
  return [title ?? '', bodyV2?.markdown ?? '']
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .join('\n\n');
}
