import { Field, ID, InputType, ObjectType, registerEnumType } from '@nestjs/graphql';
import type { ApiClientView, CreatedApiClientView } from './api-clients.dto.ts';

export enum ApiClientKind {
  api_key = 'api_key',
  oauth = 'oauth',
}
registerEnumType(ApiClientKind, { name: 'ApiClientKind' });

@ObjectType('ApiClient', { description: 'A machine that may call us.' })
export class ApiClientModel {
  @Field(() => ID) id: string;
  @Field(() => String) name: string;
  @Field(() => ApiClientKind) kind: ApiClientKind;
  @Field(() => [String]) scopes: string[];
  @Field(() => ID, { nullable: true, description: 'Account that made it' })
  createdBy: string | null;
  @Field(() => String, { description: 'RFC 3339' }) createdAt: string;
  @Field(() => String, { nullable: true, description: 'RFC 3339, to the minute' })
  lastUsedAt: string | null;
  @Field(() => String, { nullable: true, description: 'RFC 3339' }) expiresAt: string | null;
  @Field(() => String, { nullable: true, description: 'RFC 3339' }) revokedAt: string | null;
}

@ObjectType('ApiClientPage')
export class ApiClientPageModel {
  @Field(() => [ApiClientModel]) items: ApiClientModel[];
  @Field(() => String, { nullable: true, description: 'Cursor of the next page' })
  next: string | null;
}

@ObjectType('CreatedApiClient')
export class CreatedApiClientModel {
  @Field(() => ApiClientModel) apiClient: ApiClientModel;
  @Field(() => String, { description: 'Shown this once' }) secret: string;
}

@InputType()
export class CreateApiClientInput {
  @Field(() => String) name: string;
  @Field(() => ApiClientKind, { nullable: true, description: 'api_key unless said otherwise' })
  kind?: ApiClientKind;
  @Field(() => [String]) scopes: string[];
  @Field(() => String, { nullable: true, description: 'RFC 3339; left out: never' })
  expiresAt?: string;
}

export function apiClientModel(view: ApiClientView): ApiClientModel {
  return {
    id: view.id,
    name: view.name,
    kind: ApiClientKind[view.kind],
    scopes: view.scopes,
    createdBy: view.created_by,
    createdAt: view.created_at,
    lastUsedAt: view.last_used_at,
    expiresAt: view.expires_at,
    revokedAt: view.revoked_at,
  };
}

export function createdApiClientModel(view: CreatedApiClientView): CreatedApiClientModel {
  return { apiClient: apiClientModel(view), secret: view.secret };
}
