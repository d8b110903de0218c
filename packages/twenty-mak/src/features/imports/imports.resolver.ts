import { Inject } from '@nestjs/common';
import type { Type } from '@nestjs/common';
import { Args, ID, Int, Mutation, Query, Resolver } from '@nestjs/graphql';
import type { ImportProfile, ImportSummary } from 'twenty-mak-domain';
import { CurrentPrincipal, RequireScope } from '../../platform/auth/index.ts';
import type { Principal, Scope } from '../../platform/auth/index.ts';
import { parse, uuidField, withoutNulls } from '../../platform/validation/index.ts';
import type { ProfileRow } from './import-profiles.repository.ts';
import { ImportProfilesService } from './import-profiles.service.ts';
import type { ImportTargetName } from './import-targets.ts';
import {
  beginImportBody,
  createProfileBody,
  listImportsQuery,
  previewQuery,
  profileOf,
  replaceProfileBody,
} from './imports.dto.ts';
import {
  BeginImportArgs,
  ImportDetailModel,
  ImportPreviewArgs,
  ImportMappingInput,
  ImportModel,
  ImportPageModel,
  ImportPreviewModel,
  ImportProfileModel,
  ImportsArgs,
} from './imports.model.ts';
import type { ImportMappingModel, ImportReportModel } from './imports.model.ts';
import type { ImportRow } from './imports.repository.ts';
import { ImportsService } from './imports.service.ts';

interface ImportsOperations {
  readonly name: string;
  readonly target: ImportTargetName;
  readonly scope: Scope;
}

/** Operations on the imports of one kind of records. */
export function importsResolver({ name, target, scope }: ImportsOperations): Type {
  const kind = `${target.charAt(0).toUpperCase()}${target.slice(1)}`;

  @RequireScope(scope)
  @Resolver()
  class ImportsResolver {
    constructor(
      @Inject(ImportsService) private readonly imports: ImportsService,
      @Inject(ImportProfilesService) private readonly profiles: ImportProfilesService,
    ) {}

    @Query(() => ImportPageModel, {
      name: `${target}Imports`,
      description: 'Newest first',
    })
    async list(
      @CurrentPrincipal() principal: Principal,
      @Args({ type: () => ImportsArgs }) args: ImportsArgs,
    ): Promise<ImportPageModel> {
      const page = await this.imports.list(
        principal,
        target,
        parse(listImportsQuery, withoutNulls(args)),
      );
      return { items: page.items.map(modelOf), next: page.next };
    }

    @Query(() => ImportDetailModel, { name: `${target}Import` })
    async one(
      @CurrentPrincipal() principal: Principal,
      @Args('id', { type: () => ID }) id: string,
    ): Promise<ImportDetailModel> {
      const { row, report, forecast } = await this.imports.detail(
        principal,
        target,
        parse(uuidField, id),
      );
      return {
        ...modelOf(row),
        mapping: row.profile === null ? null : mappingOf(row.profile),
        report: report === null ? null : reportOf(report),
        forecastReport: forecast === null ? null : reportOf(forecast),
      };
    }

    @Query(() => ImportPreviewModel, {
      name: `${target}ImportPreview`,
      description: 'The first rows of an uploaded file, and what its columns may mean',
    })
    async preview(
      @CurrentPrincipal() principal: Principal,
      @Args({ type: () => ImportPreviewArgs }) { id, ...form }: ImportPreviewArgs,
    ): Promise<ImportPreviewModel> {
      const {
        form: read,
        mapping,
        ...inspection
      } = await this.imports.preview(
        principal,
        target,
        parse(uuidField, id),
        parse(previewQuery, withoutNulls(form)),
      );
      return {
        ...inspection,
        encoding: read.format === 'csv' ? read.encoding : null,
        separator: read.format === 'csv' ? read.separator : null,
        sheet: read.format === 'xlsx' ? read.sheet : null,
        mapping: mapping.map(({ column, field }) => ({ column, field })),
      };
    }

    @Mutation(() => ImportModel, {
      name: `dryRun${kind}Import`,
      description: 'Begins a dry run: what would happen, without entering anything',
    })
    async dryRun(
      @CurrentPrincipal() principal: Principal,
      @Args({ type: () => BeginImportArgs }) args: BeginImportArgs,
    ): Promise<ImportModel> {
      const { id, how } = orderOf(args);
      return modelOf(await this.imports.check(principal, target, id, how));
    }

    @Mutation(() => ImportModel, { name: `start${kind}Import` })
    async start(
      @CurrentPrincipal() principal: Principal,
      @Args({ type: () => BeginImportArgs }) args: BeginImportArgs,
    ): Promise<ImportModel> {
      const { id, how } = orderOf(args);
      return modelOf(await this.imports.start(principal, target, id, how));
    }

    @Mutation(() => ImportModel, {
      name: `cancel${kind}Import`,
      description: 'What came in stays',
    })
    async cancel(
      @CurrentPrincipal() principal: Principal,
      @Args('id', { type: () => ID }) id: string,
    ): Promise<ImportModel> {
      return modelOf(await this.imports.cancel(principal, target, parse(uuidField, id)));
    }

    @Query(() => [ImportProfileModel], {
      name: `${target}ImportProfiles`,
      description: 'Saved mappings of columns',
    })
    async savedProfiles(@CurrentPrincipal() principal: Principal): Promise<ImportProfileModel[]> {
      return (await this.profiles.list(principal, target)).map(profileModelOf);
    }

    @Mutation(() => ImportProfileModel, {
      name: `save${kind}ImportProfile`,
      description: 'Without id a new one; with id and version another content',
    })
    async saveProfile(
      @CurrentPrincipal() principal: Principal,
      @Args('name', { type: () => String }) saved: string,
      @Args('mapping', { type: () => ImportMappingInput }) mapping: ImportMappingInput,
      @Args('id', { type: () => ID, nullable: true }) id?: string | null,
      @Args('version', { type: () => Int, nullable: true }) version?: number | null,
    ): Promise<ImportProfileModel> {
      const body = { name: saved, profile: bodyOf(mapping) };
      const row =
        id == null
          ? await this.profiles.create(principal, target, parse(createProfileBody, body))
          : await this.profiles.replace(
              principal,
              target,
              parse(uuidField, id),
              parse(replaceProfileBody, { ...body, version }),
            );
      return profileModelOf(row);
    }

    @Mutation(() => Boolean, { name: `delete${kind}ImportProfile` })
    async deleteProfile(
      @CurrentPrincipal() principal: Principal,
      @Args('id', { type: () => ID }) id: string,
    ): Promise<boolean> {
      await this.profiles.delete(principal, target, parse(uuidField, id));
      return true;
    }
  }
  Object.defineProperty(ImportsResolver, 'name', { value: name });
  return ImportsResolver;
}

