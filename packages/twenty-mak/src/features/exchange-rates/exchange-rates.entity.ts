import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** From this day on one unit of `base` costs `rate` units of `quote`. */
@Entity('exchange_rate')
@Index('exchange_rate_day', ['tenantId', 'day', 'base', 'quote'])
export class ExchangeRateEntity {
  @PrimaryColumn('uuid') tenantId: string;
  @PrimaryColumn('text') base: string;
  @PrimaryColumn('text') quote: string;
  @PrimaryColumn('date') day: string;
  /** A decimal number; read as text, never as a float. */
  @Column('numeric') rate: string;
}
