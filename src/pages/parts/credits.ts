import { sourceQueries } from '../../resources/sources/queries.ts';
import type { Context } from '../context.ts';
import { type Html, html } from '../html.ts';
import { timeElement, when } from './dates.ts';

/** Of more sources than these, the others are there by their titles alone. */
const CREDITED = 12;

/** Who published some sources, and when: a line for below the title of each, by its id. */
export async function creditsOf({ store }: Context, ids: readonly string[]): Promise<Map<string, Html>> {
  const sources = await Promise.all(ids.slice(0, CREDITED).map((id) => sourceQueries.get(store.db, id)));
  return new Map(
    sources.map(({ id, publisher, published }) => [
      id,
      html`<p class="meta">${publisher?.name ?? 'publisher not named'} · ${timeElement(published, when(published))}</p>`,
    ]),
  );
}
