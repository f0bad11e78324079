import { readFileSync } from 'node:fs';
import { revalidate } from '../http/hooks/caching.ts';
import type { App } from '../http/types.ts';
import { graphPage } from './analysis/graph.ts';
import { mapPage } from './analysis/map.ts';
import { timelinePage } from './analysis/timeline.ts';
import { homePage } from './home.ts';
import { actors, claims, events, figures, sources, statements } from './lists.ts';
import { addPage, type PageRoute, type Site } from './page.ts';
import { actorPage } from './records/actor.ts';
import { claimPage } from './records/claim.ts';
import { datasetPage, datasetsPage } from './records/dataset.ts';
import { eventPage } from './records/event.ts';
import { sourcePage } from './records/source.ts';
import { statementPage } from './records/statement.ts';
import { topicPage, topicsPage } from './records/topic.ts';
import { searchPage } from './search.ts';

const PAGES = [
  homePage,
  events,
  eventPage,
  statements,
  statementPage,
  claims,
  claimPage,
  actors,
  actorPage,
  topicsPage,
  topicPage,
  sources,
  sourcePage,
  figures,
  datasetsPage,
  datasetPage,
  searchPage,
  timelinePage,
  graphPage,
  mapPage,
];

/** Files that pages load, with their media types. */
const ASSETS = { 'attest.css': 'text/css', 'attest.js': 'text/javascript' };

/** Adds the explorer: a page for every list and record, and what pages load. */
export function registerPages(app: App, site: Site): void {
  // Cast: the pages have different queries, each matched to its own schema.
  for (const page of PAGES) addPage(app, site, page as PageRoute<never>);
  for (const [name, type] of Object.entries(ASSETS)) {
    const text = readFileSync(new URL(`./assets/${name}`, import.meta.url), 'utf8');
    app.get(`/assets/${name}`, { schema: { hide: true } }, async (request, reply) => {
      void reply.header('Vary', 'accept-encoding');
      return revalidate(request, reply, [text], null) ?? reply.type(`${type}; charset=utf-8`).send(text);
    });
  }
}
