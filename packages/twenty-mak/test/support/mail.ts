import { readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';

export interface ReceivedLetter {
  readonly file: string;
  /** Headers and parts as they left, with quoted-printable text made readable. */
  readonly text: string;
  /** Token of its link. */
  readonly token: string;
}

/** The letters to an address that came into a folder, oldest first. */
export function lettersTo(folder: string, email: string): ReceivedLetter[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.eml'))
    .toSorted()
    .map((file) => ({ file, text: readable(readFileSync(join(folder, file), 'utf8')) }))
    .filter(({ text }) => text.includes(`To: ${email}\r\n`))
    .map((letter) => ({ ...letter, token: /\?token=([\w-]+)/.exec(letter.text)?.[1] ?? '' }));
}

/** Quoted-printable and base64 parts as text. */
export function readable(message: string): string {
  return message
    .replaceAll('=\r\n', '')
    .replaceAll(/(?:=[0-9A-F]{2})+/g, (bytes) =>
      Buffer.from(bytes.replaceAll('=', ''), 'hex').toString(),
    )
    .replaceAll(/Content-Transfer-Encoding: base64\r\n\r\n([\w+/=\r\n]+)/g, (_part, body: string) =>
      Buffer.from(body, 'base64').toString(),
    );
}

export interface MailServer {
  readonly url: string;
  readonly received: string[];
  /** Answer to RCPT TO; anything but 2xx refuses the letter. */
  answer: string;
  /** The same for single recipients. */
  readonly answers: Map<string, string>;
  close(): Promise<void>;
}

/** A mail server that speaks as much SMTP as a client needs. */
export async function startMailServer(): Promise<MailServer> {
  const received: string[] = [];
  const server = createServer((socket) => {
    let buffer = '';
    let inData = false;
    const say = (line: string) => socket.write(`${line}\r\n`);
    say('220 mail.test ESMTP');
    socket.on('error', () => undefined);
    socket.setEncoding('utf8').on('data', (chunk: string) => {
      buffer += chunk;
      for (;;) {
        const end = inData ? buffer.indexOf('\r\n.\r\n') : buffer.indexOf('\r\n');
        if (end === -1) return;
        const part = buffer.slice(0, end);
        buffer = buffer.slice(end + (inData ? 5 : 2));
        if (inData) {
          inData = false;
          received.push(readable(part));
          say('250 taken');
        } else if (/^(EHLO|HELO)/i.test(part)) say('250 mail.test');
        else if (/^RCPT/i.test(part))
          say(mail.answers.get(/<(.*)>/.exec(part)?.[1] ?? '') ?? mail.answer);
        else if (/^DATA/i.test(part)) {
          inData = true;
          say('354 go on');
        } else if (/^QUIT/i.test(part)) {
          say('221 bye');
          socket.end();
        } else say('250 ok');
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const mail: MailServer = {
    url: `smtp://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received,
    answer: '250 ok',
    answers: new Map(),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
      }),
  };
  return mail;
}
