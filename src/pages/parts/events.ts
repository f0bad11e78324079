import type { z } from 'zod';
import { type EventType, quadClassOf } from '../../domain/vocabularies.ts';
import type { event } from '../../resources/events/schema.ts';
import type { Context } from '../context.ts';
import { type Html, html, joined } from '../html.ts';
import { sourcesOf } from './citations.ts';
import { dateInWords, isUncertain, shortDate, timeElement, when } from './dates.ts';
import { actorLink, capitalWord, eventLink, plainWord, sourceLink } from './links.ts';

export type Event = z.infer<typeof event>;

/** At most this many of those who take part are named in a row. */
const NAMED = 5;

/** Whether a type is one of cooperation or of conflict; undefined for events without a type. */
export function sideOfType(type: EventType | null): 'cooperation' | 'conflict' | undefined {
  if (type === null) return undefined;
  return quadClassOf[type].endsWith('conflict') ? 'conflict' : 'cooperation';
}

/**
 * Events on a dated spine, by year; those whose uncertain date is open at an end come last, on their own.
 * With `days`, a plan that was kept says when.
 */
export function spine(context: Context, events: readonly Event[], days?: ReadonlyMap<string, Html>): Html {
  const open = events.filter(({ date }) => isOpen(date));
  const dated = events.filter(({ date }) => !isOpen(date));
  const years = Map.groupBy(dated, ({ date }) => (date.earliest ?? date.latest ?? '').slice(0, 4));
  return html`
    ${[...years].map(
      ([year, rows]) => html`
        <section class="year">
          <h2>${year}</h2>
          <ol class="spine">${rows.map((row) => eventRow(context, row, { days }))}</ol>
        </section>
      `,
    )}
    ${
      open.length > 0 &&
      html`
        <section class="year shelf">
          <h2>Date open at an end</h2>
          <ol class="spine">${open.map((row) => eventRow(context, row, { days }))}</ol>
        </section>
      `
    }
  `;
}

function isOpen({ period, earliest, latest }: Event['date']): boolean {
  return (earliest === null && latest === null) || (!period && (earliest === null || latest === null));
}

/** An event in a list. */
export function eventRow(
  context: Context,
  event: Event,
  { summary = true, days }: { summary?: boolean; days?: ReadonlyMap<string, Html> | undefined } = {},
): Html {
  const { date, status, title, type, mode, place, participants, citations } = event;
  const band = date.period ? ' lasting' : isUncertain(date) ? ' uncertain' : '';
  return html`
    <li class=${`event ${status} ${sideOfType(type) ?? 'neither'}${band}`}>
      <p class="when" title=${when(date)}>${timeElement(date, shortDate(date))}${date.approximate && html` <abbr title="approximate or inferred">~</abbr>`}</p>
      <div class="what">
        <h3>${eventLink(context, event)}</h3>
        ${summary && event.summary !== title && html`<p>${event.summary}</p>`}
        ${summary && keptBy(context, event, days)}
        ${summary && differing(context, event)}
        <p class="meta">
          ${joined(
            [
              status === 'occurred' ? null : html`<b class="status">${plainWord(status)}</b>`,
              type && `${plainWord(type)}${mode ? ` (${plainWord(mode)})` : ''}`,
              place && `in ${place.name}`,
              named(context, participants),
              sourcesOf(context, citations),
            ].filter((part) => part !== null && part !== undefined && part !== ''),
            ' · ',
          )}
        </p>
      </div>
    </li>
  `;
}

/** Who takes part, each once. */
function named(context: Context, participants: Event['participants']): Html {
  const actors = [...new Map(participants.map(({ actor }) => [actor.id, actor])).values()];
  if (actors.length === 0) return null;
  const names = actors.slice(0, NAMED).map((actor) => actorLink(context, actor));
  const others = actors.length - NAMED;
  return html`${joined(names)}${others > 0 && ` and ${others} more`}`;
}

/** The ids of the events by which plans and promises were kept. */
export function keepersOf(events: readonly Event[]): string[] {
  return events.flatMap(({ links }) =>
    links.filter(({ relation }) => relation === 'fulfilledBy').map(({ event }) => event.id),
  );
}

/** By which event a plan or promise was kept; with `days`, when that was. */
export function keptBy(context: Context, { links }: Event, days?: ReadonlyMap<string, Html>): Html {
  const kept = links.filter(({ relation }) => relation === 'fulfilledBy');
  if (kept.length === 0) return null;
  const by = joined(
    kept.map(({ event: later }) => html`${eventLink(context, later)}${days?.get(later.id)}`),
    '; ',
  );
  return html`<p class="meta"><b>kept</b> by ${by}</p>`;
}

/** What sources give otherwise than the record, each source on a line. */
function differing(context: Context, { citations }: Event): Html {
  const sources = Map.groupBy(
    citations.filter(({ reports }) => reports !== null),
    ({ source }) => source.id,
  );
  return [...sources.values()].map((those) => {
    const [first] = those;
    const given = those.flatMap(({ reports }) => Object.entries(reports ?? {}));
    return (
      first &&
      html`<p class="meta">
        <b>Sources differ:</b> ${sourceLink(context, first.source)} has
        ${' '}${joined(given.map(([field, value]) => `${capitalWord(field).toLowerCase()}: ${reported(field, value)}`))}
      </p>`
    );
  });
}

/** What a source gives, in words. */
export function reported(field: string, value: unknown): string {
  return field === 'date' ? dateInWords(String(value)) : String(value);
}
