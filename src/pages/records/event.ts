import { eventStatuses, linkBases, participantRoles, relations } from '../../domain/vocabularies.ts';
import { asOf, query } from '../../http/request/parameters.ts';
import { claimQueries } from '../../resources/claims/queries.ts';
import { claimQuery } from '../../resources/claims/schema.ts';
import { eventQueries } from '../../resources/events/queries.ts';
import { statementQueries } from '../../resources/statements/queries.ts';
import { statementQuery } from '../../resources/statements/schema.ts';
import type { Context } from '../context.ts';
import { type Html, html, joined } from '../html.ts';
import type { PageRoute } from '../page.ts';
import { type Citation, place, proof, wordsOf } from '../parts/citations.ts';
import { claimRows } from '../parts/claims.ts';
import { creditsOf } from '../parts/credits.ts';
import { dateInWords, timeElement } from '../parts/dates.ts';
import { daysOf } from '../parts/days.ts';
import { type Event, reported, sideOfType } from '../parts/events.ts';
import { figureList } from '../parts/figures.ts';
import {
  actorLink,
  capitalWord,
  datasetLink,
  eventLink,
  plainWord,
  sourceLink,
  topicLink,
} from '../parts/links.ts';
import { statementRows } from '../parts/statements.ts';
import { facts, related, section } from '../related.ts';
import { recordData } from './record.ts';

const recordQuery = query({ asOf });

/** The page of an event. */
export const eventPage: PageRoute<typeof recordQuery> = {
  path: '/events/:id',
  query: recordQuery,
  async render(context, { asOf: day }) {
    const event = await eventQueries.get(context.store.db, context.id, day);
    const claims = await related(context, claimQueries, claimQuery, { event: event.id });
    const statements = await related(context, statementQueries, statementQuery, { occasion: event.id });
    return {
      title: event.title,
      description: event.summary,
      crumbs: [
        { name: 'Attest', path: '/' },
        { name: 'Events', path: '/events' },
      ],
      dataset: event.dataset.id,
      data: recordData(context, 'events', 'Events/getEvent', ['jsonld']),
      thing: thingOf(context, event),
      body: html`
        <article>
          <h1>${event.title}</h1>
          ${event.summary !== event.title && html`<p class="lead">${event.summary}</p>`}
          ${facts(factsOf(context, event))}
          ${await linksOf(context, event)}
          ${figuresOf(context, event)}
          ${await accounts(context, event)}
          ${section(context, 'Claims about it', claims, claimRows(context, claims.items), { path: '/claims', parameters: { event: event.id } })}
          ${section(context, 'Said at it', statements, statementRows(context, statements.items), { path: '/statements', parameters: { occasion: event.id } })}
        </article>
      `,
    };
  },
};

function factsOf(
  context: Context,
  { date, place, status, type, mode, participants, topics, dataset }: Event,
): [string, Html][] {
  const side = sideOfType(type);
  return [
    [
      'When',
      html`${timeElement(date, capitalized(dateInWords(date.edtf)))}${date.approximate && html` <span class="note">approximate, or inferred from another passage</span>`}`,
    ],
    [
      'Where',
      place &&
        html`${place.name}${place.country && html` (<a href=${context.href('/events', { country: place.country })}>${place.country}</a>)`}`,
    ],
    [
      'Status',
      html`<b class=${`status ${status}`}>${plainWord(status)}</b> <span class="note">${eventStatuses[status]}</span>`,
    ],
    [
      'Kind',
      type &&
        html`<a href=${context.href('/events', { type })}>${plainWord(type)}</a>${mode && `, ${plainWord(mode)}`}${side && html` <span class=${`key ${side}`}>${side}</span>`}`,
    ],
    [
      'Who',
      participants.length > 0 &&
        html`<ul class="plain">
          ${participants.map(
            ({ actor, role, onBehalfOf }) =>
              html`<li>
                ${actorLink(context, actor)}${onBehalfOf && html`, for ${actorLink(context, onBehalfOf)}`}
                <span class="note" title=${participantRoles[role]}> ${plainWord(role)}</span>
              </li>`,
          )}
        </ul>`,
    ],
    ['Topics', topics.length > 0 && joined(topics.map((topic) => topicLink(context, topic)))],
    ['Dataset', datasetLink(context, dataset)],
  ];
}

