import { ArgsType, Field, Float, ID, InputType, Int, ObjectType } from '@nestjs/graphql';
import type { JsonObject } from 'twenty-mak-domain';
import { InstantScalar, JsonScalar, SafeIntScalar } from '../../platform/graphql/scalars.ts';

@ObjectType('ImportCounts')
export class ImportCountsModel {
  @Field(() => Int) created: number;
  @Field(() => Int, { description: 'Leads that are entered, and known already' }) warned: number;
  @Field(() => Int) merged: number;
  @Field(() => Int) rejected: number;
  @Field(() => Int) empty: number;
}

@ObjectType('ImportError')
export class ImportErrorModel {
  @Field(() => Int, { description: 'The first row after the header is 1' }) row: number;
  @Field(() => String, { nullable: true }) column: string | null;
  @Field(() => String) code: string;
  @Field(() => String) reason: string;
}

@ObjectType('ImportErrorCount')
export class ImportErrorCountModel {
  @Field(() => String, { nullable: true, description: 'Null for errors of whole rows' })
  column: string | null;
  @Field(() => String) code: string;
  @Field(() => Int) rows: number;
}

@ObjectType('ImportUnknownWord')
export class ImportUnknownWordModel {
  @Field(() => String) column: string;
  @Field(() => String) word: string;
  @Field(() => String, { nullable: true, description: 'The word of the list that is most like it' })
  suggestion: string | null;
  @Field(() => Int) rows: number;
}

@ObjectType('ImportReport')
export class ImportReportModel {
  @Field(() => Int) rows: number;
  @Field(() => ImportCountsModel) counts: ImportCountsModel;
  @Field(() => [ImportErrorCountModel]) errors: ImportErrorCountModel[];
  @Field(() => [ImportErrorModel]) firstErrors: readonly ImportErrorModel[];
  @Field(() => [ImportUnknownWordModel], {
    description: 'Words that are not in a closed list',
  })
  unknownWords: readonly ImportUnknownWordModel[];
}

@ObjectType('ImportFailure')
export class ImportFailureModel {
  @Field(() => String) code: string;
  @Field(() => String) reason: string;
  @Field(() => String, { nullable: true }) field?: string | undefined;
}

@ObjectType('ImportColumn')
export class ImportColumnModel {
  @Field(() => String, { description: 'As the header names it' }) column: string;
  @Field(() => String) field: string;
  @Field(() => JsonScalar, { nullable: true, description: 'What words of the file mean' })
  values?: JsonObject | undefined;
}

@ObjectType('ImportMapping')
export class ImportMappingModel {
  @Field(() => [ImportColumnModel]) columns: ImportColumnModel[];
  @Field(() => JsonScalar, { description: 'Values by field, where a row has none' })
  defaults: JsonObject;
  @Field(() => String, { nullable: true }) country?: string | undefined;
  @Field(() => String, { nullable: true }) externalSystem?: string | undefined;
  @Field(() => JsonScalar, { nullable: true, description: 'Closed lists of words by field' })
  lists?: JsonObject | undefined;
  @Field(() => String, {
    nullable: true,
    description: 'Of clients that are known already: reject or update',
  })
  duplicates?: string | undefined;
}

@ObjectType('Import')
export class ImportModel {
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
  @Field(() => ImportCountsModel, { nullable: true }) counts: ImportCountsModel | null;
  @Field(() => ImportCountsModel, {
    nullable: true,
    description: 'What the last dry run said would happen',
  })
  forecast: ImportCountsModel | null;
  @Field(() => ImportFailureModel, { nullable: true }) failure: ImportFailureModel | null;
  @Field(() => InstantScalar) createdAt: number;
  @Field(() => InstantScalar, { nullable: true }) startedAt: number | null;
  @Field(() => InstantScalar, { nullable: true }) endedAt: number | null;
}

@ObjectType('ImportDetail')
export class ImportDetailModel extends ImportModel {
  @Field(() => ImportMappingModel, { nullable: true }) mapping: ImportMappingModel | null;
  @Field(() => ImportReportModel, { nullable: true }) report: ImportReportModel | null;
  @Field(() => ImportReportModel, { nullable: true })
  forecastReport: ImportReportModel | null;
}

@ObjectType('ImportPage')
export class ImportPageModel {
  @Field(() => [ImportModel]) items: ImportModel[];
  @Field(() => String, { nullable: true, description: 'Cursor of the next page' })
  next: string | null;
}

@ObjectType('ImportPreview')
export class ImportPreviewModel {
  @Field(() => String, { nullable: true }) encoding: string | null;
  @Field(() => Boolean, { description: 'False when other encodings fit as well' })
  encodingCertain: boolean;
  @Field(() => String, { nullable: true }) separator: string | null;
  @Field(() => String, { nullable: true }) sheet: string | null;
  @Field(() => [String]) sheets: readonly string[];
  @Field(() => [String]) columns: readonly string[];
  @Field(() => [[String]]) rows: readonly (readonly string[])[];
  @Field(() => [ImportColumnModel], { description: 'What the names of columns suggest' })
  mapping: ImportColumnModel[];
  @Field(() => Boolean, { description: 'The first row names no columns' }) headerIsData: boolean;
}

@ObjectType('ImportProfile')
export class ImportProfileModel {
  @Field(() => ID) id: string;
  @Field(() => String) name: string;
  @Field(() => ImportMappingModel) mapping: ImportMappingModel;
  @Field(() => Int) version: number;
  @Field(() => InstantScalar) updatedAt: number;
}

@ArgsType()
export class ImportsArgs {
  @Field(() => Int, { nullable: true }) limit?: number;
  @Field(() => String, { nullable: true }) cursor?: string;
}

@ArgsType()
export class ImportFormArgs {
  @Field(() => String, { nullable: true, description: 'Left out: the file tells' })
  encoding?: string;
  @Field(() => String, { nullable: true, description: 'Left out: the file tells' })
  separator?: string;
  @Field(() => String, { nullable: true, description: 'Left out: the first one' }) sheet?: string;
}

@ArgsType()
export class ImportPreviewArgs extends ImportFormArgs {
  @Field(() => ID) id: string;
}

@InputType()
export class ImportColumnInput {
  @Field(() => String) column: string;
  @Field(() => String) field: string;
  @Field(() => JsonScalar, { nullable: true }) values?: JsonObject;
}

@InputType()
export class ImportMappingInput {
  @Field(() => [ImportColumnInput]) columns: ImportColumnInput[];
  @Field(() => JsonScalar, { nullable: true }) defaults?: JsonObject;
  @Field(() => String, { nullable: true }) country?: string;
  @Field(() => String, { nullable: true }) externalSystem?: string;
  @Field(() => JsonScalar, { nullable: true }) lists?: JsonObject;
  @Field(() => String, { nullable: true }) duplicates?: string;
}

@ArgsType()
export class BeginImportArgs extends ImportFormArgs {
  @Field(() => ID) id: string;
  @Field(() => ImportMappingInput, {
    nullable: true,
    description: 'Left out: that of the last dry run',
  })
  mapping?: ImportMappingInput;
  @Field(() => ID, { nullable: true, description: 'A saved profile instead' }) profileId?: string;
}
