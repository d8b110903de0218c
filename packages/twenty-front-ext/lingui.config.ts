import { defineConfig } from '@lingui/cli';
import { formatter } from '@lingui/format-po';

/** Checks and builds extract the texts to another place, where each names the files in which it stands. */
const elsewhere = process.env['LOCALES_FOLDER'];

export default defineConfig({
  locales: ['en', 'ru', 'uk'],
  sourceLocale: 'en',
  catalogs: [{ path: `${elsewhere ?? '<rootDir>/src/locales'}/{locale}`, include: ['src'] }],
  format: formatter({ lineNumbers: false, origins: elsewhere !== undefined }),
});
