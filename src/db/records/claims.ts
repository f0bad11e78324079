import { and, asc, eq, inArray, sql } from 'drizzle-orm';
import { dateRange } from '../../domain/dates.ts';
import type { Stance, Standing } from '../../domain/vocabularies.ts';
import { eachAsOf } from '../conditions.ts';
import type { Database } from '../database.ts';
import { eachClaimAsOf, standings } from '../filters/standing.ts';
import {
  aboutOf,
  citationsOf,
  figuresOf,
  grouped,
  ifReported,
  type PropositionReference,
  referencesTo,
  required,
  topicsOf,
} from '../lists/related.ts';
import { tables } from '../tables.ts';

const { claims, claimAbout, claimTopics, claimContradictions, positions, citations } = tables;

/** Rows with their positions, topics and contradictions, in the order of the rows. */
export async function hydrateClaims(
  db: Database,
  rows: (typeof claims.$inferSelect)[],
  asOf: string | undefined,
) {
  const ids = rows.map((row) => row.id);
  const held = await positionsByClaim(db, ids, asOf);
  const weights = await standingsOf(db, rows, asOf);
  const figures = await figuresOf(db, 'claim', ids, asOf);
  const datasets = await referencesTo(
    db,
    'dataset',
    rows.map((row) => row.dataset),
  );
  const events = await referencesTo(
    db,
    'event',
    rows.map((row) => row.event),
    asOf,
  );
  const about = await aboutOf(
    db,
    { record: claimAbout.claim, actor: claimAbout.actor, ordinal: claimAbout.ordinal },
    ids,
  );
  const topics = await topicsOf(
    db,
    { record: claimTopics.claim, topic: claimTopics.topic, ordinal: claimTopics.ordinal },
    ids,
  );
  const contradicts = await contradictionsOf(db, ids, asOf);
  return rows.map((row) => {
    const taken = held.get(row.id) ?? [];
    return {
      id: row.id,
      dataset: required(datasets, row.dataset),
      proposition: row.proposition,
      kind: row.kind,
      about: about.get(row.id) ?? [],
      event: ifReported(events, row.event),
      topics: topics.get(row.id) ?? [],
      standing: required(weights, row.id).standing,
      stances: tallyOf(taken),
      independentSources: required(weights, row.id).independentSources,
      independentVoices: required(weights, row.id).independentVoices,
      contradicts: contradicts.get(row.id) ?? [],
      positions: taken,
      figures: figures.get(row.id) ?? [],
    };
  });
}

/** The number of positions of each stance. */
function tallyOf(taken: readonly { stance: Stance }[]): Record<Stance, number> {
  const tally = (stance: Stance): number => taken.filter((position) => position.stance === stance).length;
  return {
    asserts: tally('asserts'),
    supports: tally('supports'),
    reports: tally('reports'),
    doubts: tally('doubts'),
    denies: tally('denies'),
  };
}

/** The claims that contradict each claim; with `asOf`, those on which a position had been shown by then. */
async function contradictionsOf(
  db: Database,
  ids: string[],
  asOf: string | undefined,
): Promise<Map<string, PropositionReference[]>> {
  const others = await db
    .select({ claim: claimContradictions.claim, id: claims.id, proposition: claims.proposition })
    .from(claimContradictions)
    .innerJoin(claims, eq(claims.id, claimContradictions.contradicts))
    .where(and(inArray(claimContradictions.claim, ids), eachClaimAsOf(db, asOf)))
    .orderBy(asc(claims.id));
  return grouped(others, ({ claim: id, ...reference }) => [id, reference]);
}

interface Weight {
  standing: Standing;
  independentSources: number;
  independentVoices: number;
}

/** The standing of each claim: as stored, or as it was on a day. */
async function standingsOf(
  db: Database,
  rows: (typeof claims.$inferSelect)[],
  asOf: string | undefined,
): Promise<Map<string, Weight>> {
  if (asOf === undefined) return new Map(rows.map((row) => [row.id, row]));
  const ids = rows.map((row) => sql`${row.id}`);
  const derived = await db
    .select({
      id: sql<string>`claim`,
      standing: sql<Standing>`standing`,
      independentSources: sql`"independentSources"`.mapWith(Number),
      independentVoices: sql`"independentVoices"`.mapWith(Number),
    })
    .from(
      sql`(${standings(
        db,
        asOf,
        rows.map((row) => row.id),
      )}) as standings`,
    )
    .where(sql`claim in (${sql.join(ids, sql`, `)})`);
  return new Map(derived.map((row) => [row.id, row]));
}

async function positionsByClaim(db: Database, ids: readonly string[], asOf: string | undefined) {
  const rows = await db
    .select()
    .from(positions)
    .where(and(inArray(positions.claim, [...ids]), eachAsOf(db, positions.id, citations.position, asOf)))
    .orderBy(asc(positions.claim), asc(positions.ordinal));
  const said = await referencesTo(
    db,
    'statement',
    rows.map((row) => row.statement),
    asOf,
  );
  const actors = await referencesTo(
    db,
    'actor',
    rows.map((row) => row.actor),
  );
  const cited = await citationsOf(
    db,
    citations.position,
    rows.map((row) => row.id),
    asOf,
  );
  return grouped(rows, (position) => [
    position.claim,
    {
      actor: required(actors, position.actor),
      stance: position.stance,
      statement: ifReported(said, position.statement),
      since: dateRange(position.since),
      citations: cited.get(position.id) ?? [],
    },
  ]);
}
