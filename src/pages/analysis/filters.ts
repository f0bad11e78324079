import type { Problem } from '../../http/problems/types.ts';
import type { Context } from '../context.ts';
import { type Html, html } from '../html.ts';
import { type Field, filterForm, TO_FILTERS } from '../parts/filters.ts';
import { problemLinks } from '../parts/problemLinks.ts';

export const CRUMBS = [{ name: 'Attest', path: '/' }];
export const ACTOR: Field = { name: 'actor', label: 'Actor', hint: 'an id, such as united-states' };
export const TOPIC: Field = { name: 'topic', label: 'Topic', hint: 'an id, such as arms-embargo' };

/** A page with filters at the side of its results. */
export function withFilters(
  context: Context,
  title: string,
  lead: string,
  fields: readonly Field[],
  results: Html,
  problem: Problem | undefined,
): Html {
  return html`
    <h1>${title}</h1>
    <p class="lead">${lead}</p>
    ${TO_FILTERS}
    <div class="with-side">
      <aside id="filters">${filterForm(context, { fields, facets: {}, counts: {}, problem })}</aside>
      <div class="results">${results}</div>
    </div>
  `;
}

/** Shown instead of results when the query is invalid. */
export function refusal(context: Context, { errors }: Problem, fields: readonly Field[]): Html {
  const elsewhere = errors.filter(({ parameter }) => !fields.some(({ name }) => name === parameter));
  return html`
    <div class="error" role="alert">
      <h2>The query is not understood</h2>
      ${elsewhere.length > 0 ? elsewhere.map((error) => html`<div><b>${error.parameter}</b>: ${problemLinks(context, [error])}</div>`) : html`<p>What is wrong is said beside its field.</p>`}
      <p><a href=${context.plain(context.path)}>Begin again without filters</a></p>
    </div>
  `;
}
