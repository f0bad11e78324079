import { asOf } from '../http/request/parameters.ts';
import { actorQueries } from '../resources/actors/queries.ts';
import { actorQuery } from '../resources/actors/schema.ts';
import { claimQueries } from '../resources/claims/queries.ts';
import { claimQuery } from '../resources/claims/schema.ts';
import { eventQueries } from '../resources/events/queries.ts';
import { eventQuery } from '../resources/events/schema.ts';
import { figureQueries } from '../resources/figures/queries.ts';
import { figureQuery } from '../resources/figures/schema.ts';
import { sourceQueries } from '../resources/sources/queries.ts';
import { sourceQuery } from '../resources/sources/schema.ts';
import { statementQueries } from '../resources/statements/queries.ts';
import { statementQuery } from '../resources/statements/schema.ts';
import { ribbon } from './charts/ribbon.ts';
import { DAYS, listPage, WORDS } from './list.ts';
import { claimRows } from './parts/claims.ts';
import { daysOf } from './parts/days.ts';
import { keepersOf, spine } from './parts/events.ts';
import { figureTable } from './parts/figures.ts';
import { actorRows, sourceRows } from './parts/rows.ts';
import { statementRows } from './parts/statements.ts';

const SORT = {
  name: 'sort',
  label: 'Order',
  choices: [
    ['-date', 'newest first'],
    ['date', 'oldest first'],
  ],
} as const;

const MATCH = {
  name: 'dateMatch',
  label: 'Uncertain dates',
  choices: [
    ['bounded', 'that overlap the days'],
    ['possible', 'that may overlap them'],
    ['certain', 'only what is certain'],
  ],
} as const;

const DIFFER = {
  name: 'disputed',
  label: 'What sources say of it',
  choices: [
    ['', 'all events'],
    ['true', 'only those where they differ'],
    ['false', 'only those where they agree'],
  ],
} as const;

/** The lists of records, as pages. */
export const events = listPage({
  path: '/events',
  api: '/v1/events',
  query: eventQuery,
  queries: eventQueries,
  title: 'Events',
  description: 'What happened, is planned, or is said to have happened; newest first.',
  nouns: ['event', 'events'],
  fields: [
    WORDS,
    { name: 'actor', label: 'Actor', hint: 'an id, such as hun-manet' },
    ...DAYS,
    MATCH,
    DIFFER,
    SORT,
  ],
  facets: {
    status: 'Status',
    type: 'Type',
    topic: 'Topic',
    country: 'Country',
    relation: 'Linked to another event',
    measure: 'Figures',
    source: 'Source',
    publisher: 'Publisher',
    dataset: 'Dataset',
  },
  formats: ['csv', 'ndjson', 'geojson', 'icalendar', 'atom', 'jsonld'],
  operation: 'Events/listEvents',
  rows: async (context, items) => spine(context, items, await daysOf(context, keepersOf(items))),
  above: (context, query) => ribbon(context, query),
});

export const statements = listPage({
  path: '/statements',
  api: '/v1/statements',
  query: statementQuery,
  queries: statementQueries,
  title: 'Statements',
  description: 'Who said what, where, and in which words; newest first.',
  nouns: ['statement', 'statements'],
  fields: [
    WORDS,
    { name: 'actor', label: 'Speaker', hint: 'an id, such as hun-manet' },
    ...DAYS,
    MATCH,
    SORT,
  ],
  facets: {
    about: 'About',
    topic: 'Topic',
    form: 'Form',
    medium: 'Medium',
    occasion: 'Occasion',
    source: 'Source',
    publisher: 'Publisher',
    dataset: 'Dataset',
  },
  formats: ['csv', 'ndjson', 'atom', 'jsonld'],
  operation: 'Statements/listStatements',
  rows: statementRows,
});

export const claims = listPage({
  path: '/claims',
  api: '/v1/claims',
  query: claimQuery,
  queries: claimQueries,
  title: 'Claims',
  description: 'Propositions, each with those who assert it and those who deny or doubt it.',
  nouns: ['claim', 'claims'],
  fields: [
    WORDS,
    { name: 'actor', label: 'Who takes a position', hint: 'an id, such as cambodia' },
    ...DAYS,
    MATCH,
    SORT,
  ],
  facets: {
    standing: 'Standing',
    stance: 'Stance',
    about: 'About',
    topic: 'Topic',
    kind: 'Kind',
    event: 'About the event',
    measure: 'Figures',
    source: 'Source',
    publisher: 'Publisher',
    dataset: 'Dataset',
  },
  formats: ['csv', 'ndjson', 'jsonld'],
  operation: 'Claims/listClaims',
  rows: claimRows,
});

export const figures = listPage({
  path: '/figures',
  api: '/v1/figures',
  query: figureQuery,
  queries: figureQueries,
  title: 'Figures',
  description:
    'The numbers that the sources give about the world, each with the event or claim it belongs to.',
  nouns: ['figure', 'figures'],
  fields: [WORDS, { name: 'topic', label: 'Topic', hint: 'an id, such as cyberscams' }, ...DAYS, MATCH, SORT],
  facets: { measure: 'Measure', unit: 'Unit', source: 'Source' },
  formats: ['csv', 'ndjson'],
  operation: 'Figures/listFigures',
  rows: figureTable,
});

export const actors = listPage({
  path: '/actors',
  api: '/v1/actors',
  query: actorQuery.extend({ asOf }),
  queries: actorQueries,
  title: 'Actors',
  description: 'Everybody who acts or speaks: people, organizations, states and groups.',
  nouns: ['actor', 'actors'],
  fields: [{ name: 'name', label: 'Name', hint: 'any spelling that a source uses' }, WORDS],
  facets: { kind: 'Kind', parent: 'Belongs to', source: 'Named by' },
  formats: ['csv', 'ndjson', 'jsonld'],
  operation: 'Actors/listActors',
  isTimeless: true,
  rows: actorRows,
});

export const sources = listPage({
  path: '/sources',
  api: '/v1/sources',
  query: sourceQuery.extend({ asOf }),
  queries: sourceQueries,
  title: 'Sources',
  description: 'The articles that the records are taken from.',
  nouns: ['source', 'sources'],
  fields: [WORDS, ...DAYS, SORT],
  facets: { publisher: 'Publisher', kind: 'Kind', dataset: 'Dataset' },
  formats: ['csv', 'ndjson', 'jsonld'],
  operation: 'Sources/listSources',
  isTimeless: true,
  rows: sourceRows,
});
