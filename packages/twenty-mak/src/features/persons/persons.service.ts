import { Inject, Injectable } from '@nestjs/common';
import type { Principal } from '../../platform/auth/index.ts';
import { CONFIG } from '../../platform/config/config.module.ts';
import type { Config } from '../../platform/config/config.ts';
import { Database } from '../../platform/database/index.ts';
import { Audit } from '../audit/index.ts';
import { Erasures } from './erasures.ts';
import { PersonCrypto } from './person-crypto.ts';
import { identifierOf } from './persons.dto.ts';
import type { ErasedPerson, ErasePerson } from './persons.dto.ts';
import { lockPersons } from './persons.lock.ts';
import { eraseByAlias } from './persons.repository.ts';

@Injectable()
export class PersonsService {
  private readonly crypto: PersonCrypto;

  constructor(
    @Inject(CONFIG) config: Config,
    @Inject(Database) private readonly database: Database,
    @Inject(Erasures) private readonly erasures: Erasures,
  ) {
    this.crypto = new PersonCrypto(config.MAK_SECRET_KEY);
  }

  /**
   * Destroys the keys of everybody who was ever named so: their contact data cannot be read again, the history stays.
   * Later events of the same person get a new key. A repeat destroys nothing more.
   */
  async erase(principal: Principal, person: ErasePerson): Promise<ErasedPerson> {
    const alias = this.crypto.pseudonym(principal.tenantId, identifierOf(person));
    return this.database.within({ tenantId: principal.tenantId }, async (transaction) => {
      await lockPersons(transaction, principal.tenantId);
      const ids = await eraseByAlias(transaction, principal.tenantId, alias);
      await this.erasures.forget(transaction, principal.tenantId, ids);
      await Audit.record(transaction, principal, 'person.erased', 'person', null, {
        named_by: Object.keys(person)[0],
        keys: ids,
      });
      return { erased_keys: ids.length };
    });
  }
}
