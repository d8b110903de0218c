/** Reads a sentence aloud to people with a screen reader, at once. */
export function Announcer({ text }: { readonly text: string }) {
  return (
    <div
      className="visually-hidden"
      role="status"
      aria-live="assertive"
      data-testid="board-announcer"
    >
      {text}
    </div>
  );
}
