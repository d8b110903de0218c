import type { ServerResponse } from 'node:http';

/** What becomes of a call, as the simulators of all systems name it. */
type Passage = 'arrives' | 'answer lost' | 'answer never comes' | 'answered';
type Fault = (response: ServerResponse) => Passage;

/** So many calls go wrong. */
const SHARE = 0.05;

/** They take turns, so that each comes. For the last one the client waits until it gives up. */
const FAULTS: readonly Fault[] = [
  answered(503, 'application/json', '{"message":"Away."}'),
  () => 'answer lost',
  answered(502, 'text/html', '<html>Bad Gateway</html>'),
  closed,
  () => 'answer lost',
  answered(500, 'application/json', '{'),
  answered(200, 'text/html', '<html>Sign in</html>'),
  () => 'answer lost',
  closed,
  () => 'answer never comes',
];

/** Lets calls of a simulator go wrong, the same ones in every run. */
export class Faults {
  calls = 0;
  injected = 0;
  isOn = false;
  private seed = 1;

  /** For the `disturb` of a simulator. */
  pass(response: ServerResponse): Passage {
    if (!this.isOn) return 'arrives';
    this.calls += 1;
    if (this.random() >= SHARE) return 'arrives';
    const fault = FAULTS[this.injected % FAULTS.length];
    this.injected += 1;
    return fault?.(response) ?? 'arrives';
  }

  /** From 0 to 1; the generator of Park and Miller. */
  private random(): number {
    this.seed = (this.seed * 48_271) % 2_147_483_647;
    return this.seed / 2_147_483_647;
  }
}

function answered(status: number, type: string, body: string): Fault {
  return (response) => {
    response.writeHead(status, { 'content-type': type }).end(body);
    return 'answered';
  };
}

function closed(response: ServerResponse): Passage {
  response.destroy();
  return 'answered';
}
