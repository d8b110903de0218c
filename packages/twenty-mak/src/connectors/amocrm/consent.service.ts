import { randomBytes } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { z } from 'zod';
import type { Principal } from '../../platform/auth/index.ts';
import { CONFIG } from '../../platform/config/config.module.ts';
import type { Config } from '../../platform/config/config.ts';
import { Database } from '../../platform/database/index.ts';
import { RefusalError } from '../../platform/errors/index.ts';
import { OutboundHttp } from '../../platform/outbound-http/index.ts';
import { SecretBox } from '../../platform/secrets/index.ts';
import { parse } from '../../platform/validation/index.ts';
import { ConnectorSettings, ConnectorsService, RemoteFailure } from '../sync/index.ts';
import type { ConnectorView } from '../sync/index.ts';
import { portalOf, redirectUriOf } from './access.ts';
import { AMOCRM } from './amocrm.connector.ts';
import { beginConsentSchema, completeConsentSchema, integrationSchema } from './consent.dto.ts';
import type { ConsentBegun, ConsentPlace } from './consent.dto.ts';
import { findConsent, keepConsent, useUpConsent } from './consents.repository.ts';
import { askForTokens, consentAddress } from './oauth.ts';
import type { Integration } from './oauth.ts';
import { TokensRepository } from './tokens.repository.ts';
import type { TokenPair } from './tokens.ts';

const PURPOSE = 'amocrm consent';

const askedSchema = z.object({
  address: z.string(),
  clientId: z.string(),
  clientSecret: z.string(),
});
type Asked = z.output<typeof askedSchema>;

/** An admin lets MaK into an account of amoCRM. */
@Injectable()
export class ConsentService {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @Inject(Database) private readonly database: Database,
    @Inject(SecretBox) private readonly box: SecretBox,
    @Inject(OutboundHttp) private readonly http: OutboundHttp,
    @Inject(ConnectorSettings) private readonly settings: ConnectorSettings,
    @Inject(ConnectorsService) private readonly connectors: ConnectorsService,
  ) {}

  place(): ConsentPlace {
    return { redirect_uri: redirectUriOf(this.config.PUBLIC_URL) };
  }

  /**
   * Nothing of the connector changes before amoCRM has led back. Throws 422 `integration_required` and `url_not_allowed`:
   * who agrees there for an address that MaK will not call has agreed for nothing.
   */
  async begin(principal: Principal, body: unknown): Promise<ConsentBegun> {
    const { tenantId } = principal;
    const given = parse(beginConsentSchema, body);
    const stored = await this.settings.find(tenantId, AMOCRM);
    const connected = z.looseObject({ address: z.string() }).safeParse(stored?.settings).data;
    // A secret that is kept goes nowhere but where it was given for.
    const isSame = given.address === undefined || given.address === connected?.address;
    const { data } = integrationSchema.safeParse({
      ...connected,
      ...(isSame ? stored?.secrets : {}),
      ...given,
    });
    if (data === undefined)
      throw refusal(
        'integration_required',
        'Send the address of the account, and the id and the secret key of an integration in it.',
        'client_id',
      );
    const { address, client_id: clientId, client_secret: clientSecret } = data;
    const objection = this.http.objection(address);
    if (objection !== undefined) throw refusal('url_not_allowed', objection, 'address');
    const state = randomBytes(24).toString('base64url');
    const kept = JSON.stringify({ address, clientId, clientSecret } satisfies Asked);
    const sealed = this.box.seal(PURPOSE, ownerOf(principal, state), kept);
    await this.database.within({ tenantId }, (tx) => keepConsent(tx, tenantId, state, sealed));
    return { url: consentAddress(portalOf(address), clientId, state) };
  }

  /**
   * Exchanges the code for tokens and lets the connector run with them. Throws 422 `consent_unknown`, also for a consent that
   * another person has asked for, `other_account`, `consent_code_refused` and `consent_unanswered`.
   */
  async complete(principal: Principal, body: unknown): Promise<ConnectorView> {
    const { tenantId } = principal;
    const { state, code, referer } = parse(completeConsentSchema, body);
    const asked = await this.find(principal, state);
    if (asked === null) throw unknownConsent();
    const { address, clientId, clientSecret } = asked;
    // The browser says who has agreed: our secret key goes nowhere but to the account that an admin named.
    if (new URL(address).host !== referer.toLowerCase())
      throw refusal(
        'other_account',
        `The consent is of ${referer}, and you wanted to connect ${address}. Begin again with the right address.`,
        'referer',
      );
    const isFirst = await this.database.within({ tenantId }, (tx) =>
      useUpConsent(tx, tenantId, state),
    );
    if (!isFirst) throw unknownConsent();
    const redirectUri = redirectUriOf(this.config.PUBLIC_URL);
    const pair = await this.pairFor({ address, clientId, clientSecret, redirectUri }, code);
    const secrets = { client_id: clientId, client_secret: clientSecret };
    const tokens = new TokensRepository(this.database, this.box, tenantId, address);
    // Both or none: tokens of an earlier consent work on while the connector is as it was.
    return this.database.together({ tenantId }, async () => {
      const view = await this.connectors.letIn(principal, AMOCRM, { address }, secrets);
      await tokens.replace(pair);
      return view;
    });
  }

  private async find(principal: Principal, state: string): Promise<Asked | null> {
    const { tenantId } = principal;
    const sealed = await this.database.within({ tenantId }, (tx) =>
      findConsent(tx, tenantId, state),
    );
    if (sealed === null) return null;
    try {
      const opened = this.box.open(PURPOSE, ownerOf(principal, state), sealed);
      return askedSchema.parse(JSON.parse(opened));
    } catch {
      // Another person has asked for it: whoever was sent here with their answer connects nothing.
      return null;
    }
  }

  private async pairFor(integration: Integration, code: string): Promise<TokenPair> {
    const grant = { grant_type: 'authorization_code', code } as const;
    try {
      const answer = await askForTokens(this.http, integration, grant, Date.now);
      if (!('refusal' in answer)) return answer;
      throw refusal('consent_code_refused', `amoCRM says: ${answer.refusal}. Begin again.`, 'code');
    } catch (error) {
      if (!(error instanceof RemoteFailure)) throw error;
      throw refusal('consent_unanswered', `${error.message} Begin again.`, 'code');
    }
  }
}

function ownerOf({ tenantId, id }: Principal, state: string): string {
  return `${tenantId} ${id} ${state}`;
}

function unknownConsent(): RefusalError {
  return refusal(
    'consent_unknown',
    'You have asked for no such consent within the last half hour, or it was used already. Begin again.',
    'state',
  );
}

function refusal(code: string, reason: string, field: string): RefusalError {
  return new RefusalError({ code, reason, field });
}
