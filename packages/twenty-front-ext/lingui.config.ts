import { defineConfig } from '@lingui/cli';
import { formatter } from '@lingui/format-po';

/** A check extracts the texts to another place and compares. */
const folder = process.env['LOCALES_FOLDER'] ?? '<rootDir>/src/locales';

export default defineConfig({
  locales: ['en', 'ru', 'uk'],
  sourceLocale: 'en',
  catalogs: [{ path: `${folder}/{locale}`, include: ['src'] }],
  format: formatter({ lineNumbers: false, origins: false }),
});
