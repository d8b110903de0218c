export type { LotNotice } from './letter.ts';
export { Letters } from './letters.ts';
export { notify } from './mail.jobs.ts';
export { MailModule } from './mail.module.ts';
