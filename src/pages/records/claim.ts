import { MissingRecordError } from '../../domain/errors.ts';
import { stances, standings } from '../../domain/vocabularies.ts';
import { asOf, query } from '../../http/request/parameters.ts';
import { claimQueries } from '../../resources/claims/queries.ts';
import { sourceQueries } from '../../resources/sources/queries.ts';
import type { Context } from '../context.ts';
import { type Html, html, joined } from '../html.ts';
import type { PageRoute } from '../page.ts';
import { proof } from '../parts/citations.ts';
import { type Claim, type Position, positionsOn } from '../parts/claims.ts';
import { dayInWords, timeElement } from '../parts/dates.ts';
import { daysOf } from '../parts/days.ts';
import { figureList } from '../parts/figures.ts';
import {
  actorLink,
  claimLink,
  datasetLink,
  eventLink,
  plainWord,
  statementLink,
  topicLink,
} from '../parts/links.ts';
import { facts } from '../related.ts';
import { recordData } from './record.ts';

const recordQuery = query({ asOf });

/** At most this many days are shown in the history of a claim: the latest. */
const DAYS = 12;

/** The page of a claim. */
export const claimPage: PageRoute<typeof recordQuery> = {
  path: '/claims/:id',
  query: recordQuery,
  async render(context, { asOf: day }) {
    const claim = await claimQueries.get(context.store.db, context.id, day);
    const days = await daysOf(context, claim.event ? [claim.event.id] : []);
    const neither = byDay(positionsOn(claim, 'neither'));
    return {
      title: claim.proposition,
      description: `${standings[claim.standing]} ${sidesInWords(claim)}`,
      crumbs: [
        { name: 'Attest', path: '/' },
        { name: 'Claims', path: '/claims' },
      ],
      dataset: claim.dataset.id,
      data: recordData(context, 'claims', 'Claims/getClaim', ['jsonld']),
      thing: {
        '@context': 'https://schema.org',
        '@type': 'Claim',
        '@id': context.url(context.path),
        text: claim.proposition,
        name: claim.proposition,
      },
      body: html`
        <article>
          <h1>${claim.proposition}</h1>
          <p class="lead">
            <b class=${`standing ${claim.standing}`}>${plainWord(claim.standing)}</b> ${standings[claim.standing]}
          </p>
          <div class="sides">
            <section class="for" aria-labelledby="for">
              <h2 id="for">For it</h2>
              ${positionList(context, byDay(positionsOn(claim, 'for')), 'Nobody asserts or supports it.')}
            </section>
            <section class="against" aria-labelledby="against">
              <h2 id="against">Against it</h2>
              ${positionList(context, byDay(positionsOn(claim, 'against')), 'Nobody denies or doubts it.')}
              ${contradictions(context, claim)}
            </section>
          </div>
          ${
            neither.length > 0 &&
            html`<section><h2>Passed on, without taking a side</h2>${positionList(context, neither, '')}</section>`
          }
          ${await history(context, claim)}
          ${claim.figures.length > 0 && html`<section><h2>Figures</h2>${figureList(context, claim.figures)}</section>`}
          ${facts([
            ['Kind', plainWord(claim.kind)],
            [
              'About',
              claim.about.length > 0 && joined(claim.about.map((actor) => actorLink(context, actor))),
            ],
            ['Event', claim.event && html`${eventLink(context, claim.event)}${days.get(claim.event.id)}`],
            [
              'Topics',
              claim.topics.length > 0 && joined(claim.topics.map((topic) => topicLink(context, topic))),
            ],
            [
              'Independent sources',
              `${claim.independentSources}, with ${claim.independentVoices} independent voices`,
            ],
            ['Dataset', datasetLink(context, claim.dataset)],
          ])}
        </article>
      `,
    };
  },
};

function sidesInWords(claim: Claim): string {
  const names = (positions: Position[]): string =>
    [...new Set(positions.map(({ actor }) => actor.name))].join(', ');
  const [pro, contra] = [positionsOn(claim, 'for'), positionsOn(claim, 'against')];
  return [pro.length > 0 && `For it: ${names(pro)}.`, contra.length > 0 && `Against it: ${names(contra)}.`]
    .filter(Boolean)
    .join(' ');
}

function byDay(positions: readonly Position[]): Position[] {
  const dayOf = ({ since }: Position): string => since.earliest ?? since.latest ?? '';
  return positions.toSorted((a, b) => (dayOf(a) < dayOf(b) ? -1 : dayOf(a) > dayOf(b) ? 1 : 0));
}

function positionList(context: Context, positions: readonly Position[], nobody: string): Html {
  if (positions.length === 0) return html`<p class="nobody">${nobody}</p>`;
  return html`
    <ol class="positions">
      ${positions.map(
        ({ actor, stance, since, statement, citations }) => html`
          <li>
            <p class="holder">
              ${actorLink(context, actor)} <span class="stance" title=${stances[stance]}>${plainWord(stance)}</span>
            </p>
            <p class="meta">first known: ${timeElement(since)}</p>
            ${statement && html`<p>${statementLink(context, statement)}</p>`}
            ${proof(context, citations)}
          </li>
        `,
      )}
    </ol>
  `;
}

function contradictions(context: Context, { contradicts }: Claim): Html {
  if (contradicts.length === 0) return null;
  return html`
    <h3>It cannot be true together with</h3>
    <ul class="plain">${contradicts.map((other) => html`<li>${claimLink(context, other)}</li>`)}</ul>
  `;
}

/** How the claim stood as of each day on which one of its sources was published. */
async function history(context: Context, claim: Claim): Promise<Html> {
  const ids = new Set(claim.positions.flatMap(({ citations }) => citations.map(({ source }) => source.id)));
  const { db } = context.store;
  const sources = await Promise.all([...ids].map((id) => sourceQueries.get(db, id)));
  const days = [...new Set(sources.flatMap(({ published }) => published.latest ?? []))].sort().slice(-DAYS);
  if (days.length < 2) return null;
  const stood = await Promise.all(days.map((day) => claimAsOf(context, claim.id, day)));
  return html`
    <section>
      <h2>How it stood</h2>
      <ol class="history">
        ${days.map((day, index) => {
          const then = stood[index];
          return (
            then &&
            html`<li>
              <a href=${context.plain(context.path, { asOf: day })}>${dayInWords(day)}</a>:
              <b class=${`standing ${then.standing}`}> ${plainWord(then.standing)}</b>
              <span class="note"> ${then.positions.length} ${then.positions.length === 1 ? 'position' : 'positions'}</span>
            </li>`
          );
        })}
      </ol>
    </section>
  `;
}

/** A claim as of a day; null where no source of that time had it. */
async function claimAsOf(context: Context, id: string, day: string): Promise<Claim | null> {
  try {
    return await claimQueries.get(context.store.db, id, day);
  } catch (error) {
    if (error instanceof MissingRecordError) return null;
    throw error;
  }
}
