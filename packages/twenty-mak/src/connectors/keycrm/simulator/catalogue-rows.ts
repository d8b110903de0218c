import { z } from 'zod';
import { numeric, text, wholeNumber } from './input.ts';

export interface ProductRow {
  readonly id: number;
  readonly name: string;
  readonly description: string | null;
  readonly thumbnail_url: string | null;
  readonly unit_type: string | null;
  readonly currency_code: string;
  readonly has_offers: boolean;
  readonly is_archived: boolean;
  readonly category_id: number | null;
  readonly created_at: number;
  readonly updated_at: number;
}

export interface OfferRow {
  readonly id: number;
  readonly product_id: number;
  readonly sku: string | null;
  readonly barcode: string | null;
  readonly thumbnail_url: string | null;
  readonly price: number;
  readonly purchased_price: number | null;
  readonly weight: number | null;
  readonly length: number | null;
  readonly width: number | null;
  readonly height: number | null;
  readonly properties: readonly object[];
  /** By warehouse. */
  readonly stock: ReadonlyMap<number, number>;
}

export const EMPTY_OFFER: Omit<OfferRow, 'id' | 'product_id'> = {
  sku: null,
  barcode: null,
  thumbnail_url: null,
  price: 0,
  purchased_price: null,
  weight: null,
  length: null,
  width: null,
  height: null,
  properties: [],
  stock: new Map(),
};

const property = z.looseObject({ name: text, value: text });
const offerShape = {
  sku: text.nullish(),
  barcode: text.nullish(),
  price: numeric.nullish(),
  purchased_price: numeric.nullish(),
  weight: numeric.nullish(),
  length: numeric.nullish(),
  width: numeric.nullish(),
  height: numeric.nullish(),
  properties: z.array(property).nullish(),
};
export const OFFER_FIELDS = Object.keys(offerShape) as readonly (keyof typeof offerShape)[];

export const offerBody = z.looseObject(offerShape);
export type OfferValues = z.output<typeof offerBody>;

export const productBody = z.looseObject({
  ...offerShape,
  name: text.min(1),
  description: text.nullish(),
  unit_type: text.nullish(),
  currency_code: z.string().length(3).nullish(),
  category_id: wholeNumber.nullish(),
  has_offers: z.boolean().nullish(),
});
export const productEdit = productBody.partial();
export const productsBody = z.looseObject({ products: z.array(z.unknown()).min(1).max(100) });
export const newOffersBody = z.looseObject({ offers: z.array(offerBody).min(1).max(100) });

const named = { id: wholeNumber.nullish(), sku: text.nullish() };
export interface NamedOffer {
  readonly id?: number | null | undefined;
  readonly sku?: string | null | undefined;
}
export const offersBody = z.looseObject({
  offers: z
    .array(z.looseObject({ ...offerShape, ...named }))
    .min(1)
    .max(10_000),
});
export const stocksBody = z.looseObject({
  warehouse_id: wholeNumber,
  stocks: z
    .array(z.looseObject({ ...named, quantity: numeric }))
    .min(1)
    .max(10_000),
});
