import { useLingui } from '@lingui/react/macro';
import { ORDER_STATUSES, useOrderWords } from '../../../parts/orders/order-kinds.ts';
import { CheckboxField } from '../../../ui/form/checkbox-field.tsx';
import { TextField } from '../../../ui/form/text-field.tsx';
import { Section } from '../../../ui/section/section.tsx';
import { ChoiceField } from './choice-field.tsx';
import { MatchTable } from './match-table.tsx';
import { PairFields } from './pair-fields.tsx';
import type { PartProps } from './part.ts';
import styles from '../connector.module.css';

/** What orders and articles of MaK are in KeyCRM. */
export function KeyCrmFields({
  connector: { title },
  values,
  options,
  errorAt,
  onChange,
}: PartProps) {
  const { t } = useLingui();
  const words = useOrderWords().statuses;
  const statuses = options.of('statuses');
  return (
    <>
      <Section title={t`Orders in KeyCRM`}>
        <ChoiceField
          label={t`Source of orders of MaK`}
          hint={t`Its currency is that of all orders and prices that go over.`}
          type="number"
          options={options.of('source')}
          error={errorAt('settings.source')}
          value={values.source}
          onChange={(source) => onChange({ source })}
        />
        <ChoiceField
          label={t`Payment method of payments of MaK`}
          none={t`the first one`}
          type="number"
          options={options.of('payment_method')}
          error={errorAt('settings.payment_method')}
          value={values.paymentMethod}
          onChange={(paymentMethod) => onChange({ paymentMethod })}
        />
      </Section>
      <Section
        title={t`Statuses of orders`}
        text={t`What is not chosen follows from the group of the status. Of several for one status here, MaK sets the one that was chosen first.`}
      >
        {statuses === null ? (
          <p className={styles.text}>{t`They are listed as soon as KeyCRM answers.`}</p>
        ) : (
          <MatchTable
            label={t`Statuses of orders`}
            title={title}
            rows={statuses}
            choices={ORDER_STATUSES.map((value) => ({ value, label: words[value] }))}
            none={() => t`by its group`}
            pairs={values.statuses}
            onChange={(pairs) => onChange({ statuses: pairs })}
          />
        )}
      </Section>
      <Section title={t`Clients in KeyCRM`}>
        <CheckboxField
          label={t`All clients become buyers`}
          hint={t`Also those that no order names, with each of their contacts.`}
          checked={values.allCustomers}
          onChange={(allCustomers) => onChange({ allCustomers })}
        />
        <ChoiceField
          label={t`Field of buyers that shows the segments`}
          hint={t`Of a field with choices, segments that it does not offer stay here. Segments of a client replace what stands in the field, and what is changed there is put right.`}
          none={t`none, segments stay here`}
          type="text"
          options={options.of('segment_field')}
          error={errorAt('settings.segment_field')}
          value={values.segmentField}
          onChange={(segmentField) => onChange({ segmentField })}
        />
      </Section>
      <Section title={t`Messages and batches`}>
        <CheckboxField
          label={t`Look at messages of KeyCRM as soon as they come`}
          hint={t`Without it they are only kept, and changes there are found at the next look.`}
          checked={values.realTime}
          onChange={(realTime) => onChange({ realTime })}
        />
        <TextField
          label={t`Articles in one call`}
          type="number"
          required
          min={1}
          max={50}
          step={1}
          error={errorAt('settings.batch')}
          value={values.batch}
          onChange={(batch) => onChange({ batch })}
        />
      </Section>
      <Section
        title={t`Warehouses`}
        text={t`Stocks of these go over. KeyCRM lists its warehouses to no program: their ids stand in its pages.`}
      >
        <PairFields
          pairs={values.warehouses}
          mak={{
            label: (line) => t`Warehouse in MaK, line ${line}`,
            placeholder: t`its name in MaK`,
            type: 'text',
          }}
          there={{
            label: (line) => t`Id of the warehouse in KeyCRM, line ${line}`,
            placeholder: t`its id in KeyCRM`,
            type: 'number',
          }}
          add={t`Add a warehouse`}
          errorAt={(index) => errorAt(`settings.warehouses.${index}`)}
          onChange={(warehouses) => onChange({ warehouses })}
        />
      </Section>
    </>
  );
}
