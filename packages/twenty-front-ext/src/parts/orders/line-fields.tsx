import { Trans, useLingui } from '@lingui/react/macro';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { Button } from 'twenty-ui/input';
import { Fieldset } from '../../ui/form/fieldset.tsx';
import { TextField } from '../../ui/form/text-field.tsx';
import { moneyText } from '../../ui/format/money-text.ts';
import { ArticleFinder } from './article-finder.tsx';
import type { FoundArticle } from './article-finder.tsx';
import { MOST_LINES, NEW_LINE, readPrice, readQuantity } from './order-draft.ts';
import type { LineDraft } from './order-draft.ts';
import styles from './orders.module.css';

interface LineFieldsProps {
  readonly value: readonly LineDraft[];
  readonly currency: string;
  readonly onChange: (lines: readonly LineDraft[]) => void;
}

/** What is bought: articles of the catalogue, or anything else that has a name and a price. */
export function LineFields({ value, currency, onChange }: LineFieldsProps) {
  const { t } = useLingui();
  const add = (line: LineDraft): void => onChange([...value, line]);
  const isFull = value.length >= MOST_LINES;
  return (
    <Fieldset label={t`What is bought`}>
      {value.map((line, index) => (
        <OneLine
          key={index}
          place={index + 1}
          line={line}
          currency={currency}
          onChange={(next) => onChange(value.with(index, next))}
          onRemove={() => onChange(value.toSpliced(index, 1))}
        />
      ))}
      {value.length === 0 && (
        <p className={styles.quiet}>
          <Trans>Nothing yet. Find an article, or add a line of your own.</Trans>
        </p>
      )}
      {!isFull && (
        <div className={styles.adders}>
          <ArticleFinder onChoose={(article) => add(lineOf(article, currency))} />
          <Button
            type="button"
            Icon={IconPlus}
            title={t`Add a line`}
            variant="secondary"
            onClick={() => add(NEW_LINE)}
          />
        </div>
      )}
    </Fieldset>
  );
}

/** A price of another currency is left to the person. */
function lineOf({ sku, name, price, currency: own }: FoundArticle, currency: string): LineDraft {
  const known = price !== null && own === currency;
  return { ...NEW_LINE, sku, name, price: known ? moneyText(price, currency) : '' };
}

interface OneLineProps {
  readonly place: number;
  readonly line: LineDraft;
  readonly currency: string;
  readonly onChange: (line: LineDraft) => void;
  readonly onRemove: () => void;
}

function OneLine({ place, line, currency, onChange, onRemove }: OneLineProps) {
  const { t } = useLingui();
  const noAmount = t`Type an amount, e.g. 1500.`;
  const wrong = (text: string): string | null =>
    readPrice(text, currency) === null ? noAmount : null;
  return (
    <div role="group" aria-label={t`Line ${place}`} className={styles.line}>
      <div className={styles.name}>
        <TextField
          label={t({ message: 'Name', context: 'of an article' })}
          required
          maxLength={500}
          value={line.name}
          onChange={(name) => onChange({ ...line, name })}
        />
      </div>
      <TextField
        label={t({ message: 'Number', context: 'of an article' })}
        maxLength={100}
        value={line.sku}
        onChange={(sku) => onChange({ ...line, sku })}
      />
      <TextField
        label={t`Quantity`}
        inputMode="decimal"
        maxLength={20}
        error={
          line.quantity !== '' && readQuantity(line.quantity) === null
            ? t`Type a number above zero with up to three decimals.`
            : null
        }
        value={line.quantity}
        onChange={(quantity) => onChange({ ...line, quantity })}
      />
      <TextField
        label={t`Price, ${currency}`}
        inputMode="decimal"
        maxLength={30}
        error={wrong(line.price)}
        value={line.price}
        onChange={(price) => onChange({ ...line, price })}
      />
      <TextField
        label={t`Discount, ${currency}`}
        inputMode="decimal"
        maxLength={30}
        error={wrong(line.discount)}
        value={line.discount}
        onChange={(discount) => onChange({ ...line, discount })}
      />
      <div className={styles.remove}>
        <Button
          type="button"
          Icon={IconTrash}
          variant="tertiary"
          ariaLabel={t`Remove line ${place}`}
          onClick={onRemove}
        />
      </div>
    </div>
  );
}
