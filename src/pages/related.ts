import type { z } from 'zod';
import type { ListQueries, ListTypes, Matches } from '../db/lists/queries.ts';
import { StoreError } from '../domain/errors.ts';
import type { Context, Parameters } from './context.ts';
import { type Html, html } from './html.ts';

/** The first records of a list under some filters. */
export interface Related<T> {
  items: T[];
  /** How many there are in all; null where counting them would take too long. */
  total: number | null;
}

/** The records that a list has under some parameters, as of the date of the page where the list knows one. */
export async function related<T extends ListTypes>(
  context: Context,
  queries: ListQueries<T>,
  schema: z.ZodType<T['query']> & { shape: object },
  parameters: Record<string, string>,
  limit = 6,
): Promise<Related<T['item']>> {
  const asOf = 'asOf' in schema.shape && context.asOf !== undefined ? { asOf: context.asOf } : {};
  const matches = await queries.matching(context.store, schema.parse({ ...parameters, ...asOf }));
  const { items, next } = await matches.page({ after: null, limit, count: false });
  return { items, total: next === null ? items.length : await countOf(matches) };
}

/** How many records match; null where counting them would take too long. */
export async function countOf<T extends ListTypes>(matches: Matches<T>): Promise<number | null> {
  return unlessSlow(async () => (await matches.page({ after: null, limit: 1, count: true })).total, null);
}

/** A part of a page with records that belong to its own; null where there are none. */
export function section(
  context: Context,
  title: string,
  { items, total }: Related<unknown>,
  rows: Html,
  more?: { path: string; parameters: Parameters },
): Html {
  if (items.length === 0) return null;
  const href = more && context.href(more.path, more.parameters);
  return html`
    <section>
      <h2>${title} ${total !== null && html`<span class="count">${total.toLocaleString('en')}</span>`}</h2>
      ${rows}
      ${(total === null || total > items.length) && href && html`<p class="more"><a href=${href}>${allOf(total)}</a></p>`}
    </section>
  `;
}

/** Facts as a list of names and values, without those that have no value. */
export function facts(rows: readonly (readonly [name: string, value: Html])[]): Html {
  const given = rows.filter(([, value]) => value !== null && value !== undefined && value !== false);
  return html`
    <dl class="facts">
      ${given.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}
    </dl>
  `;
}

/** Codes of what a store says when a query costs too much now. */
const TOO_MUCH = new Set(['slow', 'crowded', 'lost']);

/** A part of a page that may cost too much: a note in its place then, so that the rest of the page is there. */
export async function unlessTooMuch(part: () => Promise<Html>): Promise<Html> {
  return unlessSlow(
    part,
    html`<p class="note">This would take too long to make now: choose fewer records, or try later.</p>`,
  );
}

/** What a query returns, or something else where it costs too much now. */
export async function unlessSlow<T>(query: () => Promise<T>, otherwise: T): Promise<T> {
  try {
    return await query();
  } catch (error) {
    if (error instanceof StoreError && TOO_MUCH.has(error.code)) return otherwise;
    throw error;
  }
}

/** What a link to a whole list says. */
export function allOf(total: number | null, noun = ''): string {
  return `All${total === null ? '' : ` ${total.toLocaleString('en')}`}${noun && ` ${noun}`}`;
}
