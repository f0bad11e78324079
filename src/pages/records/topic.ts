import { asOf, query } from '../../http/request/parameters.ts';
import { claimQueries } from '../../resources/claims/queries.ts';
import { claimQuery } from '../../resources/claims/schema.ts';
import { eventQueries } from '../../resources/events/queries.ts';
import { eventQuery } from '../../resources/events/schema.ts';
import { figureQueries } from '../../resources/figures/queries.ts';
import { figureQuery } from '../../resources/figures/schema.ts';
import { statementQueries } from '../../resources/statements/queries.ts';
import { statementQuery } from '../../resources/statements/schema.ts';
import { topicQueries } from '../../resources/topics/queries.ts';
import { topicQuery } from '../../resources/topics/schema.ts';
import { ribbon } from '../charts/ribbon.ts';
import { html, joined } from '../html.ts';
import type { PageRoute } from '../page.ts';
import { claimRows } from '../parts/claims.ts';
import { spine } from '../parts/events.ts';
import { figureTable } from '../parts/figures.ts';
import { topicLink } from '../parts/links.ts';
import { statementRows } from '../parts/statements.ts';
import { facts, related, section, unlessTooMuch } from '../related.ts';
import { recordData } from './record.ts';

const recordQuery = query({ asOf });
const topicsQuery = query({ asOf, broader: topicQuery.shape.broader });
/** At most this many topics are on one page. */
const TOPICS = 200;

/** The page of a topic. */
export const topicPage: PageRoute<typeof recordQuery> = {
  path: '/topics/:id',
  query: recordQuery,
  async render(context, { asOf: day }) {
    const { id, label, description, broader, narrower } = await topicQueries.get(
      context.store.db,
      context.id,
    );
    const asked = { topic: id };
    const events = await related(context, eventQueries, eventQuery, asked);
    const statements = await related(context, statementQueries, statementQuery, asked);
    const disputed = await related(context, claimQueries, claimQuery, { ...asked, standing: 'disputed' });
    const claims = await related(context, claimQueries, claimQuery, asked);
    const figures = await related(context, figureQueries, figureQuery, asked);
    const filter = eventQuery.parse({ ...asked, ...(day === undefined ? {} : { asOf: day }) });
    return {
      title: label,
      description,
      crumbs: [
        { name: 'Attest', path: '/' },
        { name: 'Topics', path: '/topics' },
      ],
      data: recordData(context, 'topics', 'Topics/getTopic', [], { takesAsOf: false }),
      thing: {
        '@context': 'https://schema.org',
        '@type': 'DefinedTerm',
        '@id': context.url(context.path),
        name: label,
        description,
      },
      body: html`
        <article>
          <h1>${label}</h1>
          <p class="lead">${description}</p>
          ${facts([
            ['Part of', broader && topicLink(context, broader)],
            ['Narrower', narrower.length > 0 && joined(narrower.map((topic) => topicLink(context, topic)))],
          ])}
          ${await unlessTooMuch(() => ribbon(context, filter))}
          ${section(context, 'Disputed', disputed, claimRows(context, disputed.items), { path: '/claims', parameters: { ...asked, standing: 'disputed' } })}
          ${section(context, 'Events', events, spine(context, events.items), { path: '/events', parameters: asked })}
          ${section(context, 'Statements', statements, statementRows(context, statements.items), { path: '/statements', parameters: asked })}
          ${section(context, 'Claims', claims, claimRows(context, claims.items), { path: '/claims', parameters: asked })}
          ${section(context, 'Figures', figures, figureTable(context, figures.items), { path: '/figures', parameters: asked })}
        </article>
      `,
    };
  },
};

/** The page of all topics, as a tree. */
export const topicsPage: PageRoute<typeof topicsQuery> = {
  path: '/topics',
  query: topicsQuery,
  async render(context, { broader }) {
    const asked = { ...topicQuery.parse({ limit: String(TOPICS) }), broader };
    const matches = await topicQueries.matching(context.store, asked);
    const { items, total } = await matches.page({ after: null, limit: TOPICS, count: true });
    const known = new Set(items.map(({ id }) => id));
    const under = Map.groupBy(items, (topic) =>
      topic.broader && known.has(topic.broader.id) ? topic.broader.id : '',
    );
    const tree = (of: string): unknown => {
      const those = under.get(of) ?? [];
      if (those.length === 0) return null;
      return html`
        <ul>
          ${those.map(
            (topic) =>
              html`<li>${topicLink(context, topic)} <span class="note">${topic.description}</span>${tree(topic.id)}</li>`,
          )}
        </ul>
      `;
    };
    return {
      title: 'Topics',
      description: 'What the records are about: topics, broader ones above narrower ones.',
      crumbs: [{ name: 'Attest', path: '/' }],
      isTimeless: true,
      data: {
        api: context.sameQuery('/v1/topics', ['asOf']),
        formats: [],
        operation: 'Topics/listTopics',
      },
      body: html`
        <h1>Topics</h1>
        <p class="lead">What the records are about: topics, broader ones above narrower ones.</p>
        <div class="tree">${tree('')}</div>
        ${total !== null && total > items.length && html`<p class="note">Only the first ${items.length} of ${total}.</p>`}
      `,
    };
  },
};
