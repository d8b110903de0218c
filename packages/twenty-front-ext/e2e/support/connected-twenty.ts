import { TwentySimulator } from '../../../twenty-mak/src/connectors/twenty/simulator/index.ts';

/** A workspace of twenty with our app, as far as records go. */
export interface ConnectedTwenty {
  readonly address: string;
  readonly apiKey: string;
  /** Deals whose values hold one of these texts are not taken. */
  readonly refused: Set<string>;
  /** A person edits a deal there, by its id in MaK. */
  edit(id: string, fields: object): void;
  /** A person makes an opportunity there. */
  addOpportunity(name: string): void;
  /** Ids in MaK of the deals that opportunities of this name have become. */
  dealsOf(opportunity: string): readonly unknown[];
  /** A deal there by its id in MaK. */
  deal(id: string): Readonly<Record<string, unknown>> | undefined;
  /** Name of the stage of a deal there. */
  stageOf(id: string): unknown;
  close(): Promise<void>;
}

/** Calls that this workspace allows: journeys set their own pace. */
const LIMITS = [{ calls: 1_000, window: 1_000 }];
const PERSON = { userId: '00000000-0000-4000-8000-000000000001' };

export async function connectedTwenty(): Promise<ConnectedTwenty> {
  const simulator = new TwentySimulator({ limits: LIMITS });
  const refused = new Set<string>();
  simulator.disturb = (body, response) => {
    const isRefused = [...refused].some((text) => body.includes(text));
    if (!isRefused || !body.includes('mutation')) return 'arrives';
    response.setHeader('content-type', 'application/json');
    const extensions = { code: 'BAD_USER_INPUT' };
    response.end(JSON.stringify({ errors: [{ message: 'No such names here.', extensions }] }));
    return 'answered';
  };
  const address = await simulator.listen();
  const deals = () => [...simulator.workspace.table('masterDeal').rows.values()];
  const deal = (id: string) => deals().find((row) => row['makId'] === id);
  return {
    address,
    apiKey: simulator.apiKey,
    refused,
    edit: (id, fields) => {
      const row = deal(id);
      if (row === undefined) throw new Error('twenty has no such deal.');
      simulator.workspace.update('masterDeal', { id: { eq: row.id } }, { ...fields }, PERSON);
    },
    addOpportunity: (name) => {
      simulator.workspace.upsert('opportunity', [{ name }], PERSON);
    },
    dealsOf: (name) =>
      [...simulator.workspace.table('opportunity').rows.values()]
        .filter((row) => row['name'] === name)
        .map((row) => row['makId'])
        // No text is an empty one in twenty.
        .filter((makId) => makId !== ''),
    deal,
    stageOf: (id) =>
      simulator.workspace.table('makStage').rows.get(String(deal(id)?.['stageId']))?.['name'],
    close: () => simulator.close(),
  };
}
