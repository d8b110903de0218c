import { z } from 'zod';

const field = z.looseObject({
  universalIdentifier: z.string(),
  name: z.string(),
  label: z.string(),
  description: z.string().optional(),
  type: z.string(),
  isUIEditable: z.boolean().optional(),
  options: z.array(z.object({ label: z.string() })).nullish(),
  relationTargetObjectMetadataUniversalIdentifier: z.string().optional(),
  relationTargetFieldMetadataUniversalIdentifier: z.string().optional(),
  universalSettings: z.looseObject({ relationType: z.string().optional() }).nullish(),
});
const widget = z.looseObject({
  title: z.string(),
  configuration: z.record(z.string(), z.unknown()),
});
const tab = z.looseObject({ title: z.string(), widgets: z.array(widget) });
const columns = z.array(z.looseObject({ fieldMetadataUniversalIdentifier: z.string() }));

/** The parts of a manifest that tests look at. */
export const manifestSchema = z.looseObject({
  application: z.looseObject({ universalIdentifier: z.string() }),
  objects: z.array(
    z.looseObject({
      universalIdentifier: z.string(),
      nameSingular: z.string(),
      labelSingular: z.string(),
      labelPlural: z.string(),
      description: z.string(),
      isUIEditable: z.boolean(),
      fields: z.array(field),
    }),
  ),
  fields: z.array(field.extend({ objectUniversalIdentifier: z.string() })),
  indexes: z.array(
    z.looseObject({
      objectUniversalIdentifier: z.string(),
      isUnique: z.boolean(),
      fields: z.array(z.looseObject({ fieldUniversalIdentifier: z.string() })),
    }),
  ),
  roles: z.array(
    z.looseObject({
      universalIdentifier: z.string(),
      label: z.string(),
      canBeAssignedToUsers: z.boolean(),
      objectPermissions: z
        .array(
          z.looseObject({
            objectUniversalIdentifier: z.string(),
            canUpdateObjectRecords: z.boolean(),
          }),
        )
        .optional(),
      fieldPermissions: z
        .array(
          z.looseObject({ fieldUniversalIdentifier: z.string(), canUpdateFieldValue: z.boolean() }),
        )
        .optional(),
    }),
  ),
  views: z.array(
    z.looseObject({
      universalIdentifier: z.string(),
      name: z.string(),
      type: z.string(),
      objectUniversalIdentifier: z.string(),
      fields: columns,
      filters: columns,
      sorts: columns,
    }),
  ),
  frontComponents: z.array(z.looseObject({ universalIdentifier: z.string(), name: z.string() })),
  pageLayouts: z.array(
    z.looseObject({ universalIdentifier: z.string(), type: z.string(), tabs: z.array(tab) }),
  ),
  pageLayoutTabs: z.array(tab),
  navigationMenuItems: z.array(
    z.looseObject({
      name: z.string(),
      viewUniversalIdentifier: z.string().optional(),
      pageLayoutUniversalIdentifier: z.string().optional(),
    }),
  ),
  commandMenuItems: z.array(
    z.looseObject({
      label: z.string(),
      shortLabel: z.string(),
      frontComponentUniversalIdentifier: z.string(),
    }),
  ),
});
export type AppManifest = z.output<typeof manifestSchema>;
