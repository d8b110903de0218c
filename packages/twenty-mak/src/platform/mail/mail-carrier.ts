import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { createTransport } from 'nodemailer';
import type { Config } from '../config/config.ts';
import type { ComposedLetter } from './compose.ts';

type MailConfig = Pick<Config, 'SMTP_URL' | 'MAIL_FROM' | 'MAK_MAIL_DIR' | 'PUBLIC_URL'>;

/** Takes letters to where they are sent from. */
export interface MailCarrier {
  /** Where that is, for the log; without secrets. */
  readonly place: string;
  /** `id` is the same at every attempt, so that a repeat can be recognised. Rejects when the letter was not taken. */
  carry(id: string, letter: ComposedLetter): Promise<void>;
}

/** The mail server, else the folder. Null when neither is configured. */
export function mailCarrier(config: MailConfig): MailCarrier | null {
  if (config.SMTP_URL !== undefined) return viaServer(config, config.SMTP_URL);
  return config.MAK_MAIL_DIR === undefined
    ? null
    : intoFolder(config, resolve(config.MAK_MAIL_DIR));
}

/** Milliseconds; together well below the pause before the next attempt. */
const PATIENCE = { connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 30_000 };

function viaServer(config: MailConfig, url: string): MailCarrier {
  const transport = createTransport({ url, ...PATIENCE });
  return {
    place: `the mail server ${new URL(url).host}`,
    carry: async (id, letter) => {
      await transport.sendMail(messageOf(config, id, letter));
    },
  };
}

function intoFolder(config: MailConfig, folder: string): MailCarrier {
  const transport = createTransport({ streamTransport: true, buffer: true });
  return {
    place: `the folder ${folder}`,
    carry: async (id, letter) => {
      const { message } = await transport.sendMail(messageOf(config, id, letter));
      await mkdir(folder, { recursive: true, mode: 0o700 });
      const file = join(folder, `${id}.eml`);
      await writeFile(`${file}.part`, message, { mode: 0o600 });
      await rename(`${file}.part`, file);
    },
  };
}

function messageOf({ MAIL_FROM, PUBLIC_URL }: MailConfig, id: string, letter: ComposedLetter) {
  return {
    ...letter,
    from: MAIL_FROM,
    messageId: `<${id}@${new URL(PUBLIC_URL).hostname}>`,
    headers: { 'Auto-Submitted': 'auto-generated' },
  };
}

/** Whether the server will never take this letter: there is no such recipient. */
export function isUndeliverable(error: unknown): boolean {
  const { code, responseCode } = error as { code?: string; responseCode?: number };
  return code === 'EENVELOPE' && (responseCode ?? 0) >= 550;
}
