import { Inject, Injectable } from '@nestjs/common';
import type { OnApplicationBootstrap } from '@nestjs/common';
import { CONFIG } from '../../platform/config/config.module.ts';
import type { Config } from '../../platform/config/config.ts';
import { Database } from '../../platform/database/index.ts';

/** A demo tenant has known passwords: outside demo mode the process does not start while there is one. */
@Injectable()
export class DemoGuard implements OnApplicationBootstrap {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @Inject(Database) private readonly database: Database,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    if (this.config.MAK_MODE === 'demo') return;
    const [demo] = await this.database.within({ operator: true }, (transaction) =>
      transaction.query<{ key: string }>('SELECT key FROM tenant WHERE demo LIMIT 1'),
    );
    if (demo === undefined) return;
    throw new Error(
      `The database has a demo tenant (${demo.key}), whose passwords are known. Start with MAK_MODE=demo, or delete the tenant there first.`,
    );
  }
}
