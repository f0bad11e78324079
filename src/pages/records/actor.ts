import { asOf, query } from '../../http/request/parameters.ts';
import { actorQueries } from '../../resources/actors/queries.ts';
import { actorQuery } from '../../resources/actors/schema.ts';
import { claimQueries } from '../../resources/claims/queries.ts';
import { claimQuery } from '../../resources/claims/schema.ts';
import { eventQueries } from '../../resources/events/queries.ts';
import { eventQuery } from '../../resources/events/schema.ts';
import { getGraph } from '../../resources/graph/queries.ts';
import { graphQuery } from '../../resources/graph/schema.ts';
import { positionQueries } from '../../resources/positions/queries.ts';
import { actorPositionQuery } from '../../resources/positions/schema.ts';
import { statementQueries } from '../../resources/statements/queries.ts';
import { statementQuery } from '../../resources/statements/schema.ts';
import { network } from '../charts/network.ts';
import { ribbon } from '../charts/ribbon.ts';
import type { Context } from '../context.ts';
import { type Html, html, joined } from '../html.ts';
import type { PageRoute } from '../page.ts';
import { proof, sourcesOf } from '../parts/citations.ts';
import { claimRows } from '../parts/claims.ts';
import { shortDate, timeElement, when } from '../parts/dates.ts';
import { spine } from '../parts/events.ts';
import { actorLink, claimLink, plainWord } from '../parts/links.ts';
import { statementRows } from '../parts/statements.ts';
import { countOf, facts, related, section, unlessTooMuch } from '../related.ts';
import { recordData } from './record.ts';

const recordQuery = query({ asOf });
/** At most this many positions of an actor are shown. */
const POSITIONS = 60;
/** At most this many others with whom an actor acts are shown. */
const NEIGHBOURS = 14;

type Actor = Awaited<ReturnType<typeof actorQueries.get>>;

/** The page of an actor. */
export const actorPage: PageRoute<typeof recordQuery> = {
  path: '/actors/:id',
  query: recordQuery,
  async render(context, { asOf: day }) {
    const actor = await actorQueries.get(context.store.db, context.id);
    const { id, name, kind, description } = actor;
    const asked = { actor: id };
    const bodies = await related(context, actorQueries, actorQuery, { parent: id }, 30);
    const events = await related(context, eventQueries, eventQuery, asked);
    const statements = await related(context, statementQueries, statementQuery, asked);
    const aboutIt = await related(context, statementQueries, statementQuery, { about: id });
    const claims = await related(context, claimQueries, claimQuery, { about: id });
    const filter = eventQuery.parse({ ...asked, ...(day === undefined ? {} : { asOf: day }) });
    return {
      title: name,
      description,
      crumbs: [
        { name: 'Attest', path: '/' },
        { name: 'Actors', path: '/actors' },
      ],
      data: recordData(context, 'actors', 'Actors/getActor', ['jsonld'], { takesAsOf: false }),
      thing: {
        '@context': 'https://schema.org',
        '@type': kind === 'person' ? 'Person' : kind === 'state' ? 'Country' : 'Organization',
        '@id': context.url(context.path),
        name,
        description,
      },
      body: html`
        <article>
          <h1>${name}</h1>
          <p class="lead">${description}</p>
          ${facts(factsOf(context, actor))}
          ${offices(context, actor)}
          ${await unlessTooMuch(() => ribbon(context, filter, 'month'))}
          ${section(context, 'What it did and what was done to it', events, spine(context, events.items), { path: '/events', parameters: asked })}
          ${await unlessTooMuch(() => withWhom(context, id))}
          ${await positions(context, id)}
          ${section(context, 'What it says', statements, statementRows(context, statements.items), { path: '/statements', parameters: asked })}
          ${section(context, 'What others say about it', aboutIt, statementRows(context, aboutIt.items), { path: '/statements', parameters: { about: id } })}
          ${section(context, 'Claims about it', claims, claimRows(context, claims.items), { path: '/claims', parameters: { about: id } })}
          ${section(context, 'What belongs to it', bodies, html`<ul class="plain columns">${bodies.items.map((body) => html`<li>${actorLink(context, body)}</li>`)}</ul>`, { path: '/actors', parameters: { parent: id } })}
        </article>
      `,
    };
  },
};

