import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { InstantColumn } from '../../platform/database/index.ts';

/** The key that a person's contact data is encrypted with. Erasing the person destroys the key and leaves the row. */
@Entity('person_key')
@Index('person_key_current', ['tenantId', 'personId'], { unique: true, where: 'erased_at IS NULL' })
export class PersonKeyEntity {
  @PrimaryColumn('uuid') id: string;
  @Column('uuid') tenantId: string;
  /** Pseudonym of the person; null once erased. */
  @Column('text', { nullable: true }) personId: string | null;
  @Column('bytea', { nullable: true }) wrappedKey: Buffer | null;
  @InstantColumn({ default: () => 'now()' }) createdAt: number;
  @InstantColumn({ nullable: true }) erasedAt: number | null;
}

/** Everything a person was called by in events: pseudonyms of ids, e-mail addresses and telephone numbers. */
@Entity('person_alias')
@Index('person_alias_key', ['keyId'])
export class PersonAliasEntity {
  @PrimaryColumn('uuid') tenantId: string;
  @PrimaryColumn('text') alias: string;
  @PrimaryColumn('uuid') keyId: string;
}
