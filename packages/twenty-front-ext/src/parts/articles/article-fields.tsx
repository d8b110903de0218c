import { useLingui } from '@lingui/react/macro';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { Button } from 'twenty-ui/input';
import { Fieldset } from '../../ui/form/fieldset.tsx';
import { TextArea } from '../../ui/form/text-area.tsx';
import { TextField } from '../../ui/form/text-field.tsx';
import { FieldPair } from '../../ui/section/section.tsx';
import { isCurrency, isPrice, MOST_PROPERTIES } from './article-draft.ts';
import type { ArticleDraft } from './article-draft.ts';
import { useArticleTexts } from './use-article-texts.ts';
import styles from './articles.module.css';

interface ArticleFieldsProps {
  readonly value: ArticleDraft;
  readonly onChange: (draft: ArticleDraft) => void;
}

/** Everything that people write about an article. */
export function ArticleFields({ value, onChange }: ArticleFieldsProps) {
  const { t } = useLingui();
  const { fields } = useArticleTexts();
  const set = (change: Partial<ArticleDraft>): void => onChange({ ...value, ...change });
  const priceError = (text: string): string | null =>
    isPrice(text, value.currency) ? null : t`Type an amount, e.g. 1500.`;
  return (
    <>
      <TextField
        label={fields.name}
        required
        maxLength={500}
        value={value.name}
        onChange={(name) => set({ name })}
      />
      <FieldPair>
        <TextField
          label={fields.sku}
          required
          maxLength={100}
          value={value.sku}
          onChange={(sku) => set({ sku })}
        />
        <TextField
          label={fields.barcode}
          maxLength={100}
          value={value.barcode}
          onChange={(barcode) => set({ barcode })}
        />
      </FieldPair>
      <FieldPair>
        <TextField
          label={fields.price}
          inputMode="decimal"
          maxLength={30}
          error={priceError(value.price)}
          value={value.price}
          onChange={(price) => set({ price })}
        />
        <TextField
          label={fields.purchasePrice}
          inputMode="decimal"
          maxLength={30}
          error={priceError(value.purchasePrice)}
          value={value.purchasePrice}
          onChange={(purchasePrice) => set({ purchasePrice })}
        />
        <TextField
          label={fields.currency}
          maxLength={3}
          error={isCurrency(value) ? null : t`Three letters, e.g. EUR.`}
          value={value.currency}
          onChange={(currency) => set({ currency: currency.toUpperCase() })}
        />
      </FieldPair>
      <FieldPair>
        <TextField
          label={fields.product}
          hint={t`The same for all variants of one product.`}
          maxLength={200}
          value={value.product}
          onChange={(product) => set({ product })}
        />
        <TextField
          label={fields.unit}
          hint={t`Left empty: pieces.`}
          maxLength={20}
          value={value.unit}
          onChange={(unit) => set({ unit })}
        />
      </FieldPair>
      <Properties value={value.properties} onChange={(properties) => set({ properties })} />
      <TextArea
        label={fields.description}
        maxLength={10_000}
        value={value.description}
        onChange={(description) => set({ description })}
      />
    </>
  );
}

function Properties({
  value,
  onChange,
}: {
  readonly value: ArticleDraft['properties'];
  readonly onChange: (properties: ArticleDraft['properties']) => void;
}) {
  const { t } = useLingui();
  const { fields } = useArticleTexts();
  return (
    <Fieldset label={fields.properties}>
      {value.map((one, index) => {
        const place = index + 1;
        return (
          <div
            key={index}
            role="group"
            aria-label={t`Property ${place}`}
            className={styles.property}
          >
            <TextField
              label={t({ message: 'Name', context: 'of a property' })}
              placeholder={t`e.g. Size`}
              maxLength={100}
              value={one.name}
              onChange={(name) => onChange(value.with(index, { ...one, name }))}
            />
            <TextField
              label={t`Value`}
              maxLength={200}
              value={one.value}
              onChange={(text) => onChange(value.with(index, { ...one, value: text }))}
            />
            <Button
              type="button"
              Icon={IconTrash}
              variant="tertiary"
              ariaLabel={t`Remove property ${place}`}
              onClick={() => onChange(value.toSpliced(index, 1))}
            />
          </div>
        );
      })}
      {value.length < MOST_PROPERTIES && (
        <div>
          <Button
            type="button"
            Icon={IconPlus}
            title={t`Add a property`}
            variant="tertiary"
            size="small"
            onClick={() => onChange([...value, { name: '', value: '' }])}
          />
        </div>
      )}
    </Fieldset>
  );
}
