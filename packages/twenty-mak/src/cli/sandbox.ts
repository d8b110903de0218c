import { once } from 'node:events';
import { Argument, InvalidArgumentError } from 'commander';
import type { Command } from 'commander';
import { CliError, codeOf } from './local/cli-error.ts';
import { SANDBOXES } from './sandbox/registry.ts';
import type { RunningSandbox, Sandbox } from './sandbox/sandbox.ts';

interface Options {
  readonly port?: number;
  readonly json?: true;
}

function parsePort(text: string): number {
  const port = Number(text);
  if (Number.isInteger(port) && port >= 0 && port < 65_536) return port;
  throw new InvalidArgumentError(
    'A port is a whole number from 0 to 65535; 0 is any that is free.',
  );
}

const PORTS = SANDBOXES.map(({ name, port }) => `${port} for ${name}`).join(', ');

export function register(program: Command): void {
  program
    .command('sandbox')
    .description('Run a simulated outer system, to try its connector without an account there')
    .addArgument(new Argument('<system>', 'which one').choices(SANDBOXES.map(({ name }) => name)))
    .option('--port <number>', `port on 127.0.0.1 (default: ${PORTS})`, parsePort)
    .option('--json', 'print address and access as JSON in one line')
    .addHelpText(
      'after',
      '\nIt keeps everything in memory and runs until Ctrl-C. Its page edits records by hand.' +
        '\nA MaK that connects to it has to run with MAK_ALLOW_PRIVATE_WEBHOOKS=true.',
    )
    .action(runSandbox);
}

async function runSandbox(name: string, options: Options): Promise<void> {
  const sandbox = SANDBOXES.find((one) => one.name === name);
  if (sandbox === undefined) throw new CliError(`There is no sandbox ${name}.`, 'See --help.');
  const port = options.port ?? sandbox.port;
  const running = await start(sandbox, port);
  const { address, access } = running;
  process.stdout.write(
    options.json
      ? `${JSON.stringify({ system: name, address, access })}\n`
      : describe(sandbox, running),
  );
  await Promise.race(['SIGINT', 'SIGTERM', 'SIGHUP'].map((signal) => once(process, signal)));
  await running.close();
}

async function start(sandbox: Sandbox, port: number): Promise<RunningSandbox> {
  try {
    return await sandbox.start(port);
  } catch (error) {
    if (codeOf(error) !== 'EADDRINUSE') throw error;
    throw new CliError(`Port ${port} is taken.`, 'Name another one with --port, or 0 for any.', {
      cause: error,
    });
  }
}

function describe({ title }: Sandbox, { address, access }: RunningSandbox): string {
  const width = Math.max(...Object.keys(access).map((label) => label.length)) + 2;
  return [
    `A simulated ${title} is running. Ctrl-C ends it; nothing is kept.`,
    '',
    `  ${'page and API'.padEnd(width)}${address}`,
    ...Object.entries(access).map(([label, value]) => `  ${label.padEnd(width)}${value}`),
    '',
  ].join('\n');
}
