import { type Side, type Standing, sideOf } from '../../domain/vocabularies.ts';
import type { Claim, SeedRecords } from '../files/dataset.ts';
import type { Assessment, DerivedRecords } from '../kinds/definition.ts';

/**
 * The claims of a dataset with what the positions on each amount to, and the voice of each position; the vocabulary
 * defines the standings. `storedParents` has the actor above each actor of other datasets that has one.
 * Every contradiction is listed by both claims.
 */
export function assessedClaims(
  records: SeedRecords,
  storedParents: ReadonlyMap<string, string>,
): DerivedRecords['claim'] {
  const voiceOf = voices(records, storedParents);
  const claims = contradictedBothWays(records.claim).map((claim) => ({
    ...claim,
    positions: claim.positions.map((position) => ({ ...position, voice: voiceOf(position) })),
  }));
  const asserted = new Set(
    claims.filter((claim) => positionsOn('for', claim).length > 0).map(({ id }) => id),
  );
  const derivedFrom = new Map(records.source.map((source) => [source.id, source.derivedFrom ?? []]));
  return claims.map((claim) => ({ ...claim, ...assessment(claim, asserted, derivedFrom) }));
}

/**
 * The voice of a position: the state or body on whose behalf its statement is made, else its actor; and of that what is
 * above all others it belongs to.
 */
function voices(
  records: SeedRecords,
  storedParents: ReadonlyMap<string, string>,
): (position: Claim['positions'][number]) => string {
  const own = records.actor.map(({ id, parent }) => [id, parent] as const);
  const parents = new Map<string, string | undefined>([...storedParents, ...own]);
  const behalf = new Map(records.statement.map(({ id, onBehalfOf }) => [id, onBehalfOf]));
  return ({ actor, statement }) => {
    let voice = behalf.get(statement ?? '') ?? actor;
    // A load leaves no circle (`shared.ts`); if there is one, it must not hang here.
    const passed = new Set<string>();
    for (
      let above = parents.get(voice);
      above !== undefined && !passed.has(above);
      above = parents.get(above)
    ) {
      passed.add(above);
      voice = above;
    }
    return voice;
  };
}

function assessment(
  claim: Claim,
  asserted: ReadonlySet<string>,
  derivedFrom: ReadonlyMap<string, readonly string[]>,
): Assessment {
  const supporting = positionsOn('for', claim);
  const sources = new Set(
    supporting.flatMap((position) => position.citations.map((citation) => citation.source)),
  );
  const independentSources = [...sources].filter(
    (source) => !origins(source, derivedFrom).some((origin) => sources.has(origin)),
  ).length;
  const independentVoices = new Set(supporting.map(({ voice }) => voice)).size;
  const opposed = positionsOn('against', claim).some((against) =>
    supporting.some((position) => position.actor !== against.actor),
  );
  const disputed = opposed || claim.contradicts.some((other) => asserted.has(other));
  const standing = standingOf(disputed, independentSources, independentVoices);
  return { standing, independentSources, independentVoices };
}

function standingOf(disputed: boolean, sources: number, voices: number): Standing {
  if (voices === 0) return 'unasserted';
  if (disputed) return 'disputed';
  if (sources < 2) return 'single-source';
  return voices < 2 ? 'one-sided' : 'corroborated';
}

function positionsOn(side: Side, claim: Claim): Claim['positions'] {
  return claim.positions.filter(({ stance }) => sideOf[stance] === side);
}

function contradictedBothWays(claims: readonly Claim[]): Claim[] {
  const contradicting = new Map(claims.map(({ id }) => [id, new Set<string>()]));
  for (const { id, contradicts } of claims) {
    for (const other of contradicts) {
      contradicting.get(id)?.add(other);
      contradicting.get(other)?.add(id);
    }
  }
  return claims.map((claim) => ({
    ...claim,
    contradicts: [...(contradicting.get(claim.id) ?? [])].sort(),
  }));
}

/** All sources from which a source derives, directly or not. */
function origins(source: string, derivedFrom: ReadonlyMap<string, readonly string[]>): string[] {
  const found = new Set<string>();
  const queue = [...(derivedFrom.get(source) ?? [])];
  for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
    if (found.has(next)) continue;
    found.add(next);
    queue.push(...(derivedFrom.get(next) ?? []));
  }
  return [...found];
}
