import { ArgsType, Field, Float, ID, InputType, Int, ObjectType } from '@nestjs/graphql';
import type { JsonObject } from 'twenty-mak-domain';
import { InstantScalar, JsonScalar, SafeIntScalar } from '../../platform/graphql/scalars.ts';

@ObjectType('LeadImportCounts')
export class LeadImportCountsModel {
  @Field(() => Int) created: number;
  @Field(() => Int, { description: 'Entered, and known already' }) warned: number;
  @Field(() => Int) merged: number;
  @Field(() => Int) rejected: number;
  @Field(() => Int) empty: number;
}

@ObjectType('LeadImportError')
export class LeadImportErrorModel {
  @Field(() => Int, { description: 'The first row after the header is 1' }) row: number;
  @Field(() => String, { nullable: true }) column: string | null;
  @Field(() => String) code: string;
  @Field(() => String) reason: string;
}

@ObjectType('LeadImportErrorCount')
export class LeadImportErrorCountModel {
  @Field(() => String, { nullable: true, description: 'Null for errors of whole rows' })
  column: string | null;
  @Field(() => String) code: string;
  @Field(() => Int) rows: number;
}

@ObjectType('LeadImportUnknownWord')
export class LeadImportUnknownWordModel {
  @Field(() => String) column: string;
  @Field(() => String) word: string;
  @Field(() => String, { nullable: true, description: 'The word of the list that is most like it' })
  suggestion: string | null;
  @Field(() => Int) rows: number;
}

@ObjectType('LeadImportReport')
export class LeadImportReportModel {
  @Field(() => Int) rows: number;
  @Field(() => LeadImportCountsModel) counts: LeadImportCountsModel;
  @Field(() => [LeadImportErrorCountModel]) errors: LeadImportErrorCountModel[];
  @Field(() => [LeadImportErrorModel]) firstErrors: readonly LeadImportErrorModel[];
  @Field(() => [LeadImportUnknownWordModel], {
    description: 'Words that are not in a closed list',
  })
  unknownWords: readonly LeadImportUnknownWordModel[];
}

@ObjectType('LeadImportFailure')
export class LeadImportFailureModel {
  @Field(() => String) code: string;
  @Field(() => String) reason: string;
  @Field(() => String, { nullable: true }) field?: string | undefined;
}

@ObjectType('LeadImportColumn')
export class LeadImportColumnModel {
  @Field(() => String, { description: 'As the header names it' }) column: string;
  @Field(() => String) field: string;
  @Field(() => JsonScalar, { nullable: true, description: 'What words of the file mean' })
  values?: JsonObject | undefined;
}

@ObjectType('LeadImportMapping')
export class LeadImportMappingModel {
  @Field(() => [LeadImportColumnModel]) columns: LeadImportColumnModel[];
  @Field(() => JsonScalar, { description: 'Values by field, where a row has none' })
  defaults: JsonObject;
  @Field(() => String, { nullable: true }) country?: string | undefined;
  @Field(() => String, { nullable: true }) externalSystem?: string | undefined;
  @Field(() => JsonScalar, { nullable: true, description: 'Closed lists of words by field' })
  lists?: JsonObject | undefined;
}

@ObjectType('LeadImport')
export class LeadImportModel {
  @Field(() => ID) id: string;
  @Field(() => String) fileName: string;
  @Field(() => String, { description: 'csv or xlsx' }) format: string;
  @Field(() => SafeIntScalar) size: number;
  @Field(() => String, {
    description: 'uploaded, checking, checked, running, done, failed or cancelled',
  })
  status: string;
  @Field(() => String, { nullable: true }) encoding: string | null;
  @Field(() => String, { nullable: true }) separator: string | null;
  @Field(() => String, { nullable: true }) sheet: string | null;
  @Field(() => Int) rowsDone: number;
  @Field(() => Float, { description: 'Part of the file that is read, from 0 to 1' })
  progress: number;
  @Field(() => LeadImportCountsModel, { nullable: true }) counts: LeadImportCountsModel | null;
  @Field(() => LeadImportCountsModel, {
    nullable: true,
    description: 'What the last dry run said would happen',
  })
  forecast: LeadImportCountsModel | null;
  @Field(() => LeadImportFailureModel, { nullable: true }) failure: LeadImportFailureModel | null;
  @Field(() => InstantScalar) createdAt: number;
  @Field(() => InstantScalar, { nullable: true }) startedAt: number | null;
  @Field(() => InstantScalar, { nullable: true }) endedAt: number | null;
}

