import type { z } from 'zod';
import type { figure } from '../../http/response/schemas.ts';
import type { listedFigure } from '../../resources/figures/schema.ts';
import type { Context } from '../context.ts';
import { type Html, html } from '../html.ts';
import { sourcesOf } from './citations.ts';
import { shortDate, timeElement } from './dates.ts';
import { claimLink, eventLink, plainWord } from './links.ts';

type Figure = z.infer<typeof figure>;
type ListedFigure = z.infer<typeof listedFigure>;

/** Figures as a table, each with the event or claim that it belongs to. */
export function figureTable(context: Context, figures: readonly ListedFigure[]): Html {
  return html`
    <section class="scrolls" tabindex="0" aria-label="Figures">
      <table class="figures">
        <thead>
          <tr>
            <th scope="col">Measure</th>
            <th scope="col" class="number">Number</th>
            <th scope="col">Of what</th>
            <th scope="col">Event or claim</th>
            <th scope="col">Source</th>
          </tr>
        </thead>
        <tbody>
          ${figures.map(
            (each) => html`
              <tr>
                <td>${plainWord(each.measure)}</td>
                <td class="number">${amount(each)}</td>
                <td>${each.of}</td>
                <td>
                  ${each.event && html`${eventLink(context, each.event)}${each.date && html`, ${timeElement(each.date, shortDate(each.date))}`}`}
                  ${each.claim && html`${claimLink(context, each.claim)} <span class="note">(claimed)</span>`}
                </td>
                <td>${sourcesOf(context, each.citations)}</td>
              </tr>
            `,
          )}
        </tbody>
      </table>
    </section>
  `;
}

/** The figures of one event or claim. */
export function figureList(context: Context, figures: readonly Figure[]): Html {
  return html`
    <ul class="figure-list">
      ${figures.map(
        (each) =>
          html`<li><b>${amount(each)}</b> ${plainWord(each.measure)}: ${each.of} <span class="meta">${sourcesOf(context, each.citations)}</span></li>`,
      )}
    </ul>
  `;
}

/** A number with its unit: `at least 200,000 people`, `10 to 12 %`. */
export function amount({ value, low, high, unit, approximate }: Figure): string {
  const about = approximate ? 'about ' : '';
  const number =
    value !== null
      ? `${about}${numeral(value)}`
      : low !== null && high !== null
        ? `${about}${numeral(low)} to ${numeral(high)}`
        : low !== null
          ? `at least ${about}${numeral(low)}`
          : `at most ${about}${numeral(high ?? 0)}`;
  const several = TIMES.has(unit) && value !== 1 ? `${unit}s` : unit;
  return `${number} ${several}`;
}

/** The units that are written in the singular. */
const TIMES = new Set(['day', 'week', 'month', 'year', 'hour']);

/** Large round numbers in words that can be read at once. */
function numeral(value: number): string {
  for (const [size, word] of [
    [1e12, 'trillion'],
    [1e9, 'billion'],
    [1e6, 'million'],
  ] as const)
    if (Math.abs(value) >= size && Number.isInteger((value / size) * 100)) return `${value / size} ${word}`;
  return value.toLocaleString('en', { maximumFractionDigits: 20 });
}
