import { party } from './contact-kinds.ts';
import { both, out } from './entity-fields.ts';
import type { TwentyEntity } from './entity-fields.ts';
import { member, money, option, text } from './field-kinds.ts';

/** Opportunities of twenty's own that have become deals. Their stage is moved by people, and follows from MaK's by tables. */
export const OPPORTUNITY: TwentyEntity = {
  name: 'opportunity',
  singular: 'opportunity',
  plural: 'opportunities',
  createsInMak: true,
  staysDeleted: true,
  moved: 'status',
  fields: [
    out('id', 'makId', text),
    both('name', 'name', text),
    both('amount', 'amount', money),
    both('owner', 'owner', member),
    both('client', 'company', party('company')),
    both('contact', 'pointOfContact', party('contact')),
    out('status', 'stage', option),
  ],
};
