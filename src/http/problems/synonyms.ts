import { closest } from '../../domain/spelling.ts';

// What other APIs call what is meant: spelling alone does not lead from one to the other.

/** Parameters, by the names that are given for them elsewhere; of several, the first that the route has. */
const PARAMETERS: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries({
    speaker: ['actor'],
    person: ['actor'],
    organization: ['actor'],
    participant: ['actor'],
    who: ['actor'],
    author: ['actor', 'publisher'],
    date: ['from', 'to'],
    day: ['from', 'to'],
    year: ['from', 'to'],
    start: ['from'],
    since: ['from'],
    after: ['from'],
    startdate: ['from'],
    end: ['to'],
    until: ['to'],
    before: ['to'],
    enddate: ['to'],
    query: ['q', 'name'],
    search: ['q', 'name'],
    text: ['q'],
    keyword: ['q'],
    tag: ['topic'],
    subject: ['topic', 'about'],
    category: ['topic', 'kind'],
    theme: ['topic'],
    newspaper: ['publisher'],
    outlet: ['publisher'],
    article: ['source'],
    place: ['country', 'q'],
    location: ['country', 'q'],
    page: ['cursor'],
    offset: ['cursor'],
    after_id: ['cursor'],
    per_page: ['limit'],
    perpage: ['limit'],
    pagesize: ['limit'],
    size: ['limit'],
    max: ['limit'],
    order: ['sort'],
    orderby: ['sort'],
    order_by: ['sort'],
    output: ['format'],
    position: ['stance'],
    total: ['count'],
  }),
);

/** Words of `sort`, by what is given for them elsewhere. */
const ORDERS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    newest: '-date',
    latest: '-date',
    recent: '-date',
    desc: '-date',
    oldest: 'date',
    earliest: 'date',
    asc: 'date',
    best: 'relevance',
    score: 'relevance',
    rank: 'relevance',
    title: 'id',
  }),
);

/** The parameters of a route that were probably meant by another name. */
export function meantParameters(name: string, known: readonly string[]): string[] {
  const synonyms = (PARAMETERS.get(name.toLowerCase()) ?? []).filter((each) => known.includes(each));
  const near = closest(name, known);
  return [...new Set([...synonyms, ...(near === undefined ? [] : [near])])];
}

/** The word of some that was probably meant by another one. */
export function meantWord(given: string, words: readonly string[]): string | undefined {
  const order = ORDERS.get(given.toLowerCase());
  return order !== undefined && words.includes(order) ? order : closest(given, words);
}
