import type { KeyCrmCard } from './answers.ts';
import type { KeyCrmApi } from './api.ts';
import type { Alone } from './buyer-turns.ts';
import { buyersLike } from './buyer-twins.ts';
import { bodyOfBuyer, storedBuyerValues } from './buyer-values.ts';
import { clientOf } from './card-values.ts';

/**
 * The card with its contact as a buyer. KeyCRM makes one of a contact only with the first order, and shows no contact but in its
 * card; a buyer is the same person in all cards, and can be edited on both sides. Of whom neither address nor number is known
 * stays in the card.
 */
export async function withBuyer(
  api: KeyCrmApi,
  card: KeyCrmCard,
  alone: Alone,
): Promise<KeyCrmCard> {
  if (clientOf(card) !== null) return card;
  const { full_name, email, phone } = card.contact ?? {};
  const values = storedBuyerValues({
    name: full_name ?? null,
    email: email ?? null,
    phone: phone ?? null,
  });
  if (values['email'] === null && values['phone'] === null) return card;
  const id = await alone(values, async () => {
    // Whose answer was lost is found here too.
    const [known] = await buyersLike(api, values);
    return known?.id ?? (await made(api, values));
  });
  if (id === null) return card;
  const answer = await api.editCard(card.id, { client_id: Number(id) });
  return answer.kind === 'taken' ? ((await api.card(card.id)) ?? card) : card;
}

/** Null when KeyCRM takes no such buyer. */
async function made(
  api: KeyCrmApi,
  values: ReturnType<typeof storedBuyerValues>,
): Promise<string | null> {
  const answer = await api.createBuyer(bodyOfBuyer(values, null, null));
  return answer.kind === 'taken' ? answer.value.id : null;
}