function factsOf(context: Context, { kind, parent, aliases, name }: Actor): [string, Html][] {
  const others = aliases.filter((alias) => alias.name !== name);
  return [
    ['Kind', plainWord(kind)],
    ['Belongs to', parent && actorLink(context, parent)],
    [
      'Also called',
      others.length > 0 &&
        joined(
          others.map(
            (alias) =>
              html`<span title=${alias.sources.map(({ title }) => title).join('; ')}>${alias.name}</span>`,
          ),
        ),
    ],
  ];
}

function offices(context: Context, { affiliations }: Actor): Html {
  if (affiliations.length === 0) return null;
  return html`
    <section>
      <h2>Titles</h2>
      <ul class="plain">
        ${affiliations.map(
          ({ title, organization, during, citations }) => html`
            <li>
              ${title}${organization && html`, ${actorLink(context, organization)}`}
              <span class="note"> shown ${timeElement(during)}</span>
              <details><summary>where it says so</summary>${proof(context, citations)}</details>
            </li>
          `,
        )}
      </ul>
    </section>
  `;
}

/** The actor with those it acts with most. */
async function withWhom(context: Context, id: string): Promise<Html> {
  const asOfDay = context.asOf === undefined ? {} : { asOf: context.asOf };
  const asked = graphQuery.parse({ actor: id, limit: '200', ...asOfDay });
  const graph = await getGraph(context.store.workers, asked);
  const own = graph.edges.filter(({ source, target }) => source === id || target === id).slice(0, NEIGHBOURS);
  if (own.length === 0) return null;
  const near = new Set(own.flatMap(({ source, target }) => [source, target]));
  const among = graph.edges.filter(({ source, target }) => near.has(source) && near.has(target));
  const nodes = graph.nodes.filter((node) => near.has(node.id));
  return html`
    <section>
      <h2>With whom it acts</h2>
      ${network(context, { ...graph, nodes, edges: among }, { small: true })}
      <p class="more"><a href=${context.href('/graph', { actor: id })}>The whole network</a></p>
    </section>
  `;
}

/** The positions of the actor, topic by topic, each in the order of time. */
async function positions(context: Context, id: string): Promise<Html> {
  const day = context.asOf === undefined ? {} : { asOf: context.asOf };
  const asked = { ...actorPositionQuery.parse({ actorScope: 'bodies', ...day }), holder: id };
  const matches = await positionQueries.matching(context.store, asked);
  const { items, next } = await matches.page({ after: null, limit: POSITIONS, count: false });
  const total = next === null ? items.length : await countOf(matches);
  const byTopic = Map.groupBy(items, ({ topics }) => topics[0]?.label ?? 'Other');
  const rows = [...byTopic]
    .sort(([, a], [, b]) => b.length - a.length)
    .map(
      ([topic, those]) => html`
        <details open=${those.length > 1}>
          <summary>${topic} <span class="count">${those.length}</span></summary>
          <ol class="plain">
            ${those.map(
              ({ actor, claim, stance, since, citations }) => html`
                <li>
                  <span class="note" title=${when(since)}>${timeElement(since, shortDate(since))}</span>
                  ${actor.id !== id && html` ${actorLink(context, actor)}`} <b class="stance">${plainWord(stance)}</b>:
                  ${claimLink(context, claim)} <span class="note">${sourcesOf(context, citations)}</span>
                </li>
              `,
            )}
          </ol>
        </details>
      `,
    );
  return section(context, 'Its positions, by topic', { items, total }, rows, {
    path: '/claims',
    parameters: { actor: id },
  });
}
