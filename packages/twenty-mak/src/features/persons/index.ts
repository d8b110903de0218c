/*
 * ContactVault (import PersonsModule, inject ContactVault):
 *   seal(transaction, tenantId, datas: JsonObject[]): Promise<readonly JsonObject[]>
 *     the `data` of a batch of events before it is stored anywhere, also among rejections; same length and order
 *   sealNew(tenantId, contact), saveNew(transaction, tenantId, people)
 *     the same for people who are new for sure, in two steps: the first one asks nobody
 *   read(transaction, principal, datas, {entity, id}): Promise<readonly JsonObject[]>
 *     before stored `data` is shown or exported: opened and audited with the scope persons:read, else hidden
 *   mask(data): JsonObject
 *     hides contacts without asking anybody
 *   samePerson(transaction, tenantId, contacts, foreign)
 *     contacts that turn out to be of one person; take `lockPersons` first
 */
export { sealedKeyOf, sealedKeysIn } from './contact-fields.ts';
export { ContactVault } from './contact-vault.ts';
export type { NewPerson } from './contact-vault.ts';
export { Erasures } from './erasures.ts';
export { PersonAliasEntity, PersonKeyEntity } from './persons.entity.ts';
export { lockPersons } from './persons.lock.ts';
export { PersonsModule } from './persons.module.ts';
