import { expect, it } from 'vitest';
import { recordsOnly } from './records-only.ts';

const of = (object: string) => ({ objectUniversalIdentifier: object });

it('keeps records and the way to them, and takes out all that speaks with MaK', () => {
  const { manifest, connection } = recordsOnly({
    application: { universalIdentifier: 'app', displayName: 'MaK' },
    objects: [
      { universalIdentifier: 'deal', nameSingular: 'masterDeal' },
      { universalIdentifier: 'door', nameSingular: 'makConnection' },
    ],
    fields: [of('deal'), of('company')],
    indexes: [of('deal'), of('door')],
    views: [of('deal'), of('door')],
    roles: [
      {
        label: 'MaK manager',
        objectPermissions: [of('deal'), of('door')],
        fieldPermissions: [of('deal'), of('door')],
      },
    ],
    navigationMenuItems: [{ type: 'FOLDER' }, { type: 'VIEW' }, { type: 'PAGE_LAYOUT' }],
    pageLayouts: [
      { type: 'STANDALONE_PAGE', tabs: [{ widgets: [{ type: 'FRONT_COMPONENT' }] }] },
      {
        type: 'RECORD_PAGE',
        tabs: [
          { widgets: [{ type: 'FRONT_COMPONENT' }] },
          { widgets: [{ type: 'FIELDS' }] },
          { widgets: [{ type: 'TASKS' }] },
        ],
      },
    ],
    pageLayoutTabs: [{ title: 'Master deals' }],
    commandMenuItems: [{ label: 'Record a fact' }],
    frontComponents: [{ name: 'pipeline-board' }],
    translations: { 'ru-RU': {} },
  });
  expect(manifest).toEqual({
    application: { universalIdentifier: 'app', displayName: 'MaK' },
    objects: [{ universalIdentifier: 'deal', nameSingular: 'masterDeal' }],
    fields: [of('deal'), of('company')],
    indexes: [of('deal')],
    views: [of('deal')],
    roles: [
      {
        label: 'MaK manager',
        objectPermissions: [of('deal')],
        fieldPermissions: [of('deal')],
      },
    ],
    navigationMenuItems: [{ type: 'FOLDER' }, { type: 'VIEW' }],
    pageLayouts: [
      {
        type: 'RECORD_PAGE',
        tabs: [{ widgets: [{ type: 'FIELDS' }] }, { widgets: [{ type: 'TASKS' }] }],
      },
    ],
    pageLayoutTabs: [],
    commandMenuItems: [],
    frontComponents: [],
    translations: { 'ru-RU': {} },
  });
  expect(connection).toBe('door');
});
