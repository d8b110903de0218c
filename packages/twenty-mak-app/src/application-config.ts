import { defineApplication } from 'twenty-sdk/define';
import { APPLICATION_IDENTIFIER, identify } from './constants/universal-identifiers.ts';

export default defineApplication({
  universalIdentifier: APPLICATION_IDENTIFIER,
  displayName: 'MaK',
  description:
    'One deal across many systems: its stage follows from facts, its deadlines are watched.',
  author: 'MaK',
  category: 'Sales',
  applicationVariables: {
    MAK_URL: {
      universalIdentifier: identify('variable', 'MAK_URL'),
      description: 'Address of MaK as browsers reach it, e.g. https://mak.example.com',
      isSecret: false,
    },
    MAK_TENANT: {
      universalIdentifier: identify('variable', 'MAK_TENANT'),
      description: 'Key of your company in MaK; its settings show both values under twenty',
      isSecret: false,
    },
  },
});
