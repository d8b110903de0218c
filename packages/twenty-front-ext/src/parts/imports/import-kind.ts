import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import { createContext, useContext } from 'react';
import type { ComponentType } from 'react';
import type { ImportFields } from 'twenty-mak-domain';
import type {
  ImportJobFragment,
  ImportLineFragment,
  ImportLookFragment,
  ImportMappingInput,
  SavedMappingFragment,
} from '../../generated/graphql.ts';
import type { MappingDraft } from './mapping-draft.ts';

type Begun = { readonly begun: { readonly id: string; readonly status: string } };

/** How a file is read; what is left out the file tells. */
export interface FileForm {
  readonly encoding?: string;
  readonly separator?: string;
  readonly sheet?: string;
}

/** Operations on the imports of one kind of records. */
export interface ImportDocuments {
  readonly list: TypedDocumentNode<
    { readonly imports: { readonly items: readonly ImportLineFragment[] } },
    Record<string, never>
  >;
  readonly one: TypedDocumentNode<{ readonly job: ImportJobFragment }, { id: string }>;
  readonly preview: TypedDocumentNode<
    { readonly preview: ImportLookFragment },
    { id: string } & FileForm
  >;
  readonly profiles: TypedDocumentNode<
    { readonly profiles: readonly SavedMappingFragment[] },
    Record<string, never>
  >;
  readonly saveProfile: TypedDocumentNode<
    { readonly saved: { readonly id: string } },
    { name: string; mapping: ImportMappingInput }
  >;
  readonly dryRun: TypedDocumentNode<
    Begun,
    { id: string; mapping?: ImportMappingInput | null } & FileForm
  >;
  readonly start: TypedDocumentNode<Begun, { id: string }>;
  readonly cancel: TypedDocumentNode<Begun, { id: string }>;
}

interface KindTexts {
  readonly title: string;
  /** The link to the records. */
  readonly back: string;
  /** What is not undone when an import is stopped. */
  readonly stays: string;
  readonly created: string;
  /** Null where nothing is entered that is known already. */
  readonly warned: string | null;
  readonly merged: string;
}

interface Choice {
  readonly value: string;
  readonly label: string;
}

export interface SettingsProps {
  readonly draft: MappingDraft;
  readonly onChange: (draft: MappingDraft) => void;
}

/** What is different for each kind of records that files become. */
export interface ImportKind {
  readonly documents: ImportDocuments;
  readonly permission: string;
  /** Of the page. */
  readonly path: string;
  /** Of the API. */
  readonly api: string;
  /** Of the page with the records. */
  readonly records: string;
  readonly fields: ImportFields;
  /** Fields that only the office says. */
  readonly officeFields: ReadonlySet<string>;
  readonly useTexts: () => KindTexts;
  /** Words that a field may have, for words that are not known. */
  readonly useChoices: () => (field: string) => readonly Choice[];
  /** What holds for all rows. */
  readonly Settings: ComponentType<SettingsProps>;
}

export const ImportKindContext = createContext<ImportKind | null>(null);

export function useImportKind(): ImportKind {
  const kind = useContext(ImportKindContext);
  if (kind === null) throw new Error('no kind of imports is given');
  return kind;
}
