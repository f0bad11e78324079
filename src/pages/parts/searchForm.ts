import type { Context } from '../context.ts';
import { type Html, html } from '../html.ts';

/** The field that searches everything. */
export function searchForm(context: Context, { value = '', large = false } = {}): Html {
  return html`
    <form class=${large ? 'search large' : 'search'} role="search" action=${context.plain('/search')}>
      <label class="hidden" for="q-all">Search everything</label>
      <input
        id="q-all"
        name="q"
        type="search"
        placeholder="Search everything"
        autocomplete="off"
        maxlength="200"
        value=${value}
        data-suggest=${context.plain('/v1/search')}
        data-base=${context.plain('')}
      />
      ${context.asOf !== undefined && html`<input type="hidden" name="asOf" value=${context.asOf} />`}
      <button type="submit">Search</button>
    </form>
  `;
}
