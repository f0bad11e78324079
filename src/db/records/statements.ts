import { dateRange } from '../../domain/dates.ts';
import type { Database } from '../database.ts';
import {
  aboutOf,
  citationsOf,
  ifReported,
  optional,
  referencesTo,
  required,
  topicsOf,
} from '../lists/related.ts';
import { tables } from '../tables.ts';

const { statements, statementAbout, statementTopics, citations } = tables;

/** Rows with the actors, topics and citations they carry, in the order of the rows. */
export async function hydrateStatements(
  db: Database,
  rows: (typeof statements.$inferSelect)[],
  asOf: string | undefined,
) {
  const ids = rows.map((row) => row.id);
  const actors = await referencesTo(
    db,
    'actor',
    rows.flatMap((row) => [row.speaker, row.relayedBy, row.onBehalfOf]),
  );
  const datasets = await referencesTo(
    db,
    'dataset',
    rows.map((row) => row.dataset),
  );
  const occasions = await referencesTo(
    db,
    'event',
    rows.map((row) => row.occasion),
    asOf,
  );
  const about = await aboutOf(
    db,
    { record: statementAbout.statement, actor: statementAbout.actor, ordinal: statementAbout.ordinal },
    ids,
  );
  const topics = await topicsOf(
    db,
    { record: statementTopics.statement, topic: statementTopics.topic, ordinal: statementTopics.ordinal },
    ids,
  );
  const cited = await citationsOf(db, citations.statement, ids, asOf);
  return rows.map((row) => ({
    id: row.id,
    dataset: required(datasets, row.dataset),
    speaker: required(actors, row.speaker),
    relayedBy: optional(actors, row.relayedBy),
    onBehalfOf: optional(actors, row.onBehalfOf),
    form: row.form,
    medium: row.medium,
    said: dateRange(row.said),
    gist: row.gist,
    occasion: ifReported(occasions, row.occasion),
    about: about.get(row.id) ?? [],
    topics: topics.get(row.id) ?? [],
    citations: cited.get(row.id) ?? [],
  }));
}
