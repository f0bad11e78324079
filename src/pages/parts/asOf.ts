import type { Context } from '../context.ts';
import { type Html, html } from '../html.ts';
import { dateInWords } from './dates.ts';

/** The control by which a page is read as sources knew things on a day. */
export function asOfControl(context: Context): Html {
  const others = context.given.filter(([name]) => name !== 'asOf' && name !== 'cursor');
  return html`
    <form class="as-of">
      ${others.map(([name, value]) => html`<input type="hidden" name=${name} value=${value} />`)}
      <label for="as-of">As known on</label>
      <input id="as-of" type="date" name="asOf" value=${wholeDay(context.asOf)} data-submits />
      <button type="submit">Show</button>
    </form>
  `;
}

/** What says at the top of a page that it is read as of a day. */
export function asOfBar(context: Context, isTimeless: boolean): Html {
  const { asOf } = context;
  if (asOf === undefined) return null;
  return html`
    <p class="as-of-bar" role="status">
      As known on <strong>${dateInWords(asOf)}</strong>: ${isTimeless ? 'this page lists all, the pages that it leads to only' : 'only'} what
      sources published by then had reported.
      <a href=${context.changed((name) => name === 'asOf')}>Show what is known now</a>
    </p>
  `;
}

/** A date as the value of a field for a day; undefined for a month or a year. */
function wholeDay(date: string | undefined): string | undefined {
  return date !== undefined && /^\d{4}-\d\d-\d\d$/.test(date) ? date : undefined;
}
