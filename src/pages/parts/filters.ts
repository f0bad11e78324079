import type { FacetCounts } from '../../db/lists/facets.ts';
import type { Problem } from '../../http/problems/types.ts';
import { countryName } from '../charts/world.ts';
import type { Context } from '../context.ts';
import { type Html, html } from '../html.ts';
import { dateInWords } from './dates.ts';
import { plainWord } from './links.ts';
import { problemLinks } from './problemLinks.ts';

/** A field of the form above a list, by the name of its parameter. */
export interface Field {
  name: string;
  label: string;
  /** Words to choose one of, the default first; without them the field is a text. */
  choices?: readonly (readonly [word: string, label: string])[];
  hint?: string;
}

/** The facets of a list by the name of their parameter, with what a reader calls them. */
export type FacetNames = Readonly<Record<string, string>>;

/** At most this many values of a facet are shown at once; the others are one click away. */
const SHOWN = 7;
/** Parameters that are no filter, or that the page says in its own place. */
const NO_FILTER = new Set([
  'cursor',
  'limit',
  'count',
  'sort',
  'fields',
  'facets',
  'asOf',
  'of',
  'interval',
  'by',
]);

/** Values that say more to a reader in other words than the API's. */
const IN_WORDS: Readonly<Record<string, string>> = {
  'relation=fulfilledBy': 'kept by a later event',
  'relation=fulfils': 'keeps a plan or promise',
  'relation=prompts': 'brought about another',
  'relation=promptedBy': 'brought about by another',
  'relation=partOf': 'part of another',
  'relation=hasPart': 'has parts',
  'relation=ends': 'ended another',
  'relation=endedBy': 'ended by another',
  'disputed=true': 'only those where they differ',
  'disputed=false': 'only those where they agree',
};

/** A link to the filters, for windows so narrow that these come after the results. */
export const TO_FILTERS: Html = html`<p class="to-filters"><a href="#filters">Filters</a></p>`;

/** Parameters whose values are words of a reader, or codes that are written so. */
const AS_GIVEN = new Set(['q', 'name', 'unit', 'language']);

/** A value of a parameter in words. */
function inWords(name: string, value: string): string {
  if (AS_GIVEN.has(name)) return value;
  return value
    .split(',')
    .map((each) => IN_WORDS[`${name}=${each}`] ?? (name === 'country' ? countryName(each) : plainWord(each)))
    .join(' or ');
}

/** The form with all that a list can be filtered by: fields, and facets with their counts. */
export function filterForm(context: Context, { fields, facets, counts, problem }: FilterForm): Html {
  const shown = new Set([...fields.map(({ name }) => name), ...Object.keys(counts)]);
  const hidden = context.given.filter(([name]) => !shown.has(name) && name !== 'cursor');
  return html`
    <form class="filters" aria-label="Filters" data-filters>
      ${hidden.map(([name, value]) => html`<input type="hidden" name=${name} value=${value} />`)}
      <div class="fields">${fields.map((field) => fieldOf(context, field, problem))}</div>
      ${Object.entries(facets).map(([name, label]) => {
        const groups = counts[name];
        return groups && facetOf(context, name, label, groups);
      })}
      <p class="apply"><button type="submit">Apply filters</button></p>
    </form>
  `;
}

export interface FilterForm {
  fields: readonly Field[];
  facets: FacetNames;
  counts: Readonly<Record<string, FacetCounts | undefined>>;
  problem?: Problem | undefined;
}

function fieldOf(
  context: Context,
  { name, label, choices, hint }: Field,
  problem: Problem | undefined,
): Html {
  const id = `filter-${name}`;
  const value = context.values(name).join(',');
  const errors = problem?.errors.filter(({ parameter }) => parameter === name) ?? [];
  const described =
    [errors.length > 0 && `${id}-error`, hint && `${id}-hint`].filter(Boolean).join(' ') || undefined;
  const [preset] = choices?.[0] ?? [];
  return html`
    <div class=${errors.length > 0 ? 'field wrong' : 'field'}>
      <label for=${id}>${label}</label>
      ${
        choices
          ? html`<select id=${id} name=${name} aria-describedby=${described} data-submits data-preset=${preset}>
              ${choices.map(([word, text]) => html`<option value=${word} selected=${(value || preset) === word}>${text}</option>`)}
            </select>`
          : html`<input
              id=${id}
              type="text"
              name=${name}
              value=${value}
              autocomplete="off"
              aria-describedby=${described}
              aria-invalid=${errors.length > 0 ? 'true' : undefined}
            />`
      }
      ${hint && html`<p class="hint" id=${`${id}-hint`}>${hint}</p>`}
      ${errors.length > 0 && html`<div class="error" id=${`${id}-error`}>${problemLinks(context, errors)}</div>`}
    </div>
  `;
}

