import { MissingRecordError } from '../../domain/errors.ts';
import { eventQueries } from '../../resources/events/queries.ts';
import type { Context } from '../context.ts';
import { type Html, html } from '../html.ts';
import { shortDate, timeElement, when } from './dates.ts';

/** Of more events than these, the others are there without their days. */
const DATED = 50;

/** When some events took place, as a note for behind the title of each, by its id. */
export async function daysOf(context: Context, ids: readonly string[]): Promise<Map<string, Html>> {
  const some = [...new Set(ids)].slice(0, DATED);
  const notes = await Promise.all(some.map(async (id) => [id, await dayOf(context, id)] as const));
  return new Map(notes);
}

async function dayOf({ store, asOf }: Context, id: string): Promise<Html> {
  try {
    const { date } = await eventQueries.get(store.db, id, asOf);
    return html` <span class="note" title=${when(date)}>${timeElement(date, shortDate(date))}</span>`;
  } catch (error) {
    // As of a day, an event may be named by a record and not be reported yet.
    if (error instanceof MissingRecordError) return null;
    throw error;
  }
}
