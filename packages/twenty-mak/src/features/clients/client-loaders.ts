import { Inject, Injectable } from '@nestjs/common';
import { scopeOf } from '../../platform/auth/index.ts';
import type { Principal } from '../../platform/auth/index.ts';
import { Database } from '../../platform/database/index.ts';
import { BatchLoader } from '../../platform/graphql/batch-loader.ts';
import { accountNames } from '../accounts/index.ts';
import type { PersonModel } from '../accounts/index.ts';
import type { StageCount } from '../deals/index.ts';
import { ClientPageService } from './client-page.service.ts';
import type { ContactAnswer } from './clients.dto.ts';
import type { ClientRow } from './clients.repository.ts';

/** What one GraphQL request asks about many clients, or of the clients of many deals. */
interface Loaders {
  readonly byKey: BatchLoader<string, ClientRow | null>;
  readonly contacts: BatchLoader<string, readonly ContactAnswer[]>;
  readonly sums: BatchLoader<string, readonly StageCount[]>;
  readonly owners: BatchLoader<string, PersonModel | null>;
}

@Injectable()
export class ClientLoaders {
  /** Lives as long as the context of the GraphQL request. */
  private readonly loaders = new WeakMap<object, Loaders>();

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(ClientPageService) private readonly pages: ClientPageService,
  ) {}

  of(context: object, principal: Principal): Loaders {
    const known = this.loaders.get(context);
    if (known !== undefined) return known;
    const made: Loaders = {
      byKey: new BatchLoader(async (keys) => {
        const clients = await this.pages.byKeys(principal, keys);
        return (key) => clients.get(key) ?? null;
      }),
      contacts: new BatchLoader(async (ids) => {
        const contacts = await this.pages.contactsOf(principal, ids);
        return (id) => contacts.get(id) ?? [];
      }),
      sums: new BatchLoader(async (ids) => {
        const sums = await this.pages.sums(principal, ids);
        return (id) => sums.get(id) ?? [];
      }),
      owners: new BatchLoader(async (ids) => {
        const names = await this.database.within(scopeOf(principal), (tx) =>
          accountNames(tx, principal.tenantId, ids),
        );
        return (id) => {
          const name = names.get(id);
          return name === undefined ? null : { id, name };
        };
      }),
    };
    this.loaders.set(context, made);
    return made;
  }
}
