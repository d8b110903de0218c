import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { LINKED_OBJECT_NAMES, OBJECT_NAMES } from '../src/constants/object-names.ts';
import { fieldIdentifier, objectIdentifier } from '../src/constants/universal-identifiers.ts';
import { buildApp } from './build-app.ts';
import type { Build, Sdk } from './build-app.ts';
import identifiers from './identifiers.json' with { type: 'json' };
import type { AppManifest } from './manifest-schema.ts';

const versions: readonly Sdk[] = ['2.23', '2.43'];
const builds = new Map<Sdk, Build>();

function manifestOf(version: Sdk): AppManifest {
  const build = builds.get(version);
  expect(build?.ok, build?.output).toBe(true);
  if (build?.manifest == null) throw new Error('There is no manifest.');
  return build.manifest;
}

const fieldsOf = ({ objects, fields }: AppManifest) => [
  ...objects.flatMap((object) => object.fields),
  ...fields,
];

/** What a browser gives to secure contexts only. The worker that twenty runs components in is none, under https either. */
const SECURE_ONLY =
  /\bcrypto\.(?:randomUUID\(|subtle\b)|\bnavigator\.(?:clipboard|locks|serviceWorker|storage)\b/;

/** A copy with a type error: a build that passes means something only because this one does not. */
let broken: Build;

beforeAll(async () => {
  const breakIt = (folder: string): void =>
    appendFileSync(
      join(folder, 'src/constants/object-names.ts'),
      '\nexport const n: number = "";\n',
    );
  const [older, newer, third] = await Promise.all([
    buildApp('2.23'),
    buildApp('2.43'),
    buildApp('2.23', 'broken', breakIt),
  ]);
  builds.set('2.23', older).set('2.43', newer);
  broken = third;
});

it('refuses sources with a type error', () => {
  expect(broken.output).toContain('object-names.ts');
  expect(broken.ok).toBe(false);
});

it('says the same with both versions', () => {
  const [older, newer] = versions.map((version) => manifestOf(version));
  // The newer SDK gives permissions identifiers of its own; they hold no data.
  const named = ({ roles, ...manifest }: AppManifest) =>
    JSON.stringify([manifest, roles.map(({ universalIdentifier }) => ({ universalIdentifier }))])
      .match(/"universalIdentifier":"[^"]+"/g)
      ?.toSorted();
  expect(newer && named(newer)).toEqual(older && named(older));
});

describe.each(versions)(`built with %s`, (version) => {
  it('keeps the identifiers under which workspaces have stored data', () => {
    const manifest = manifestOf(version);
    const own = Object.fromEntries(
      manifest.objects.flatMap(({ nameSingular, universalIdentifier, fields }) => [
        [nameSingular, universalIdentifier] as const,
        ...fields
          .filter(({ name, universalIdentifier: id }) => id === fieldIdentifier(nameSingular, name))
          .map((one) => [`${nameSingular}.${one.name}`, one.universalIdentifier] as const),
      ]),
    );
    for (const object of LINKED_OBJECT_NAMES) {
      const id = fieldIdentifier(object, 'makId');
      if (manifest.fields.some(({ universalIdentifier }) => universalIdentifier === id))
        own[`${object}.makId`] = id;
    }
    expect(own).toEqual(identifiers);
  });

  it('finds every object by a unique external id', () => {
    const { objects, indexes } = manifestOf(version);
    expect(objects.map(({ nameSingular }) => nameSingular).toSorted()).toEqual(
      [...OBJECT_NAMES].toSorted(),
    );
    for (const object of OBJECT_NAMES) {
      const unique = indexes.find(
        (index) => index.isUnique && index.objectUniversalIdentifier === objectIdentifier(object),
      );
      expect(
        unique?.fields.map((one) => one.fieldUniversalIdentifier),
        object,
      ).toEqual([fieldIdentifier(object, 'makId')]);
    }
  });

  it('has indexes on its own objects only: twenty 2.21 takes an app with another one not at all', () => {
    const { objects, indexes } = manifestOf(version);
    const own = objects.map(({ universalIdentifier }) => universalIdentifier);
    for (const { objectUniversalIdentifier } of indexes)
      expect(own).toContain(objectUniversalIdentifier);
  });

  it('has both ends of every relation', () => {
    const manifest = manifestOf(version);
    const known = new Map(fieldsOf(manifest).map((one) => [one.universalIdentifier, one]));
    const ours = fieldsOf(manifest).filter(
      ({ type, universalIdentifier }) =>
        type === 'RELATION' && Object.values(identifiers).includes(universalIdentifier),
    );
    expect(ours.length).toBeGreaterThan(30);
    for (const end of ours) {
      const other = known.get(end.relationTargetFieldMetadataUniversalIdentifier ?? '');
      expect(other?.relationTargetFieldMetadataUniversalIdentifier, end.name).toBe(
        end.universalIdentifier,
      );
    }
  });

  it('lets nobody edit stage, gates and what else follows from facts', () => {
    const manifest = manifestOf(version);
    const deal = manifest.objects.find(({ nameSingular }) => nameSingular === 'masterDeal');
    const locked = [
      'pipeline',
      'stage',
      'businessStage',
      'gates',
      'missingGates',
      'slaState',
      'outcome',
    ];
    const roles = manifest.roles.filter(({ canBeAssignedToUsers }) => canBeAssignedToUsers);
    expect(roles.map(({ label }) => label).toSorted()).toEqual(['MaK admin', 'MaK manager']);
    for (const name of locked) {
      expect(deal?.fields.find((one) => one.name === name)?.isUIEditable, name).toBe(false);
      for (const { label, fieldPermissions } of roles) {
        const permission = fieldPermissions?.find(
          (one) => one.fieldUniversalIdentifier === fieldIdentifier('masterDeal', name),
        );
        expect(permission?.canUpdateFieldValue, `${label}: ${name}`).toBe(false);
      }
    }
    for (const name of ['name', 'amount', 'owner', 'pointOfContact']) {
      expect(deal?.fields.find((one) => one.name === name)?.isUIEditable, name).toBe(true);
    }
  });

  it('lets nobody edit what MaK alone says: leads, lots, bids, partners and franchisees', () => {
    const { objects, roles } = manifestOf(version);
    const shown = ['makLead', 'makLeadAuction', 'makBid', 'makPartner', 'makFranchisee'] as const;
    for (const name of shown) {
      const object = objects.find(({ nameSingular }) => nameSingular === name);
      expect(object?.isUIEditable, name).toBe(false);
      for (const { label, objectPermissions } of roles) {
        const permission = objectPermissions?.find(
          (one) => one.objectUniversalIdentifier === objectIdentifier(name),
        );
        expect(permission?.canUpdateObjectRecords ?? false, `${label}: ${name}`).toBe(false);
      }
    }
  });

  it('locks only fields of its own: a lock on those that twenty writes by itself would refuse every edit', () => {
    const own = new Set(Object.values(identifiers));
    const locked = manifestOf(version).roles.flatMap(
      ({ fieldPermissions = [] }) => fieldPermissions,
    );
    expect(locked.length).toBeGreaterThan(20);
    for (const { fieldUniversalIdentifier } of locked)
      expect(own).toContain(fieldUniversalIdentifier);
  });

  it('shows in views and on pages only what it defines', () => {
    const manifest = manifestOf(version);
    const fields = new Set(fieldsOf(manifest).map((one) => one.universalIdentifier));
    const views = new Set(manifest.views.map((view) => view.universalIdentifier));
    const pages = new Set(manifest.pageLayouts.map((page) => page.universalIdentifier));
    const components = new Set(manifest.frontComponents.map((one) => one.universalIdentifier));
    for (const view of manifest.views) {
      for (const one of [...view.fields, ...view.filters, ...view.sorts]) {
        expect(fields, view.name).toContain(one.fieldMetadataUniversalIdentifier);
      }
    }
    const opened = manifest.navigationMenuItems.flatMap((item) => [
      ...(item.viewUniversalIdentifier === undefined ? [] : [item.viewUniversalIdentifier]),
      ...(item.pageLayoutUniversalIdentifier === undefined
        ? []
        : [item.pageLayoutUniversalIdentifier]),
    ]);
    expect(opened.length).toBeGreaterThan(10);
    for (const one of opened) expect(new Set([...views, ...pages])).toContain(one);
    const tabs = [...manifest.pageLayouts.flatMap((page) => page.tabs), ...manifest.pageLayoutTabs];
    const shown = [
      ...tabs
        .flatMap((one) => one.widgets)
        .flatMap(({ configuration }) => configuration['frontComponentUniversalIdentifier'] ?? []),
      ...manifest.commandMenuItems.map((one) => one.frontComponentUniversalIdentifier),
    ];
    expect(new Set(shown)).toEqual(components);
  });

  it('runs in a worker that is no secure context', () => {
    const components = builds.get(version)?.components ?? new Map<string, string>();
    expect(components.size).toBe(manifestOf(version).frontComponents.length);
    for (const [name, source] of components)
      expect(SECURE_ONLY.exec(source)?.[0], name).toBeUndefined();
  });
});
