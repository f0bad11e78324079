import type { Claim, World } from './export.ts';

const FOR = ['asserts', 'supports'];
const AGAINST = ['doubts', 'denies'];

/**
 * A store as it would be if nothing had been published after a day: records without the citations of
 * later sources, without positions that only those support, and without records that only those report.
 */
export function worldAsOf(world: World, day: string | undefined): World {
  if (day === undefined) return world;
  const published = new Set(
    world.sources.filter(({ published: { latest } }) => latest !== null && latest <= day).map(({ id }) => id),
  );
  const ofThen = <C extends { source: { id: string } }>(citations: readonly C[]): C[] =>
    citations.filter(({ source }) => published.has(source.id));
  const cited = <T extends { citations: { source: { id: string } }[] }>(records: readonly T[]): T[] =>
    records
      .map((record) => ({
        ...record,
        citations: ofThen(record.citations),
      }))
      .filter(({ citations }) => citations.length > 0);
  const known = <T extends { id: string }>(
    reference: T | null,
    records: readonly { id: string }[],
  ): T | null => (reference && records.some(({ id }) => id === reference.id) ? reference : null);

  const reported = cited(world.events);
  const events = reported.map((each) => ({
    ...each,
    links: each.links
      .map((link) => ({ ...link, citations: ofThen(link.citations) }))
      .filter(({ basis, event, citations }) =>
        known(event, reported) === null ? false : basis === 'inferred' || citations.length > 0,
      ),
    figures: cited(each.figures),
  }));
  const said = cited(world.statements);
  const statements = said.map((each) => ({ ...each, occasion: known(each.occasion, events) }));
  const held = world.claims
    .map((each) => ({
      ...each,
      event: known(each.event, events),
      positions: cited(each.positions).map((position) => {
        const then = { ...position, statement: known(position.statement, said) };
        voices.set(then, voiceOf(position, world));
        return then;
      }),
      figures: cited(each.figures),
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
): Pick<Claim, 'standing' | 'stances' | 'independentSources' | 'independentVoices'> {
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
  const independentVoices = new Set(takes(FOR, claim).map((position) => voiceOf(position, world))).size;
  const tally = (stance: string): number => takes([stance], claim).length;
  return {
    standing: standingOf(opposed || contradicted, independentSources, independentVoices),
    stances: {
      asserts: tally('asserts'),
      supports: tally('supports'),
      reports: tally('reports'),
      doubts: tally('doubts'),
      denies: tally('denies'),
    },
    independentSources,
    independentVoices,
  };
}

function standingOf(disputed: boolean, sources: number, speaking: number): Claim['standing'] {
  if (speaking === 0) return 'unasserted';
  if (disputed) return 'disputed';
  if (sources === 1) return 'single-source';
  return speaking === 1 ? 'one-sided' : 'corroborated';
}

/** The voices of positions whose statement was not known yet on some day. */
const voices = new WeakMap<object, string>();

/** For whom a position finally speaks: the principal of its statement, or its actor, with all above it. */
function voiceOf(position: Claim['positions'][number], world: World): string {
  const behalf = world.statements.find(({ id }) => id === position.statement?.id)?.onBehalfOf;
  return (
    voices.get(position) ?? world.upwards('actors', (behalf ?? position.actor).id).at(-1) ?? position.actor.id
  );
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