const RELATION_TITLES: Readonly<Record<(typeof relations)[number], string>> = {
  partOf: 'Part of',
  hasPart: 'Its parts',
  fulfils: 'Keeps the plan',
  fulfilledBy: 'Kept by',
  prompts: 'Brought about',
  promptedBy: 'Brought about by',
  ends: 'Ended',
  endedBy: 'Ended by',
};

/** What the event is linked to, by relation. */
async function linksOf(context: Context, { links }: Event): Promise<Html> {
  if (links.length === 0) return null;
  const days = await daysOf(
    context,
    links.map(({ event }) => event.id),
  );
  return html`
    <section>
      <h2>Linked events</h2>
      ${facts(
        relations.map((relation) => {
          const those = links.filter((link) => link.relation === relation);
          return [
            RELATION_TITLES[relation],
            those.length > 0 &&
              html`<ul class="plain">
                ${those.map(
                  ({ event, basis, citations }) =>
                    html`<li>
                      ${eventLink(context, event)}${days.get(event.id)} <span class="note" title=${linkBases[basis]}>· ${basis === 'told' ? 'a source says so' : 'inferred: no source says so'}</span>
                      ${citations.length > 0 && html`<details><summary>where it says so</summary>${proof(context, citations)}</details>`}
                    </li>`,
                )}
              </ul>`,
          ];
        }),
      )}
    </section>
  `;
}

function figuresOf(context: Context, { figures }: Event): Html {
  if (figures.length === 0) return null;
  return html`<section><h2>Figures</h2>${figureList(context, figures)}</section>`;
}

/** What each source says, side by side; what it gives otherwise than the record is marked. */
async function accounts(context: Context, event: Event): Promise<Html> {
  const bySource = [...Map.groupBy(event.citations, ({ source }) => source.id).values()];
  const credits = await creditsOf(
    context,
    bySource.flatMap(([first]) => (first ? [first.source.id] : [])),
  );
  const differ = bySource.some((citations) => citations.some(({ reports }) => reports !== null));
  return html`
    <section>
      <h2>What each source says${bySource.length > 1 && differ && html` <span class="note">differences are marked</span>`}</h2>
      <div class="accounts">
        ${bySource.map((citations) => {
          const [first] = citations;
          return (
            first &&
            html`
              <div class="account">
                <h3>${sourceLink(context, first.source)}</h3>
                ${credits.get(first.source.id)}
                ${citations.map((each) => html`${progress(each)}${differences(event, each)}${wordsOf(each)}<p class="where">${place(context, each)}</p>`)}
              </div>
            `
          );
        })}
      </div>
    </section>
  `;
}

function progress({ progress: so }: Citation): Html {
  return so && html`<p class="progress">At that time it was <b>${so.status}</b>.</p>`;
}

/** What a source gives otherwise than the record. */
function differences({ date, place, status }: Event, { reports }: Citation): Html {
  if (reports === null) return null;
  const own: Record<string, string | undefined> = {
    date: dateInWords(date.edtf),
    place: place?.name,
    status: plainWord(status),
  };
  return html`
    <ul class="differences">
      ${Object.entries(reports).map(([field, value]) => {
        return html`<li><b>${capitalWord(field)}</b>: <mark>${reported(field, value)}</mark>${own[field] && html` <span class="note">the record: ${own[field]}</span>`}</li>`;
      })}
    </ul>
  `;
}

function thingOf(context: Context, { title, summary, date, participants, place }: Event): object {
  return {
    '@context': 'https://schema.org',
    '@type': 'Event',
    '@id': context.url(context.path),
    name: title,
    description: summary,
    startDate: date.earliest ?? undefined,
    endDate: date.latest ?? undefined,
    location: place ? { '@type': 'Place', name: place.name } : undefined,
    attendee: participants.map(({ actor }) => ({ '@type': 'Thing', name: actor.name })),
  };
}

function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
