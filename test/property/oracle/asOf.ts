import type { Claim, World } from './export.ts';

const FOR = ['asserts', 'supports'];
const AGAINST = ['doubts', 'denies'];

/**
 * A store as it would be if nothing had been published after a day: records without the citations of
 * later sources, without positions that only those show, and nothing that only those tell of.
 */
export function worldAsOf(world: World, day: string | undefined): World {
  if (day === undefined) return world;
  const published = new Set(
    world.sources.filter(({ published: { latest } }) => latest !== null && latest <= day).map(({ id }) => id),
  );
  const cited = <T extends { citations: { source: { id: string } }[] }>(records: readonly T[]): T[] =>
    records
      .map((record) => ({
        ...record,
        citations: record.citations.filter(({ source }) => published.has(source.id)),
      }))
      .filter(({ citations }) => citations.length > 0);
  const known = <T extends { id: string }>(
    reference: T | null,
    records: readonly { id: string }[],
  ): T | null => (reference && records.some(({ id }) => id === reference.id) ? reference : null);

  const events = cited(world.events);
  const said = cited(world.statements);
  const statements = said.map((each) => ({ ...each, occasion: known(each.occasion, events) }));
  const held = world.claims
    .map((each) => ({
      ...each,
      event: known(each.event, events),
      positions: cited(each.positions).map((position) => ({
        ...position,
        statement: known(position.statement, said),
      })),
    }))
    .filter(({ positions }) => positions.length > 0);
  const claims = held.map((each) => ({
    ...each,
    contradicts: each.contradicts.filter((other) => known(other, held) !== null),
  }));
  return {
    ...world,
    events,
    statements,
    claims: claims.map((each) => ({ ...each, ...weighed(each, claims, world) })),
  };
}

/** What the positions on a claim amount to, by the definitions of the standings. */
export function weighed(
  claim: Claim,
  claims: readonly Claim[],
  world: World,
): Pick<Claim, 'standing' | 'stances' | 'independentSources'> {
  const takes = (stances: readonly string[], of: Claim): Claim['positions'] =>
    of.positions.filter(({ stance }) => stances.includes(stance));
  const sources = new Set(
    takes(FOR, claim).flatMap(({ citations }) => citations.map(({ source }) => source.id)),
  );
  const independentSources = [...sources].filter(
    (id) => !originsOf(id, world).some((origin) => sources.has(origin)),
  ).length;
  const opposed = takes(AGAINST, claim).some((against) =>
    takes(FOR, claim).some((position) => position.actor.id !== against.actor.id),
  );
  const contradicted = claim.contradicts.some(({ id }) =>
    claims.some((other) => other.id === id && takes(FOR, other).length > 0),
  );
  const tally = (stance: string): number => takes([stance], claim).length;
  return {
    standing:
      opposed || contradicted ? 'disputed' : independentSources >= 2 ? 'corroborated' : 'single-source',
    stances: {
      asserts: tally('asserts'),
      supports: tally('supports'),
      reports: tally('reports'),
      doubts: tally('doubts'),
      denies: tally('denies'),
    },
    independentSources,
  };
}

/** The sources that one repeats, at any remove. */
function originsOf(id: string, world: World): string[] {
  const found: string[] = [];
  const visit = (source: string): void => {
    for (const origin of world.source(source).derivedFrom) {
      if (found.includes(origin.id)) continue;
      found.push(origin.id);
      visit(origin.id);
    }
  };
  visit(id);
  return found;
}
