import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { InstantColumn } from '../../platform/database/index.ts';

/** Something that is sold: one variant of a product. */
@Entity('article')
@Index('article_sku', ['tenantId', 'sku'], { unique: true })
@Index('article_name', ['tenantId', 'name', 'id'])
export class ArticleEntity {
  @PrimaryColumn('uuid') id: string;
  @Column('uuid') tenantId: string;
  @Column('text') sku: string;
  @Column('text') name: string;
  @Column('text', { nullable: true }) description: string | null;
  @Column('text', { nullable: true }) barcode: string | null;
  @Column('text', { nullable: true }) unit: string | null;
  /** The same for all variants of one product. */
  @Column('text', { nullable: true }) product: string | null;
  /** `[{name, value}]` */
  @Column('jsonb', { default: [] }) properties: unknown;
  /** Minor units. */
  @Column('bigint', { nullable: true }) price: number | null;
  @Column('bigint', { nullable: true }) purchasePrice: number | null;
  /** Of both prices. */
  @Column('text', { nullable: true }) currency: string | null;
  @Column('boolean', { default: false }) archived: boolean;
  /** Rises with every edit. */
  @Column('integer', { default: 1 }) version: number;
  /** Rises with every edit and every count: the order of its events. */
  @Column('integer', { default: 1 }) revision: number;
  @InstantColumn({ default: () => 'now()' }) createdAt: number;
  @InstantColumn({ default: () => 'now()' }) updatedAt: number;
}

/** How many of an article there are in a warehouse. */
@Entity('article_stock')
export class ArticleStockEntity {
  @PrimaryColumn('uuid') tenantId: string;
  @PrimaryColumn('uuid') articleId: string;
  @PrimaryColumn('text') warehouse: string;
  @Column('numeric', { precision: 12, scale: 3 }) quantity: number;
  /** Of these so many wait in orders. */
  @Column('numeric', { precision: 12, scale: 3, default: 0 }) reserved: number;
  @InstantColumn({ default: () => 'now()' }) countedAt: number;
}