@ObjectType('LeadImportDetail')
export class LeadImportDetailModel extends LeadImportModel {
  @Field(() => LeadImportMappingModel, { nullable: true }) mapping: LeadImportMappingModel | null;
  @Field(() => LeadImportReportModel, { nullable: true }) report: LeadImportReportModel | null;
  @Field(() => LeadImportReportModel, { nullable: true })
  forecastReport: LeadImportReportModel | null;
}

@ObjectType('LeadImportPage')
export class LeadImportPageModel {
  @Field(() => [LeadImportModel]) items: LeadImportModel[];
  @Field(() => String, { nullable: true, description: 'Cursor of the next page' })
  next: string | null;
}

@ObjectType('LeadImportPreview')
export class LeadImportPreviewModel {
  @Field(() => String, { nullable: true }) encoding: string | null;
  @Field(() => Boolean, { description: 'False when other encodings fit as well' })
  encodingCertain: boolean;
  @Field(() => String, { nullable: true }) separator: string | null;
  @Field(() => String, { nullable: true }) sheet: string | null;
  @Field(() => [String]) sheets: readonly string[];
  @Field(() => [String]) columns: readonly string[];
  @Field(() => [[String]]) rows: readonly (readonly string[])[];
  @Field(() => [LeadImportColumnModel], { description: 'What the names of columns suggest' })
  mapping: LeadImportColumnModel[];
  @Field(() => Boolean, { description: 'The first row names no columns' }) headerIsData: boolean;
}

@ObjectType('LeadImportProfile')
export class LeadImportProfileModel {
  @Field(() => ID) id: string;
  @Field(() => String) name: string;
  @Field(() => LeadImportMappingModel) mapping: LeadImportMappingModel;
  @Field(() => Int) version: number;
  @Field(() => InstantScalar) updatedAt: number;
}

@ArgsType()
export class LeadImportsArgs {
  @Field(() => Int, { nullable: true }) limit?: number;
  @Field(() => String, { nullable: true }) cursor?: string;
}

@ArgsType()
export class LeadImportFormArgs {
  @Field(() => String, { nullable: true, description: 'Left out: the file tells' })
  encoding?: string;
  @Field(() => String, { nullable: true, description: 'Left out: the file tells' })
  separator?: string;
  @Field(() => String, { nullable: true, description: 'Left out: the first one' }) sheet?: string;
}

@ArgsType()
export class LeadImportPreviewArgs extends LeadImportFormArgs {
  @Field(() => ID) id: string;
}

@InputType()
export class LeadImportColumnInput {
  @Field(() => String) column: string;
  @Field(() => String) field: string;
  @Field(() => JsonScalar, { nullable: true }) values?: JsonObject;
}

@InputType()
export class LeadImportMappingInput {
  @Field(() => [LeadImportColumnInput]) columns: LeadImportColumnInput[];
  @Field(() => JsonScalar, { nullable: true }) defaults?: JsonObject;
  @Field(() => String, { nullable: true }) country?: string;
  @Field(() => String, { nullable: true }) externalSystem?: string;
  @Field(() => JsonScalar, { nullable: true }) lists?: JsonObject;
}

@ArgsType()
export class BeginLeadImportArgs extends LeadImportFormArgs {
  @Field(() => ID) id: string;
  @Field(() => LeadImportMappingInput, {
    nullable: true,
    description: 'Left out: that of the last dry run',
  })
  mapping?: LeadImportMappingInput;
  @Field(() => ID, { nullable: true, description: 'A saved profile instead' }) profileId?: string;
}
