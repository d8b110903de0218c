import { Inject, Injectable } from '@nestjs/common';
import { People } from '../../platform/auth/index.ts';
import { CONFIG } from '../../platform/config/config.module.ts';
import type { Config } from '../../platform/config/config.ts';
import { Database } from '../../platform/database/index.ts';
import type { Transaction } from '../../platform/database/index.ts';
import { OutboundHttp } from '../../platform/outbound-http/index.ts';
import { keyField } from '../../platform/validation/index.ts';
import { Audit } from '../audit/index.ts';
import { CODE_SECONDS, mintCode } from '../embedding/index.ts';
import { readClaims } from './access-token.ts';
import type { AccessClaims } from './access-token.ts';
import { admit } from './admission.ts';
import type { Admission } from './admission.ts';
import { askTwenty } from './ask-twenty.ts';
import type { TwentyUser } from './ask-twenty.ts';
import { signInRefused, twentyUnreachable } from './refusals.ts';
import type { SignInRefusal } from './refusals.ts';
import type { Started } from './twenty-sign-in.dto.ts';
import { findWorkspaceByKey } from './twenty-sign-in.repository.ts';
import type { WorkspaceRow } from './twenty-sign-in.repository.ts';

/** Lets a person on a page of twenty into a page of ours, with nothing but twenty's word for it. */
@Injectable()
export class TwentySignInService {
  private readonly publicUrl: string;

  constructor(
    @Inject(CONFIG) config: Config,
    @Inject(Database) private readonly database: Database,
    @Inject(OutboundHttp) private readonly http: OutboundHttp,
    @Inject(People) private readonly people: People,
  ) {
    this.publicUrl = new URL(config.PUBLIC_URL).origin;
  }

  /**
   * A one-time code for the account of the person whom the token acts for. The tenant is named by the request, never by
   * the token: its claims are not verified before twenty was asked, and the twenty that is asked is the named tenant's.
   * So a tenant that stores an address of its own with the workspace id of somebody else opens its own accounts only.
   * Throws the codes of `SignInRefusal` and 502 `twenty_unreachable`.
   */
  async start(tenantKey: string, authorization: string | undefined): Promise<Started> {
    const token = /^Bearer +(\S+)$/i.exec(authorization ?? '')?.[1];
    if (token === undefined) throw signInRefused('twenty_token_missing');
    const claims = readClaims(token);
    if (claims === undefined) throw signInRefused('twenty_token_refused');
    const workspace = await this.workspaceOf(tenantKey);
    const refusal = refusalOfClaims(claims, workspace);
    if (refusal !== undefined) throw signInRefused(refusal);
    const user = await this.verify(workspace, token, claims);

    const { tenant_id: tenantId } = workspace;
    // What is refused is written down too, so the refusal is thrown after the transaction.
    const outcome = await this.database.within({ tenantId }, async (transaction) => {
      const admission = await admit(transaction, this.people, workspace, user);
      await writeDown(transaction, tenantId, user, admission);
      if (admission.kind === 'refused') return admission.code;
      return mintCode(transaction, tenantId, admission.account.id);
    });
    if (typeof outcome === 'string') throw signInRefused(outcome);
    return {
      code: outcome.code,
      expires_in: CODE_SECONDS,
      embed_url: `${this.publicUrl}/embed?tenant=${tenantKey}#code=${outcome.code}`,
    };
  }

  private async workspaceOf(tenantKey: string): Promise<WorkspaceRow & { readonly now: number }> {
    const row = keyField.safeParse(tenantKey).success
      ? await this.database.within({ tenantKey }, (transaction) =>
          findWorkspaceByKey(transaction, tenantKey),
        )
      : undefined;
    // A tenant that does not exist is told like one that has set nothing.
    if (row === undefined) throw signInRefused('twenty_sign_in_off');
    return row;
  }

  /**
   * Whose token it is. twenty answers only what it has signed itself and what still holds, so from then on all claims of
   * the very same token hold: also that of the application, which its answer does not name.
   */
  private async verify(
    { address, workspace_id: workspaceId }: WorkspaceRow,
    token: string,
    claims: AccessClaims,
  ): Promise<TwentyUser> {
    const word = await askTwenty(this.http, address, token);
    if (word.kind === 'silent') throw twentyUnreachable(word.reason);
    if (word.kind === 'refused') throw signInRefused('twenty_token_refused');
    if (word.workspaceId !== workspaceId) throw signInRefused('twenty_other_workspace');
    if (word.user.id !== claims.userId) throw signInRefused('twenty_token_refused');
    return word.user;
  }
}

/** What a token says of itself is enough to turn it away, and not to send it to a twenty that it is not for. */
function refusalOfClaims(
  claims: AccessClaims,
  workspace: WorkspaceRow & { readonly now: number },
): SignInRefusal | undefined {
  if (claims.workspaceId !== workspace.workspace_id) return 'twenty_other_workspace';
  if (claims.applicationId !== workspace.application_id) return 'twenty_other_application';
  return claims.exp * 1_000 <= workspace.now ? 'twenty_token_refused' : undefined;
}

async function writeDown(
  transaction: Transaction,
  tenantId: string,
  { id: twentyUser }: TwentyUser,
  admission: Admission,
): Promise<void> {
  const { account } = admission;
  if (account === undefined) return;
  const actor = { kind: 'account', id: account.id } as const;
  const [action, detail] =
    admission.kind === 'refused'
      ? (['account.twenty_refused', { code: admission.code }] as const)
      : (['account.twenty_signed_in', { found: admission.found }] as const);
  await Audit.recordFor(transaction, tenantId, actor, action, 'account', account.id, {
    ...detail,
    twenty_user: twentyUser,
  });
}
