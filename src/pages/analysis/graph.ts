import type { Problem } from '../../http/problems/types.ts';
import { getGraph } from '../../resources/graph/queries.ts';
import { graphQuery } from '../../resources/graph/schema.ts';
import { balance, network } from '../charts/network.ts';
import type { Context } from '../context.ts';
import { type Html, html } from '../html.ts';
import { DAYS, WORDS } from '../list.ts';
import type { PageRoute } from '../page.ts';
import { chips, type Field, nothingFound } from '../parts/filters.ts';
import type { Page } from '../types.ts';
import { ACTOR, CRUMBS, refusal, TOPIC, withFilters } from './filters.ts';

/** Most lines in the picture of the network; more could not be told apart. */
const LINES = 80;

const GRAPH_FIELDS: readonly Field[] = [
  {
    name: 'as',
    label: 'Actors',
    choices: [
      ['participants', 'themselves'],
      ['principals', 'those for whom they act'],
    ],
  },
  WORDS,
  ACTOR,
  TOPIC,
  ...DAYS,
];

/** Who acts with whom. */
export const graphPage: PageRoute<typeof graphQuery> = {
  path: '/graph',
  query: graphQuery,
  async render(context, query) {
    const limit = context.values('limit').length > 0 ? query.limit : LINES;
    const found = await getGraph(context.store.workers, { ...query, limit });
    const names = new Map(found.nodes.map(({ id, name }) => [id, name]));
    const name = (id: string): Html =>
      html`<a href=${context.href(`/actors/${id}`)}>${names.get(id) ?? id}</a>`;
    return graphOf(
      context,
      html`
        ${chips(context, {}, {})}
        <p class="showing" role="status">
          ${found.nodes.length} actors, ${found.edges.length} pairs${found.truncated && ', those that share the most events'}
        </p>
        ${found.edges.length === 0 ? nothingFound(context, {}) : network(context, found)}
        ${
          found.edges.length > 0 &&
          html`<section class="scrolls" tabindex="0" aria-label="Pairs of actors">
            <table>
              <thead>
                <tr>
                  <th scope="col">Actor</th><th scope="col">Actor</th><th scope="col" class="number">Events</th>
                  <th scope="col" class="number">Cooperation</th><th scope="col" class="number">Conflict</th><th scope="col">Mostly</th>
                </tr>
              </thead>
              <tbody>
                ${found.edges.map(
                  (edge) => html`
                    <tr>
                      <td>${name(edge.source)}</td>
                      <td>${name(edge.target)}</td>
                      <td class="number"><a href=${pairUrl(context, edge)}>${edge.weight}</a></td>
                      <td class="number">${edge.cooperation.verbal + edge.cooperation.material}</td>
                      <td class="number">${edge.conflict.verbal + edge.conflict.material}</td>
                      <td><span class=${`key ${balance(edge)}`}>${balance(edge)}</span></td>
                    </tr>
                  `,
                )}
              </tbody>
            </table>
          </section>`
        }
      `,
    );
  },
  refused: (context, problem) => graphOf(context, refusal(context, problem, GRAPH_FIELDS), problem),
};

/** The events that two actors share. */
function pairUrl(context: Context, { source, target }: { source: string; target: string }): string {
  return context.href('/events', { actor: [source, target] });
}

function graphOf(context: Context, results: Html, problem?: Problem): Page {
  const description = 'Actors sized by their events, pairs coloured by cooperation and conflict.';
  return {
    title: 'Who acts with whom',
    description,
    crumbs: CRUMBS,
    ...(problem
      ? {}
      : {
          data: {
            api: context.sameQuery('/v1/graph', []),
            formats: ['graphml'],
            operation: 'Analysis/getGraph',
          },
        }),
    body: withFilters(context, 'Who acts with whom', description, GRAPH_FIELDS, results, problem),
  };
}
