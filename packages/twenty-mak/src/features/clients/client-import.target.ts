import { Inject, Injectable } from '@nestjs/common';
import { CLIENT_IMPORT_FIELDS, clientRowReader } from 'twenty-mak-domain';
import type { ClientDraft, ImportProfile } from 'twenty-mak-domain';
import type { Principal } from '../../platform/auth/index.ts';
import type { Transaction } from '../../platform/database/index.ts';
import { forbidden } from '../../platform/errors/index.ts';
import { SeenKeys } from '../imports/index.ts';
import type { ImportOrder, ImportTarget, ImportTask } from '../imports/index.ts';
import { findLeadSettings, readPhone, seesContacts } from '../leads/index.ts';
import { ClientImportWriter } from './client-import.writer.ts';

/** What only the head office says of clients, in a form and in a file. */
const OFFICE: readonly string[] = ['owner', 'external_id'];

/** Rows of files as clients. */
@Injectable()
export class ClientImportTarget implements ImportTarget<ClientDraft> {
  readonly name = 'client';
  readonly fields = CLIENT_IMPORT_FIELDS;

  constructor(@Inject(ClientImportWriter) private readonly writer: ClientImportWriter) {}

  async country(tx: Transaction, tenantId: string): Promise<string> {
    const { country } = await findLeadSettings(tx, tenantId);
    return country;
  }

  refuse({ restrictedTo }: Principal, { columns, defaults }: ImportProfile): void {
    if (restrictedTo === undefined) return;
    const named = [...columns.map(({ field }) => field), ...Object.keys(defaults)];
    const field = named.find((name) => OFFICE.includes(name));
    if (field !== undefined) throw forbidden(`Only the office says \`${field}\`; leave it out.`);
  }

  seesRows(principal: Principal): boolean {
    return seesContacts(principal);
  }

  begin(_tx: Transaction, order: ImportOrder): Promise<ImportTask<ClientDraft>> {
    const seen = order.dry ? new SeenKeys() : null;
    return Promise.resolve({
      reader: (header) => clientRowReader(order.profile, header, readPhone),
      enter: async (tx, rows, before) => {
        await before;
        return this.writer.enter(tx, order, seen, rows);
      },
    });
  }
}
