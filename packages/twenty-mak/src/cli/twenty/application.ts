import { z } from 'zod';
import { CliError } from '../local/cli-error.ts';
import type { AppPackage, Manifest } from './app-package.ts';
import { TwentyRefusal } from './twenty-client.ts';
import type { TwentyClient } from './twenty-client.ts';

const MAK_APP = '3f6f1d6e-6b0f-4c83-9d3b-2a5e8c7d9b10';

const workspaceSchema = z.object({
  currentWorkspace: z.object({
    id: z.string(),
    displayName: z.string().nullish(),
    workspaceUrls: z.object({
      customUrl: z.string().nullish(),
      subdomainUrl: z.string().nullish(),
    }),
  }),
});
const applicationsSchema = z.object({
  findManyApplications: z.array(
    z.object({ id: z.string(), universalIdentifier: z.string(), version: z.string().nullish() }),
  ),
});
const anySchema = z.unknown();

/** A workspace of twenty, as its key sees it. */
export interface Workspace {
  readonly id: string;
  readonly name: string;
  /** Where people open it. */
  readonly pages: string | null;
}

export interface InstalledApp {
  readonly id: string;
  readonly version: string | null;
}

/** The workspace that the key belongs to. Throws a CliError for wrong addresses and keys. */
export async function readWorkspace(twenty: TwentyClient): Promise<Workspace> {
  const { currentWorkspace } = await twenty.metadata(
    '{ currentWorkspace { id displayName workspaceUrls { customUrl subdomainUrl } } }',
    {},
    workspaceSchema,
  );
  const { id, displayName, workspaceUrls } = currentWorkspace;
  const pages = workspaceUrls.customUrl ?? workspaceUrls.subdomainUrl;
  return { id, name: displayName ?? id, pages: pages ? new URL(pages).origin : null };
}

/** The app as it is installed; undefined when it is not. Throws a CliError when the key may not ask for apps. */
export async function findApp(twenty: TwentyClient): Promise<InstalledApp | undefined> {
  const { findManyApplications } = await twenty.metadata(
    '{ findManyApplications { id universalIdentifier version } }',
    {},
    applicationsSchema,
  );
  const app = findManyApplications.find((one) => one.universalIdentifier === MAK_APP);
  return app === undefined ? undefined : { id: app.id, version: app.version ?? null };
}

/** Uploads the package and installs it, or upgrades to it. Throws a CliError before it would delete people's data. */
export async function installApp(
  twenty: TwentyClient,
  app: AppPackage,
  installed: InstalledApp | undefined,
): Promise<InstalledApp> {
  if (installed !== undefined) await refuseLosses(twenty, app.manifest);
  try {
    await twenty.upload(
      'mutation Upload($file: Upload!) { uploadAppTarball(file: $file) { id } }',
      {},
      { name: 'app.tar.gz', content: app.tarball },
      anySchema,
    );
  } catch (error) {
    // An earlier attempt came so far and no further.
    if (!isRefusal(error, 'VERSION_ALREADY_EXISTS')) throw translated(error);
  }
  try {
    await twenty.metadata(
      'mutation Install($id: String!) { installApplication(universalIdentifier: $id) { id } }',
      { id: MAK_APP },
      anySchema,
    );
  } catch (error) {
    throw translated(error);
  }
  const after = await findApp(twenty);
  if (after === undefined || after.version !== app.version) {
    throw new CliError(
      `twenty did not install ${app.version}; it has ${after?.version ?? 'no version'}.`,
      'Look into the log of twenty, then run the command again.',
    );
  }
  return after;
}

const actionsSchema = z.object({
  syncApplication: z.object({
    actions: z.array(
      z.looseObject({
        type: z.string(),
        metadataName: z.string(),
        universalIdentifier: z.string().optional(),
        flatEntity: z
          .looseObject({
            name: z.string().nullish(),
            nameSingular: z.string().nullish(),
            objectMetadataUniversalIdentifier: z.string().nullish(),
          })
          .optional(),
      }),
    ),
  }),
});

/**
 * Throws a CliError when this manifest would delete objects or fields, with what people have written there. `mayGo` is an
 * object that is meant to go. Changes nothing.
 */
export async function refuseLosses(
  twenty: TwentyClient,
  manifest: Manifest,
  mayGo: string | null = null,
): Promise<void> {
  const { syncApplication } = await twenty
    .metadata(
      'mutation Plan($manifest: JSON!) { syncApplication(manifest: $manifest, dryRun: true) { actions } }',
      { manifest },
      actionsSchema,
    )
    .catch((error: unknown) => {
      throw translated(error);
    });
  const losses = syncApplication.actions.flatMap(
    ({ type, metadataName, universalIdentifier, flatEntity = {} }) => {
      if (type !== 'delete') return [];
      const { name, nameSingular, objectMetadataUniversalIdentifier } = flatEntity;
      if (metadataName === 'objectMetadata' && universalIdentifier !== mayGo)
        return [`object ${nameSingular ?? universalIdentifier}`];
      if (metadataName === 'fieldMetadata' && objectMetadataUniversalIdentifier !== mayGo)
        return [`field ${name ?? universalIdentifier}`];
      return [];
    },
  );
  if (losses.length === 0) return;
  throw new CliError(
    `This would delete objects or fields with their data: ${losses.join(', ')}.`,
    'Take the version of MaK that is installed there, or a newer one.',
  );
}

/** Puts another manifest in the place of the installed one, with this version. Goes past the rule that versions rise. */
export async function replaceManifest(
  twenty: TwentyClient,
  manifest: Manifest,
  version: string,
): Promise<void> {
  const content = new TextEncoder().encode(JSON.stringify({ name: 'twenty-mak-app', version }));
  await twenty.upload(
    `mutation Package($file: Upload!, $id: String!) {
      uploadApplicationFile(file: $file, applicationUniversalIdentifier: $id, fileFolder: Dependencies, filePath: "package.json") { path }
    }`,
    { id: MAK_APP },
    { name: 'package.json', content },
    anySchema,
  );
  await twenty.metadata(
    'mutation Sync($manifest: JSON!) { syncApplication(manifest: $manifest) { applicationUniversalIdentifier } }',
    { manifest },
    anySchema,
  );
}

const isRefusal = (error: unknown, code: string): boolean =>
  error instanceof TwentyRefusal && error.codes.includes(code);

function translated(error: unknown): unknown {
  if (!(error instanceof TwentyRefusal)) return error;
  return new CliError(
    `twenty does not install the app: ${error.message}`,
    'Its log says more. Nothing was connected; run the command again when it is mended.',
  );
}
