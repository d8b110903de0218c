import { defineApplication } from 'twenty-sdk/define';
import { APPLICATION_IDENTIFIER } from './constants/universal-identifiers.ts';

export default defineApplication({
  universalIdentifier: APPLICATION_IDENTIFIER,
  displayName: 'MaK',
  description:
    'One deal across many systems: its stage follows from facts, its deadlines are watched.',
  author: 'MaK',
  category: 'Sales',
});
