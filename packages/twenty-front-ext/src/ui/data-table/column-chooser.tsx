import { useLingui } from '@lingui/react/macro';
import { IconColumns3 } from '@tabler/icons-react';
import { Button } from 'twenty-ui/input';
import { CheckboxField } from '../form/checkbox-field.tsx';
import { Popover } from '../popover/popover.tsx';
import { defaultLayout, inOrder, showColumn } from './columns.ts';
import type { ColumnLayout, DataColumn, DataRow } from './columns.ts';
import styles from './data-table.module.css';

interface ColumnChooserProps<Row extends DataRow> {
  readonly columns: readonly DataColumn<Row>[];
  readonly layout: ColumnLayout;
  readonly onLayout: (layout: ColumnLayout) => void;
}

/** Which columns are shown. */
export function ColumnChooser<Row extends DataRow>({
  columns,
  layout,
  onLayout,
}: ColumnChooserProps<Row>) {
  const { t } = useLingui();
  return (
    <Popover
      title={t`Columns`}
      align="end"
      trigger={
        <button type="button" className={styles.chooser}>
          <IconColumns3 size={16} aria-hidden />
          {t`Columns`}
        </button>
      }
    >
      {inOrder(columns, layout).map(({ key, title, fixed }) => (
        <CheckboxField
          key={key}
          label={title}
          disabled={fixed === true}
          checked={!layout.hidden.includes(key)}
          onChange={(shown) => onLayout(showColumn(layout, key, shown))}
        />
      ))}
      <Button
        title={t`Reset columns`}
        variant="secondary"
        size="small"
        onClick={() => onLayout(defaultLayout(columns))}
      />
    </Popover>
  );
}
