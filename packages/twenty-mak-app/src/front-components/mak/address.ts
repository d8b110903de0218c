import { readConnection } from '../twenty/records.ts';
import { Problem } from './problem.ts';

/** Where MaK is, without a slash at the end, and which company this workspace is there. */
interface Connection {
  readonly address: string;
  readonly tenant: string;
}

async function readValidConnection(): Promise<Connection> {
  const said = await readConnection();
  const address = said?.makUrl?.trim() ?? '';
  const tenant = said?.tenantKey?.trim() ?? '';
  if (!/^https?:\/\/[^\s/]/.test(address) || tenant === '')
    throw new Problem('not_set_up', 'This workspace is not connected to MaK.');
  return { address: address.replace(/\/+$/, ''), tenant };
}

let connection: Promise<Connection> | null = null;

/** What the record of the connection says; all parts of a component share one reading. Throws a Problem. */
async function connectionOrThrow(): Promise<Connection> {
  connection ??= readValidConnection();
  try {
    return await connection;
  } catch (error) {
    connection = null;
    throw error;
  }
}

/** Where MaK is. Throws a Problem as long as the workspace is not connected. */
export async function makAddress(): Promise<string> {
  return (await connectionOrThrow()).address;
}

/** Where one-time codes for this workspace are given out. */
export async function sessionAddress(): Promise<string> {
  const { address, tenant } = await connectionOrThrow();
  return `${address}/v1/twenty/${encodeURIComponent(tenant)}/session`;
}
