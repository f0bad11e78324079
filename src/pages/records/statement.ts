import { statementForms } from '../../domain/vocabularies.ts';
import { asOf, query } from '../../http/request/parameters.ts';
import { claimQueries } from '../../resources/claims/queries.ts';
import { claimQuery } from '../../resources/claims/schema.ts';
import { statementQueries } from '../../resources/statements/queries.ts';
import { html, joined } from '../html.ts';
import type { PageRoute } from '../page.ts';
import { proof } from '../parts/citations.ts';
import { claimRows } from '../parts/claims.ts';
import { timeElement, when } from '../parts/dates.ts';
import { daysOf } from '../parts/days.ts';
import { actorLink, datasetLink, eventLink, plainWord, topicLink } from '../parts/links.ts';
import { speaker } from '../parts/statements.ts';
import { facts, related } from '../related.ts';
import { recordData } from './record.ts';

const recordQuery = query({ asOf });
/** At most this many claims of a speaker are looked through for those that a statement makes. */
const LOOKED_AT = 200;

/** The page of a statement. */
export const statementPage: PageRoute<typeof recordQuery> = {
  path: '/statements/:id',
  query: recordQuery,
  async render(context, { asOf: day }) {
    const statement = await statementQueries.get(context.store.db, context.id, day);
    const {
      speaker: who,
      said,
      gist,
      form,
      medium,
      occasion,
      about,
      topics,
      onBehalfOf,
      relayedBy,
    } = statement;
    const ofSpeaker = await related(
      context,
      claimQueries,
      claimQuery,
      { actor: [who.id, ...(onBehalfOf ? [onBehalfOf.id] : [])].join(',') },
      LOOKED_AT,
    );
    const claims = ofSpeaker.items.filter(({ positions }) =>
      positions.some((position) => position.statement?.id === statement.id),
    );
    const days = await daysOf(context, occasion ? [occasion.id] : []);
    const phrase = statement.citations.find((each) => each.phrase !== null)?.phrase;
    return {
      title: `${who.name}: ${gist}`,
      description: `${gist} Said ${when(said)}.`,
      crumbs: [
        { name: 'Attest', path: '/' },
        { name: 'Statements', path: '/statements' },
      ],
      dataset: statement.dataset.id,
      data: recordData(context, 'statements', 'Statements/getStatement', ['jsonld']),
      thing: {
        '@context': 'https://schema.org',
        '@type': 'Quotation',
        '@id': context.url(context.path),
        abstract: gist,
        spokenByCharacter: { '@type': 'Thing', name: who.name },
      },
      body: html`
        <article>
          <p class="speaker">${speaker(context, statement)}</p>
          <h1>${gist}</h1>
          ${phrase && html`<p class="phrase"><q>${phrase}</q></p>`}
          ${facts([
            ['Said', timeElement(said)],
            ['Speaker', actorLink(context, who)],
            ['On behalf of', onBehalfOf && actorLink(context, onBehalfOf)],
            ['Passed on by', relayedBy && actorLink(context, relayedBy)],
            ['Occasion', occasion && html`${eventLink(context, occasion)}${days.get(occasion.id)}`],
            ['Medium', medium && plainWord(medium)],
            ['Form', html`${plainWord(form)} <span class="note">${statementForms[form]}</span>`],
            ['About', about.length > 0 && joined(about.map((actor) => actorLink(context, actor)))],
            ['Topics', topics.length > 0 && joined(topics.map((topic) => topicLink(context, topic)))],
            ['Dataset', datasetLink(context, statement.dataset)],
          ])}
          <section><h2>Where it says so</h2>${proof(context, statement.citations)}</section>
          ${claims.length > 0 && html`<section><h2>Claims in it</h2>${claimRows(context, claims)}</section>`}
        </article>
      `,
    };
  },
};
