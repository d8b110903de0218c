import { Inject } from '@nestjs/common';
import { Args, ID, Int, Mutation, Query, Resolver } from '@nestjs/graphql';
import type { ImportProfile, ImportSummary } from 'twenty-mak-domain';
import { CurrentPrincipal, RequireScope } from '../../platform/auth/index.ts';
import type { Principal } from '../../platform/auth/index.ts';
import { parse, uuidField, withoutNulls } from '../../platform/validation/index.ts';
import { LeadImportProfilesService } from './lead-import-profiles.service.ts';
import {
  beginImportBody,
  createProfileBody,
  listImportsQuery,
  previewQuery,
  profileOf,
  replaceProfileBody,
} from './lead-imports.dto.ts';
import {
  BeginLeadImportArgs,
  LeadImportDetailModel,
  LeadImportPreviewArgs,
  LeadImportMappingInput,
  LeadImportModel,
  LeadImportPageModel,
  LeadImportPreviewModel,
  LeadImportProfileModel,
  LeadImportsArgs,
} from './lead-imports.model.ts';
import type { LeadImportMappingModel, LeadImportReportModel } from './lead-imports.model.ts';
import type { ImportRow, ProfileRow } from './lead-imports.repository.ts';
import { LeadImportsService } from './lead-imports.service.ts';

@Resolver(() => LeadImportModel)
export class LeadImportsResolver {
  constructor(
    @Inject(LeadImportsService) private readonly imports: LeadImportsService,
    @Inject(LeadImportProfilesService) private readonly profiles: LeadImportProfilesService,
  ) {}

  @RequireScope('leads:import')
  @Query(() => LeadImportPageModel, { description: 'Newest first' })
  async leadImports(
    @CurrentPrincipal() principal: Principal,
    @Args({ type: () => LeadImportsArgs }) args: LeadImportsArgs,
  ): Promise<LeadImportPageModel> {
    const page = await this.imports.list(principal, parse(listImportsQuery, withoutNulls(args)));
    return { items: page.items.map(modelOf), next: page.next };
  }

  @RequireScope('leads:import')
  @Query(() => LeadImportDetailModel)
  async leadImport(
    @CurrentPrincipal() principal: Principal,
    @Args('id', { type: () => ID }) id: string,
  ): Promise<LeadImportDetailModel> {
    const { row, report, forecast } = await this.imports.detail(principal, parse(uuidField, id));
    return {
      ...modelOf(row),
      mapping: row.profile === null ? null : mappingOf(row.profile),
      report: report === null ? null : reportOf(report),
      forecastReport: forecast === null ? null : reportOf(forecast),
    };
  }

  @RequireScope('leads:import')
  @Query(() => LeadImportPreviewModel, {
    description: 'The first rows of an uploaded file, and what its columns may mean',
  })
  async leadImportPreview(
    @CurrentPrincipal() principal: Principal,
    @Args({ type: () => LeadImportPreviewArgs }) { id, ...form }: LeadImportPreviewArgs,
  ): Promise<LeadImportPreviewModel> {
    const {
      form: read,
      mapping,
      ...inspection
    } = await this.imports.preview(
      principal,
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

  @RequireScope('leads:import')
  @Mutation(() => LeadImportModel, {
    description: 'Begins a dry run: what would happen, without entering anything',
  })
  async dryRunLeadImport(
    @CurrentPrincipal() principal: Principal,
    @Args({ type: () => BeginLeadImportArgs }) args: BeginLeadImportArgs,
  ): Promise<LeadImportModel> {
    const { id, how } = orderOf(args);
    return modelOf(await this.imports.check(principal, id, how));
  }

  @RequireScope('leads:import')
  @Mutation(() => LeadImportModel)
  async startLeadImport(
    @CurrentPrincipal() principal: Principal,
    @Args({ type: () => BeginLeadImportArgs }) args: BeginLeadImportArgs,
  ): Promise<LeadImportModel> {
    const { id, how } = orderOf(args);
    return modelOf(await this.imports.start(principal, id, how));
  }

  @RequireScope('leads:import')
  @Mutation(() => LeadImportModel, { description: 'The leads that came in stay' })
  async cancelLeadImport(
    @CurrentPrincipal() principal: Principal,
    @Args('id', { type: () => ID }) id: string,
  ): Promise<LeadImportModel> {
    return modelOf(await this.imports.cancel(principal, parse(uuidField, id)));
  }

  @RequireScope('leads:import')
  @Query(() => [LeadImportProfileModel], { description: 'Saved mappings of columns' })
  async leadImportProfiles(
    @CurrentPrincipal() principal: Principal,
  ): Promise<LeadImportProfileModel[]> {
    return (await this.profiles.list(principal)).map(profileModelOf);
  }

  @RequireScope('leads:import')
  @Mutation(() => LeadImportProfileModel, {
    description: 'Without id a new one; with id and version another content',
  })
  async saveLeadImportProfile(
    @CurrentPrincipal() principal: Principal,
    @Args('name', { type: () => String }) name: string,
    @Args('mapping', { type: () => LeadImportMappingInput }) mapping: LeadImportMappingInput,
    @Args('id', { type: () => ID, nullable: true }) id?: string | null,
    @Args('version', { type: () => Int, nullable: true }) version?: number | null,
  ): Promise<LeadImportProfileModel> {
    const body = { name, profile: bodyOf(mapping) };
    const row =
      id == null
        ? await this.profiles.create(principal, parse(createProfileBody, body))
        : await this.profiles.replace(
            principal,
            parse(uuidField, id),
            parse(replaceProfileBody, { ...body, version }),
          );
    return profileModelOf(row);
  }

  @RequireScope('leads:import')
  @Mutation(() => Boolean)
  async deleteLeadImportProfile(
    @CurrentPrincipal() principal: Principal,
    @Args('id', { type: () => ID }) id: string,
  ): Promise<boolean> {
    await this.profiles.delete(principal, parse(uuidField, id));
    return true;
  }
}

function orderOf({ id, mapping, profileId, ...form }: BeginLeadImportArgs) {
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
function bodyOf({ externalSystem, columns, ...rest }: LeadImportMappingInput): unknown {
  return {
    ...withoutNulls(rest),
    columns: columns.map(withoutNulls),
    ...(externalSystem == null ? {} : { external_system: externalSystem }),
  };
}

function mappingOf(
  profile: Omit<ImportProfile, 'country'> & { readonly country?: string },
): LeadImportMappingModel {
  const { columns, defaults, country, externalSystem, lists } = profile;
  return {
    columns: columns.map(({ column, field, values }) => ({
      column,
      field,
      values: values === undefined ? undefined : { ...values },
    })),
    defaults: { ...defaults },
    country,
    externalSystem,
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
}: ProfileRow): LeadImportProfileModel {
  const { country, ...mapping } = mappingOf(profileOf(profile, ''));
  return {
    id,
    name,
    mapping: { ...mapping, country: country === '' ? undefined : country },
    version,
    updatedAt,
  };
}

function reportOf({ errors, ...summary }: ImportSummary): LeadImportReportModel {
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
