import type { z } from 'zod';
import type { ListQueries, ListTypes } from '../db/lists/queries.ts';
import type { Context, Parameters } from './context.ts';
import { type Html, html } from './html.ts';

/** The first records of a list under some filters, and how many there are in all. */
export interface Related<T> {
  items: T[];
  total: number;
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
  const { items, total } = await matches.page({ after: null, limit, count: true });
  return { items, total: total ?? items.length };
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
      <h2>${title} <span class="count">${total.toLocaleString('en')}</span></h2>
      ${rows}
      ${total > items.length && href && html`<p class="more"><a href=${href}>All ${total.toLocaleString('en')}</a></p>`}
    </section>
  `;
}

/** Facts as a list of names and values; those without a value are left out. */
export function facts(rows: readonly (readonly [name: string, value: Html])[]): Html {
  const given = rows.filter(([, value]) => value !== null && value !== undefined && value !== false);
  return html`
    <dl class="facts">
      ${given.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}
    </dl>
  `;
}
