import { readConfig } from './platform/config/config.ts';
import { migrate } from './platform/database/index.ts';

const config = readConfig();
if (config.PG_DATABASE_URL === undefined)
  throw new Error('PG_DATABASE_URL is needed to migrate: the address of the owner of the schema.');
await migrate({
  ownerUrl: config.PG_DATABASE_URL,
  appUrl: config.PG_APP_URL,
  scanUrl: config.PG_SCAN_URL,
});
