import type { ProcessState, StackState } from './stack/index.ts';

function describeProcess(state: ProcessState): string {
  if (state.external) return 'your own';
  if (!state.running) return 'stopped';
  const place = `process ${state.pid}, port ${state.port}`;
  return state.ready ? place : `${place}, not ready`;
}

/** The state of everything for a person to read. */
export function describeState(state: StackState): string {
  const lines = [state.running ? 'MaK is running.' : 'MaK is not running.'];
  if (state.url !== null) {
    lines.push('', 'Addresses');
    lines.push(`  open      ${state.url}`);
    lines.push(`  REST      ${state.url}/v1`, `  GraphQL   ${state.url}/graphql`);
    lines.push(`  health    ${state.url}/readyz`, `  metrics   ${state.url}/metrics`);
  }
  if (state.mail_folder !== null) lines.push('', `Letters are written into ${state.mail_folder}`);
  lines.push('', 'Processes');
  for (const process of state.processes) {
    lines.push(`  ${process.name.padEnd(9)} ${describeProcess(process)}`);
  }
  if (state.demo !== null) {
    lines.push('', `Demo tenant ${state.demo.tenant}`);
    for (const login of state.demo.logins) {
      lines.push(`  ${login.role.padEnd(11)} ${login.email}  ${login.password}`);
    }
    lines.push(`  API key     ${state.demo.api_key}`);
  }
  return `${lines.join('\n')}\n`;
}

export function printJson(value: unknown): void {
  process.stdout.write(`${JSON.stringify(value, null, 2)}\n`);
}
