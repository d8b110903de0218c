import { msg } from '@lingui/core/macro';
import type { MessageDescriptor } from '@lingui/core';
import { useLingui } from '@lingui/react/macro';

/** Why a side did not take a value, and what to do. */
const REFUSALS: Readonly<Record<string, MessageDescriptor>> = {
  deal_gone: msg`There is no such deal in MaK any more.`,
  deal_merged: msg`The deal was merged into another one. Change that one.`,
  field_read_only: msg`MaK lets nobody outside set this field.`,
  invalid_amount: msg`This is no amount that MaK can hold: it needs a currency and no fractions of its smallest unit.`,
  name_required: msg`A deal has a name. Write one.`,
  name_too_long: msg`The name is too long: at most 500 characters.`,
  not_created: msg`No pipeline takes the deal in. Publish one and make it the default.`,
  record_read_only: msg`MaK lets nobody outside change records of this kind.`,
  unknown_member: msg`The owner is nobody in twenty. Invite the person there, or name the other e-mail address under Settings.`,
  unknown_owner: msg`No account in MaK has the e-mail address of this person. Invite the person, or name the other address under Settings.`,
};

interface RefusalLike {
  readonly code: string;
  readonly reason: string;
}

/** The reason of a refusal in the person's language; of other codes what the server says. */
export function useRefusalText(): (refusal: RefusalLike) => string {
  const { i18n } = useLingui();
  return ({ code, reason }) => {
    const known = REFUSALS[code];
    return known === undefined ? reason : i18n._(known);
  };
}
