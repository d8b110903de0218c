import { Fragment } from 'react';
import styles from './email-address.module.css';

/** An e-mail address that goes to the next line after its @, and within a word only where it would not fit otherwise. */
export function EmailAddress({ address }: { readonly address: string | null }) {
  const parts = (address ?? '').split(/(?<=@)/);
  return (
    <span className={styles.address}>
      {parts.map((part, place) => (
        // Parts have nothing but their place that tells them apart.
        <Fragment key={`${place} ${part}`}>
          {place > 0 && <wbr />}
          {part}
        </Fragment>
      ))}
    </span>
  );
}
