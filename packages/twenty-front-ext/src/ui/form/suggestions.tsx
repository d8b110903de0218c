/** Values that an input suggests whose `list` is this id; others may be typed too. */
export function Suggestions({
  id,
  values,
}: {
  readonly id: string;
  readonly values: readonly string[];
}) {
  return (
    <datalist id={id}>
      {values.map((value) => (
        <option key={value} value={value}>
          {value}
        </option>
      ))}
    </datalist>
  );
}
