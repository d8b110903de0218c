import { Inject, Injectable } from '@nestjs/common';
import type { Principal } from '../../platform/auth/index.ts';
import { Database } from '../../platform/database/index.ts';
import { forbidden, notFound, RefusalError } from '../../platform/errors/index.ts';
import { SecretBox } from '../../platform/secrets/index.ts';
import { tenantKeyOf } from '../../platform/tenancy/index.ts';
import { keyField, parse } from '../../platform/validation/index.ts';
import { Audit } from '../audit/index.ts';
import { isSigned, newSecret } from '../webhooks/index.ts';
import type { ReceivedHeaders } from '../webhooks/index.ts';
import { paymentSchema, providerView } from './wallet.dto.ts';
import type { NewProvider, ProviderView } from './wallet.dto.ts';
import {
  deleteProvider,
  findProviderSecret,
  listProviders,
  saveProvider,
} from './wallet.repository.ts';
import { MANUAL, receive } from './wallet.service.ts';

const PURPOSE = 'payment provider';

/** Payments that a provider tells of by signed messages. */
@Injectable()
export class PaymentsService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(SecretBox) private readonly secrets: SecretBox,
  ) {}

  /**
   * Records a payment once, however often the provider tells of it. Throws 401 `payment_refused`, the same for a tenant
   * or a provider that does not exist and for a message that another has signed or that is old.
   */
  async take(
    tenantKey: string,
    provider: string,
    body: Buffer,
    headers: ReceivedHeaders,
  ): Promise<void> {
    const door = await this.doorOf(tenantKey, provider);
    // Without a door it is checked all the same, so that the time of the answer tells nothing.
    const isTrue = isSigned(body, headers, door?.secret ?? newSecret(), door?.now ?? Date.now());
    if (door === null || !isTrue) throw refused();
    const { tenantId } = door;
    const payment = parse(paymentSchema, jsonOf(body));
    await this.database.within({ tenantId }, async (tx) => {
      const { entryId, repeated } = await receive(tx, tenantId, {
        provider,
        providerId: payment.payment_id,
        ownerId: payment.account_id,
        amount: payment.amount,
        currency: payment.currency,
        actor: `provider:${provider}`,
      });
      if (repeated) return;
      const actor = { kind: 'system', id: `provider:${provider}` } as const;
      const detail = { amount: payment.amount, entry: entryId };
      await Audit.recordFor(
        tx,
        tenantId,
        actor,
        'wallet.topped_up',
        'wallet',
        payment.account_id,
        detail,
      );
    });
  }

  /**
   * Lets a provider tell of payments, or gives it a new secret; an earlier one no longer counts. Refuses
   * `provider_reserved`.
   */
  async admit(principal: Principal, provider: string): Promise<NewProvider> {
    const { tenantId } = principal;
    headOfficeOnly(principal);
    if (provider === MANUAL) throw reserved();
    const secret = newSecret();
    const sealed = this.secrets.seal(PURPOSE, `${tenantId} ${provider}`, secret);
    return this.database.within({ tenantId }, async (tx) => {
      await saveProvider(tx, tenantId, provider, sealed);
      await Audit.record(tx, principal, 'payment_provider.saved', 'payment_provider', provider);
      const key = await tenantKeyOf(tx, tenantId);
      return { provider, secret, path: `/v1/payments/${key}/${provider}` };
    });
  }

  async list(principal: Principal): Promise<ProviderView[]> {
    const { tenantId } = principal;
    headOfficeOnly(principal);
    const rows = await this.database.within({ tenantId }, (tx) => listProviders(tx, tenantId));
    return rows.map(providerView);
  }

  async remove(principal: Principal, provider: string): Promise<void> {
    const { tenantId } = principal;
    headOfficeOnly(principal);
    await this.database.within({ tenantId }, async (tx) => {
      if (!(await deleteProvider(tx, tenantId, provider))) throw notFound('payment provider');
      await Audit.record(tx, principal, 'payment_provider.deleted', 'payment_provider', provider);
    });
  }

  private async doorOf(
    tenantKey: string,
    provider: string,
  ): Promise<{ tenantId: string; secret: string; now: number } | null> {
    const isNamed = [tenantKey, provider].every((name) => keyField.safeParse(name).success);
    if (!isNamed || provider === MANUAL) return null;
    const tenant = await this.database.within({ tenantKey }, async (tx) => {
      const [row] = await tx.query<{ id: string; now: number }>(
        'SELECT id, now()::timestamptz(3) AS now FROM tenant WHERE key = $1',
        [tenantKey],
      );
      return row;
    });
    if (tenant === undefined) return null;
    const { id: tenantId, now } = tenant;
    const sealed = await this.database.within({ tenantId }, (tx) =>
      findProviderSecret(tx, tenantId, provider),
    );
    if (sealed === undefined) return null;
    return { tenantId, now, secret: this.secrets.open(PURPOSE, `${tenantId} ${provider}`, sealed) };
  }
}

function jsonOf(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString());
  } catch {
    return undefined;
  }
}

function headOfficeOnly({ restrictedTo }: Principal): void {
  if (restrictedTo !== undefined) throw forbidden('Only the head office may do this.');
}

function reserved(): RefusalError {
  return new RefusalError({
    code: 'provider_reserved',
    reason: `Top-ups that people record are kept under the name ${MANUAL}. Name the provider otherwise.`,
    field: 'provider',
  });
}

function refused(): RefusalError {
  return new RefusalError(
    {
      code: 'payment_refused',
      reason:
        'This message is not signed with the secret of this provider, or it is older than five minutes. Check the secret and the clock.',
    },
    401,
  );
}