/** The values of one parameter, each with the list total after filtering by it too. */
function facetOf(context: Context, name: string, label: string, { groups, truncated }: FacetCounts): Html {
  const given = context.values(name);
  // Alternatives, such as `a,b`, are one box; what the list has none of stays, so that it can be removed.
  const missing = given.filter((value) => !groups.some((group) => group.value === value));
  const boxes = [
    ...missing.map((value) => ({ value, label: null, count: null })),
    ...groups.filter(({ value }) => given.includes(value)),
    ...groups.filter(({ value }) => !given.includes(value)),
  ];
  if (boxes.length === 0) return null;
  const rest = boxes.slice(SHOWN);
  const box = (each: (typeof boxes)[number]): Html => boxOf(context, name, each, given.includes(each.value));
  return html`
    <fieldset class="facet">
      <legend>${label}</legend>
      ${boxes.slice(0, SHOWN).map(box)}
      ${
        rest.length > 0 &&
        html`<details><summary>${rest.length}${truncated ? ' or more' : ''} ${rest.length === 1 ? 'other' : 'others'}</summary>${rest.map(box)}</details>`
      }
    </fieldset>
  `;
}

function boxOf(
  _context: Context,
  name: string,
  { value, label, count }: { value: string; label: string | null; count: number | null },
  checked: boolean,
): Html {
  const text = label ?? inWords(name, value);
  return html`
    <label class="box">
      <input type="checkbox" name=${name} value=${value} checked=${checked} data-submits />
      <span>${text}</span>${count !== null && html`<span class="count">${count.toLocaleString('en')}</span>`}
    </label>
  `;
}

/** The filters in force, each with a link that removes it. */
export function chips(
  context: Context,
  counts: Readonly<Record<string, FacetCounts | undefined>>,
  names: Readonly<Record<string, string>>,
): Html {
  const active = filtersOf(context);
  if (active.length === 0) return null;
  return html`
    <ul class="chips" aria-label="Filters in force">
      ${active.map(([name, value]) => {
        const label = counts[name]?.groups.find((group) => group.value === value)?.label;
        const shown = label ?? (/^(from|to)$/.test(name) ? dateInWords(value) : inWords(name, value));
        const text = `${names[name] ?? plainWord(name)}: ${shown}`;
        return html`
          <li>
            <a href=${context.changed((each, its) => each === name && its === value)} title=${`Remove ${text}`}>
              ${text} <span aria-hidden="true">×</span><span class="hidden">(remove)</span>
            </a>
          </li>
        `;
      })}
      ${active.length > 1 && html`<li><a class="clear" href=${context.href(context.path)}>Remove all</a></li>`}
    </ul>
  `;
}

/** The filters of a request, as given. */
export function filtersOf(context: Context): (readonly [name: string, value: string])[] {
  return context.given.filter(([name]) => !NO_FILTER.has(name));
}

/** What an empty list says: which filters could go. */
export function nothingFound(context: Context, names: Readonly<Record<string, string>>): Html {
  const active = filtersOf(context);
  if (active.length === 0)
    return html`<p class="nothing">There are none${context.asOf && ' as of that day'}.</p>`;
  return html`
    <div class="nothing">
      <p>Nothing matches all of these filters. Remove one of them:</p>
      <ul>
        ${active.map(
          ([name, value]) =>
            html`<li>
              <a href=${context.changed((each, its) => each === name && its === value)}>${names[name] ?? plainWord(name)}: ${value}</a>
            </li>`,
        )}
      </ul>
    </div>
  `;
}
