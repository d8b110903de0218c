import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { readJson, writeJson } from './json-file.ts';
import type { Paths } from './paths.ts';

const schema = z.object({
  appPassword: z.string().min(1),
  scanPassword: z.string().min(1),
  secretKey: z.string().min(1),
  operatorKey: z.string().min(1),
  authSecret: z.string().min(1),
});

export type Secrets = z.infer<typeof schema>;

const random = () => randomBytes(32).toString('base64url');

/** The secrets of this checkout, made at the first start and never changed until a reset. */
export function loadSecrets(paths: Paths): Secrets {
  const known = readJson(paths.secrets, schema);
  if (known !== null) return known;
  const made = {
    appPassword: random(),
    scanPassword: random(),
    secretKey: random(),
    operatorKey: random(),
    authSecret: random(),
  };
  writeJson(paths.secrets, made);
  return made;
}