function orderOf({ id, mapping, profileId, ...form }: BeginImportArgs) {
  return {
    id: parse(uuidField, id),
    how: parse(beginImportBody, {
      ...withoutNulls(form),
      ...(mapping == null ? {} : { profile: bodyOf(mapping) }),
      ...(profileId == null ? {} : { profile_id: profileId }),
    }),
  };
}

/** The mapping in the words of REST, where it is checked. */
function bodyOf({ externalSystem, columns, ...rest }: ImportMappingInput): unknown {
  return {
    ...withoutNulls(rest),
    columns: columns.map(withoutNulls),
    ...(externalSystem == null ? {} : { external_system: externalSystem }),
  };
}

function mappingOf(
  profile: Omit<ImportProfile, 'country'> & { readonly country?: string },
): ImportMappingModel {
  const { columns, defaults, country, externalSystem, lists, duplicates } = profile;
  return {
    columns: columns.map(({ column, field, values }) => ({
      column,
      field,
      values: values === undefined ? undefined : { ...values },
    })),
    defaults: { ...defaults },
    country,
    externalSystem,
    duplicates,
    lists:
      lists === undefined
        ? undefined
        : Object.fromEntries(Object.entries(lists).map(([field, words]) => [field, [...words]])),
  };
}

function profileModelOf({
  id,
  name,
  profile,
  version,
  updated_at: updatedAt,
}: ProfileRow): ImportProfileModel {
  const { country, ...mapping } = mappingOf(profileOf(profile, ''));
  return {
    id,
    name,
    mapping: { ...mapping, country: country === '' ? undefined : country },
    version,
    updatedAt,
  };
}

function reportOf({ errors, ...summary }: ImportSummary): ImportReportModel {
  return {
    ...summary,
    errors: Object.entries(errors).map(([kind, rows]) => {
      const colon = kind.lastIndexOf(':');
      const column = kind.slice(0, colon);
      return { column: column === '*' ? null : column, code: kind.slice(colon + 1), rows };
    }),
  };
}

function modelOf(row: ImportRow) {
  return {
    id: row.id,
    fileName: row.file_name,
    format: row.format,
    size: row.size,
    status: row.status,
    encoding: row.encoding,
    separator: row.separator,
    sheet: row.sheet,
    rowsDone: row.position_row,
    progress: row.progress,
    counts: row.counts,
    forecast: row.forecast_counts,
    failure: row.failure,
    createdAt: row.created_at,
    startedAt: row.started_at,
    endedAt: row.ended_at,
  };
}
